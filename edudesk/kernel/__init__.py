"""What is about computers, with nothing but the standard library: words, numbers, dates, changes."""
