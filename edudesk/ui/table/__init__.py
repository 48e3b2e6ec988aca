"""Lists: columns over frozen records, one model, one view."""
