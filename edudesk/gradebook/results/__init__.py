"""What marks make: averages, levels, outcomes, statistics and why; worked out when asked for."""
