"""Marks in and out: spreadsheets, forms for teachers, a pasted block."""
