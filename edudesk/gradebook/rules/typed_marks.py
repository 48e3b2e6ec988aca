"""How a typed mark is read, and what a refused one probably meant. Pure; marks are whole tenths."""

from __future__ import annotations

from edudesk.gradebook.rules.assessment import read_typed
from edudesk.kernel.numbers import show_tenths


def ghost(text: str) -> str:
    """How two digits typed without a comma will be read: 85 is 8,5. "" for what is read just as it stands."""
    if not (len(text) == 2 and text.isascii() and text.isdigit()) or text == "10":
        return ""
    value = read_typed(text)
    return show_tenths(value) if isinstance(value, int) else ""


def likely(text: str) -> tuple[str, ...]:
    """The marks somebody probably meant by a text that was refused: 7,25 is 7,3 or 7,2; 725 the same."""
    whole, _comma, rest = text.strip().replace(".", ",").partition(",")
    if not text.isascii():  # ² is a digit to Python, and no number
        return ()
    if not rest and whole.isdigit() and len(whole) == 3 and whole != "100":
        whole, rest = whole[0], whole[1:]
    if not (whole.isdigit() and rest.isdigit() and len(whole) <= 2 and len(rest) > 1) or int(whole) > 9:
        return ()
    below = int(whole) * 10 + int(rest[0])
    up, down = (below + 1, below)
    first = (up, down) if rest[1] >= "5" else (down, up)
    return tuple(show_tenths(mark) for mark in first if mark <= 100)
