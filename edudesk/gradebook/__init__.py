"""Marks, results and what a regulation makes of them."""
