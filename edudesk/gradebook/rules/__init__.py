"""What the regulations say of marks, levels and years. Pure: standard library alone."""
