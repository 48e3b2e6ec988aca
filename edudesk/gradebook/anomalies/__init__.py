"""Marks that look mistyped: questions, read-back, comparison."""
