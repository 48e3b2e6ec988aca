"""The handbook: chapters by task, on screen at F1 and as a PDF."""
