"""What a stored value must be, whoever wrote it: pure predicates on one value, each with its words.

A form and an import refuse by them in sentences, a table parks by them what another desk sends. So none asks for the
day, for permission or for another row, and none is ever made narrower.

Bounds of text are in letters: 64 of an identity or code, 300 of a name or title (one line of a form), 2,000 of a note,
a reason or a link (half a page), four million of a JSON document (a file with an index of the self-score may have one).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edudesk.kernel.change import Value
from edudesk.kernel.numbers import MOST_DIGITS
from edudesk.kernel.text import is_plain

IDENTITY_LETTERS, NAME_LETTERS, NOTE_LETTERS, JSON_LETTERS = 64, 300, 2_000, 4_000_000
ROW_LETTERS = 200  # of the identity of a row: a setting's is its key
LARGEST = 10**MOST_DIGITS - 1  # of a count or a sum


@dataclass(frozen=True, slots=True)
class Check:
    """A predicate with its `words` for the engineers' tables; `letters` the most of a text, `least` and `most` of a
    number, where it has such bounds."""

    words: str
    accepts: Callable[[Value], bool]
    letters: int | None = None
    least: int | None = None
    most: int | None = None

    def __call__(self, value: Value) -> bool:
        return self.accepts(value)


# -- makers


def text_up_to(letters: int) -> Check:
    """Text of at most so many letters, composed and without letters nobody sees; it may be empty."""

    def accepts(value: Value) -> bool:
        return isinstance(value, str) and len(value) <= letters and is_plain(value)

    return Check(f"text up to {letters:,} letters", accepts, letters=letters)


def filled(letters: int) -> Check:
    """The same, and not blank."""
    text = text_up_to(letters).accepts

    def accepts(value: Value) -> bool:
        return text(value) and bool(str(value).strip())

    return Check(f"text of 1 to {letters:,} letters", accepts, letters=letters)


def text_that(words: str, fits: Callable[[str], object]) -> Check:
    """Text that a function of it says yes to."""

    def accepts(value: Value) -> bool:
        return isinstance(value, str) and bool(fits(value))

    return Check(words, accepts)


def one_of(*codes: int | str) -> Check:
    """One of a list that may grow and never shrinks."""
    known = frozenset((type(code), code) for code in codes)

    def accepts(value: Value) -> bool:
        return (type(value), value) in known

    return Check("one of " + ", ".join(map(str, codes)), accepts)


def code_in(choices: Sequence[tuple[str, str]]) -> Check:
    """A code of a list of (code, label) that may grow and never shrinks."""
    return one_of(*(code for code, _label in choices))


def whole(least: int, most: int) -> Check:
    """A whole number between two, both included."""

    def accepts(value: Value) -> bool:
        return type(value) is int and least <= value <= most

    return Check(f"{_number(least)} to {_number(most)}", accepts, least=least, most=most)


def _number(number: int) -> str:
    return f"{number:,}" if abs(number) > 9999 else str(number)  # a year has no comma


def any_of(*checks: Check) -> Check:
    """What one of the checks accepts."""
    predicates = tuple(check.accepts for check in checks)

    def accepts(value: Value) -> bool:
        return any(predicate(value) for predicate in predicates)

    return Check(", or ".join(check.words for check in checks), accepts)


def either_none(check: Check) -> Check:
    """Nothing, or what the check accepts."""
    inner = check.accepts

    def accepts(value: Value) -> bool:
        return value is None or inner(value)

    return Check(f"{check.words}; or none", accepts, check.letters, check.least, check.most)


def may_lack(**checks: Check) -> dict[str, Check]:
    """The checks of fields that may be empty."""
    return {field: either_none(check) for field, check in checks.items()}


# -- what dates, documents and numbers look like

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?([+-][0-9]{2}:[0-9]{2})?"
)
_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{IDENTITY_LETTERS - 1}}}")


@lru_cache(maxsize=1 << 10)
def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and _reads(dt.date.fromisoformat, text)


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text)) and _reads(dt.datetime.fromisoformat, text)


def _is_json(text: str) -> bool:
    return len(text) <= JSON_LETTERS and _reads(json.loads, text)


def _is_codes(text: str) -> bool:
    return len(text) <= NAME_LETTERS and all(_CODE.fullmatch(code) for code in text.split())


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, RecursionError):
        return False
    return True


# -- the checks themselves

ID = filled(IDENTITY_LETTERS)
ROW_ID = filled(ROW_LETTERS)
CODE = text_that(f"a code of 1 to {IDENTITY_LETTERS} plain letters, digits, _ . -", _CODE.fullmatch)
CODES = text_that("codes parted by blanks", _is_codes)
OWN_CODE = text_up_to(IDENTITY_LETTERS)  # a code a school gives: of a pupil, a machine, a document
NAME = text_up_to(NAME_LETTERS)
FULL_NAME = filled(NAME_LETTERS)
NOTE = text_up_to(NOTE_LETTERS)
REASON = filled(NOTE_LETTERS)
LINK = text_up_to(NOTE_LETTERS)
ACTOR = filled(NAME_LETTERS)
DATE = text_that("a day, YYYY-MM-DD", _is_date)
MONTH = text_that("a month, YYYY-MM", _MONTH.fullmatch)
MOMENT = text_that("a moment, ISO", _is_moment)
JSON = text_that(f"JSON up to {JSON_LETTERS:,} letters", _is_json)
SHA256 = text_that("SHA-256 in hex", re.compile("[0-9a-f]{64}").fullmatch)
PHONE = text_that("10 or 11 digits", re.compile("[0-9]{10,11}").fullmatch)
ID12 = text_that("12 digits", re.compile("[0-9]{12}").fullmatch)
FLAG = one_of(0, 1)
SCHOOL_YEAR = whole(1900, 2200)
YEAR = whole(0, 9999)  # in which something was built or bought; two digits were once taken
TERM = one_of(1, 2)
GRADE = whole(1, 12)
COUNT = whole(0, LARGEST)
MONEY = whole(0, LARGEST)  # whole đồng
POSITION = whole(0, 1_000_000)
