"""How much the homeroom teacher's record and a comment can hold."""

from __future__ import annotations

LONGEST_COMMENT = 1000  # letters
MOST_ABSENCES = 400  # more sessions than a year has
