"""Rooms, machines, and whether the computer rooms are enough."""
