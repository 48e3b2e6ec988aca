"""A damaged school: found, what can still be read, rebuilt."""
