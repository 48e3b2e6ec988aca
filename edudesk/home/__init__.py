"""The season's board: what is due in this part of the school year, how complete it is, and who owes what."""
