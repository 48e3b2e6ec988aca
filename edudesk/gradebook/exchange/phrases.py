"""The phrase bank for comments: sentences by subject and result, in `resources/phrases`, offered for one pupil.

A file says its `kind` ("score", "comment" or "primary"), `subjects` and school `levels` ([] for all), and under `[phrases]`
sentences by band. `{ten}` stands for the given name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.marks import FAILED, PASSED
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.kernel.names import given_name
from edudesk.kernel.numbers import half_up
from edudesk.kernel.paths import resource
from edudesk.kernel.text import matches, nfc
from edudesk.kernel.words import N_
from edudesk.school.rules import LEVEL_GRADES

BANDS = (("tot", 80), ("kha", 65), ("dat", 50), ("chua_dat", 0))  # from how many tenths of the average on
BAND_NAMES = {
    "tot": N_("Từ 8,0"),
    "kha": N_("6,5 – 7,9"),
    "dat": N_("5,0 – 6,4"),
    "chua_dat": N_("Dưới 5,0"),
}
PASS_NAMES = {"dat": N_("Đạt"), "chua_dat": N_("Chưa đạt")}
NAMES: Mapping[str, Mapping[str, str]] = {  # the bands by kind of subject
    CourseKind.SCORE: BAND_NAMES,
    CourseKind.COMMENT: PASS_NAMES,
    CourseKind.PRIMARY: STAGES,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the bank; empty `subjects` and `levels` mean all."""

    text: str
    band: str
    kind: str
    subjects: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseOffer:
    """A sentence for a pupil, and how many others of the class have it on this page already."""

    text: str
    used: int


@lru_cache(maxsize=1)
def bank() -> tuple[Phrase, ...]:
    """Every phrase, those of single subjects before the general ones."""
    phrases: list[Phrase] = []
    for path in sorted(resource("phrases").glob("*.toml")):
        data = tomllib.loads(nfc(path.read_text(encoding="utf-8")))
        whose = data["kind"], tuple(data["subjects"]), tuple(data["levels"])
        for band, texts in data["phrases"].items():
            phrases += [Phrase(text, band, *whose) for text in texts]
    return tuple(sorted(phrases, key=lambda phrase: not phrase.subjects))


def band_of(sheet: ClassSheet, line: SheetLine) -> str:
    """The band of a pupil's result, of the marks so far while there is none; "" without any."""
    return _BAND[sheet.course.kind](line)


def _stage_band(line: SheetLine) -> str:
    return str(next((mark for mark in reversed(line.marks) if mark in STAGES), ""))


def _pass_band(line: SheetLine) -> str:
    known = [mark for mark in (line.result, *line.marks) if mark in (PASSED, FAILED)]
    return "" if not known else "dat" if known[0] == PASSED else "chua_dat"


def _score_band(line: SheetLine) -> str:
    marks = [mark for mark in line.marks if isinstance(mark, int)]
    result = line.result if isinstance(line.result, int) else None
    if result is None and marks:
        result = half_up(sum(marks), len(marks))
    return "" if result is None else next(band for band, lowest in BANDS if result >= lowest)


_BAND: Mapping[CourseKind, Callable[[SheetLine], str]] = {
    CourseKind.SCORE: _score_band,
    CourseKind.COMMENT: _pass_band,
    CourseKind.PRIMARY: _stage_band,
}


def offers(sheet: ClassSheet, line: SheetLine, *, band: str = "", query: str = "") -> list[PhraseOffer]:
    """Phrases offered for a pupil: those nobody else has first, then the others with their count.

    `band` "" offers every band; `query` filters without accents.
    """
    level = next(name for name, grades in LEVEL_GRADES.items() if sheet.roll.grade in grades)
    all_offers = [
        PhraseOffer(named_phrase(phrase.text, line.name), _used(sheet, line, phrase.text))
        for phrase in bank()
        if phrase.kind == sheet.course.kind
        and band in ("", phrase.band)
        and (not phrase.subjects or sheet.course.code in phrase.subjects)
        and (not phrase.levels or level in phrase.levels)
    ]
    return sorted((offer for offer in all_offers if matches(query, offer.text)), key=lambda offer: offer.used)


def named_phrase(text: str, name: str) -> str:
    """The sentence with the pupil's given name in it."""
    return text.replace("{ten}", given_name(name))


def joined(comment: str, text: str) -> str:
    """A comment with one more sentence at its end."""
    return f"{comment} {text}".strip()


def _used(sheet: ClassSheet, line: SheetLine, text: str) -> int:
    others = (row for row in sheet.lines if row.pupil_id != line.pupil_id and row.comment)
    return sum(named_phrase(text, row.name) in row.comment for row in others)
