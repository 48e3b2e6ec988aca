"""Pupils: their records, classes, status and electives."""
