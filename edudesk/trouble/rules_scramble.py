"""Rows without their people: names, numbers, days and marks replaced so that nobody can be known, shapes kept.

Everything is replaced that is not known to be structure (`KEPT`): a field added later is scrambled until somebody says
otherwise. The key is drawn for one report and not kept, so that nothing can be turned back; equal things become equal
things, so that what belongs together still does.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
import unicodedata
from collections.abc import Mapping

from edudesk.kernel.change import GONE, Value

WIDEST = 180  # days a date is moved by, at most
ANY = "*"
MARKS = ("mark", "value")
_CONSONANTS, _VOWELS = "bcdghklmnprstvx", "aeiouy"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_ALL = frozenset({GONE, "year", "term", "grade", "stage", "slot", "kind", "taken", "topics", "position"})
KEPT: Mapping[str, frozenset[str]] = {
    ANY: _OF_ALL,
    "school_year": frozenset({"starts", "ends"}),
    "term": frozenset({"number", "starts", "ends"}),
    "site": frozenset({"main"}),
    "subject_plan": frozenset({"code", "periods"}),
    "class_subject": frozenset({"code"}),
    "staff": frozenset({"role", "works"}),
    "enrolment": frozenset({"number"}),
    "elective": frozenset({"code", "takes"}),
    "mark": frozenset({"code"}),
    "quality": frozenset({"code"}),
    "subject_comment": frozenset({"code"}),
    "seal": frozenset({"code"}),
    "mark_lock": frozenset({"code"}),
    "mark_unlock": frozenset({"code"}),
    "lab_slot": frozenset({"weekday", "session", "period"}),
    "machine": frozenset({"working"}),
    "dx_score": frozenset({"item", "points", "met"}),
}


class Scrambler:
    """Replaces values under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def row(self, table: str, row_id: str, fields: Mapping[str, Value]) -> dict[str, Value]:
        """A row with every field replaced that is not structure; empty ones stay empty."""
        texts = KEPT[ANY] | KEPT.get(table, frozenset())
        return {
            "id": self.name(row_id),
            **{
                field: value if field in texts else self._field(table, row_id, field, value)
                for field, value in fields.items()
            },
        }

    def name(self, identity: str) -> str:
        """An identity as twelve hexadecimal digits: the same thing has the same."""
        return self._digest(f"id:{identity}").hex()[:12]

    def text(self, text: str) -> str:
        """Words of the same length: vowels become vowels, consonants consonants, digits digits; the rest stays."""
        drawn = self._stream(text, len(text))
        return "".join(map(_letter, text, drawn))

    def day(self, day: str) -> str:
        """A date moved by up to half a year, the same date always to the same."""
        moved = int.from_bytes(self._digest(f"day:{day}")[:2]) % (2 * WIDEST + 1) - WIDEST
        try:
            return (dt.date.fromisoformat(day) + dt.timedelta(days=moved)).isoformat()
        except (ValueError, OverflowError):
            return self.text(day)

    def number(self, place: str, most: int) -> int:
        """A whole number from 0 to `most` that says nothing of the one that stood in this place."""
        return int.from_bytes(self._digest(f"number:{place}")[:4]) % (most + 1)

    def _field(self, table: str, row_id: str, field: str, value: Value) -> Value:
        if value is None or value == "":
            return value
        place = f"{table}:{row_id}:{field}"
        if isinstance(value, int):
            return self.number(place, 100 if (table, field) == MARKS else max(9, abs(value)))
        if field.endswith("_id"):
            return self.name(value)
        return self.day(value) if _DAY.fullmatch(value) else self.text(value)

    def _stream(self, text: str, length: int) -> bytes:
        blocks = (self._digest(f"text:{n}:{text}") for n in range(length // 32 + 1))
        return b"".join(blocks)[:length]

    def _digest(self, words: str) -> bytes:
        return hmac.digest(self._key, words.encode("utf-8", "surrogatepass"), "sha256")


def _letter(letter: str, number: int) -> str:
    if letter.isdigit():
        return str(number % 10)
    if not letter.isalpha():
        return letter
    ring = _VOWELS if _is_vowel(letter) else _CONSONANTS
    drawn = ring[number % len(ring)]
    return drawn.upper() if letter.isupper() else drawn


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].lower() in _VOWELS
