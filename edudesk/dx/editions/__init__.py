"""Editions of the index: the one that ships, the school's own, files."""
