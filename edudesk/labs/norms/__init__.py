"""Counts that reports ask for, and the standards of rooms and areas."""
