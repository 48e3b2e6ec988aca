"""The gradebook on paper: each report turns a frozen record into blocks."""
