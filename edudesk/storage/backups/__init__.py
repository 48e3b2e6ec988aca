"""Backups: made, verified, listed, carried to a second place, gone back to."""
