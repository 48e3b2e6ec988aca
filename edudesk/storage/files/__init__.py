"""Files in and out: bounded when read, whole or not at all when written, never one of the school's own."""
