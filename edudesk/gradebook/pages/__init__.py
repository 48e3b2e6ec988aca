"""The other pages of the gradebook: homeroom, results, progress and locks, statistics."""
