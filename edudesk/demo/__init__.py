"""A believable school that does not exist: the same seed gives the same school."""
