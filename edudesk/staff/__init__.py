"""The people who work at the school."""
