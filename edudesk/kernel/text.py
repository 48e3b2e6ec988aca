"""Letters: one Unicode form everywhere, and a folded form for finding things without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from edudesk.kernel.words import _

_HIDDEN = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")  # no blanks: these become spaces
_NOT_PLAIN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """Composed form: the one form that is stored, so that equal words are equal strings."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 14)  # the cells of a list repeat: classes, places, yes and no
def squeeze(text: str) -> str:
    """Composed, with every run of white space made one plain space and none at the ends, without letters nobody sees:
    zero widths, marks of direction, fillers, control characters."""
    seen = text if text.isascii() else _HIDDEN.sub("", text)
    return nfc(" ".join((seen if seen.isprintable() else _CONTROL.sub("", seen)).split()))


def is_plain(text: str) -> bool:
    """Whether a text is composed and every letter of it is one that people see, or a blank."""
    if text.isascii() and text.isprintable():
        return True
    return unicodedata.is_normalized("NFC", text) and not (_HIDDEN.search(text) or _NOT_PLAIN.search(text))


def unbroken(text: str) -> str:
    """For a wrapped paragraph: a sum stays on the line of its “đ”, a number on that of its “≥”."""
    return re.sub(r"(?<=[≥≤<>]) (?=[0-9])", "\u00a0", re.sub(r"(?<=[0-9]) (?=đ\b)", "\u00a0", text))


def visible(text: str) -> str:
    """The text with every letter that is not seen, or that turns the order of others round, shown by its number."""
    return "".join(c if c.isprintable() else f"<{ord(c):04X}>" for c in text)


@lru_cache(maxsize=1 << 12)  # names are compared with one another, choices with the same few words
def fold(text: str) -> str:
    """Lower case without marks, for searching: "Nguyễn Đức" and "nguyen duc" fold alike."""
    bare = unicodedata.normalize("NFD", squeeze(text).casefold().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def heading_key(text: str) -> str:
    """A column heading as the importer compares it: folded letters and digits only."""
    return _NOT_WORD.sub("", fold(text))


def by_numbers(name: str) -> list[str | int]:
    """A key that sorts numbers in names as numbers: Phòng 9 before Phòng 10, TB-9 before TB-10."""
    parts = re.split(r"([0-9]+)", fold(name))
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def matches(query: str, *texts: str) -> bool:
    """Whether every folded word of the query begins some word of the texts ("nt lan" finds Nguyễn Thị Lan).

    A word of the query may also be initials of consecutive words.
    """
    words = [word for text in texts for word in fold(text).split()]
    initials = "".join(word[0] for word in words)
    return all(
        any(word.startswith(part) for word in words) or (len(part) > 1 and part in initials)
        for part in fold(query).split()
    )


NAMED = 2  # whom a line names before “và 7 chỗ nữa”


def first_names(names: Sequence[str], rest: str) -> str:
    """The first names of a list and how many more there are; `rest` says of what, with {n}."""
    more = len(names) - NAMED
    return " · ".join(names[:NAMED]) + (_(" và ") + rest.format(n=more) if more > 0 else "")
