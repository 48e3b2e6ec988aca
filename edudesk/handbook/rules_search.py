"""Finding words in the handbook, with or without marks over the letters."""

from __future__ import annotations

from edudesk.kernel.text import fold


def found_in(text: str, sought: str) -> int:
    """How often a text holds the words that are sought, however they are typed; 1 when nothing is sought."""
    words = fold(sought)
    return fold(text).count(words) if words else 1
