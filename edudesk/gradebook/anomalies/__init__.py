"""Marks that look like a slip of the hand: questions, read-back, comparison."""
