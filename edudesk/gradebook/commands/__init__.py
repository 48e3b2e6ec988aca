"""The gradebook from the command line."""
