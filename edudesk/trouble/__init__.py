"""The report of a trouble: what whoever mends the program needs, without anybody's name or marks."""
