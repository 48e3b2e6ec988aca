"""Qualities and competences of a primary class: read as the homeroom teacher's page, written cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from edudesk.gradebook.register.marks import HomeroomLine, homeroom_lines, require_present
from edudesk.gradebook.register.roll import TERMS, Roll, read_roll
from edudesk.gradebook.rules.primary import PrimaryRegulation
from edudesk.gradebook.rules.qualities import END, MOMENTS, check_quality, qualities_of, quality_name
from edudesk.kernel.change import Change, Fields, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.storage.database import Database


class QualityKey(NamedTuple):
    """A page: a class, a term (1 or 2), the middle ("gk") or the end ("ck") of it."""

    class_id: str
    term: int
    stage: str


@dataclass(frozen=True, slots=True)
class QualityEntry:
    """A cell to write: T, D, C, or None to clear it."""

    pupil_id: str
    code: str
    value: str | None


@dataclass(frozen=True, slots=True)
class QualityLine:
    """A pupil's qualities at one moment, with the homeroom teacher's record of the term. `values` by code."""

    record: HomeroomLine
    values: Mapping[str, str]
    codes: tuple[str, ...]

    @property
    def pupil_id(self) -> str:
        return self.record.pupil_id

    @property
    def number(self) -> int | None:
        return self.record.number

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def left_on(self) -> str | None:
        return self.record.left_on

    @property
    def owes(self) -> bool:
        return self.record.owes

    @property
    def lock(self) -> str:
        """Who locked it and why; "" while it may be written."""
        return self.record.lock

    @property
    def complete(self) -> bool:
        """Whether everything that is assessed in the grade is there."""
        return all(self.values.get(code) for code in self.codes)


def quality_lines(db: Database, key: QualityKey) -> list[QualityLine]:
    """Every pupil of a primary class, in the order of the register. Raises Refused CLASS_UNKNOWN, NOT_PRIMARY."""
    roll = _roll(db, key.class_id)
    codes = codes_of(roll)
    stored = read_qualities(db, roll.year, class_id=key.class_id)
    return [
        QualityLine(line, stored.get(line.pupil_id, {}).get((key.term, key.stage), {}), codes)
        for line in homeroom_lines(db, key.class_id, key.term)
    ]


def year_quality_lines(db: Database, class_id: str) -> list[QualityLine]:
    """The end of the year, with the sessions missed in both terms. Raises Refused like `quality_lines`."""
    first = {line.pupil_id: line for line in homeroom_lines(db, class_id, TERMS[0])}
    lines = quality_lines(db, QualityKey(class_id, TERMS[-1], END))
    return [replace(line, record=_both(first[line.pupil_id], line.record)) for line in lines]


def _both(first: HomeroomLine, second: HomeroomLine) -> HomeroomLine:
    return replace(
        second,
        absent_excused=(first.absent_excused or 0) + (second.absent_excused or 0),
        absent_unexcused=(first.absent_unexcused or 0) + (second.absent_unexcused or 0),
    )


def codes_of(roll: Roll) -> tuple[str, ...]:
    """What is assessed in a class; () where it is not one of primary school."""
    if not isinstance(roll.law, PrimaryRegulation):
        return ()
    return qualities_of(roll.grade, regulation=roll.law)


Moment = tuple[int, str]  # term, "gk" or "ck"


def read_qualities(
    db: Database, year: int, *, class_id: str | None
) -> dict[str, dict[Moment, dict[str, str]]]:
    """pupil → moment → code → T, D, C: of a class, or of the whole school."""
    only = "" if class_id is None else "and class_id = ?"
    found: dict[str, dict[Moment, dict[str, str]]] = {}
    for pupil, term, stage, code, value in db.all(
        f"""select pupil_id, term, stage, code, value from quality where year = ? and gone = 0
        and value is not null
        and pupil_id in (select pupil_id from enrolment where year = ? and gone = 0 {only})""",
        (year, year) if class_id is None else (year, year, class_id),
    ):
        found.setdefault(pupil, {}).setdefault((term, stage), {})[code] = value
    return found


# -- writing


def save_quality(db: Database, key: QualityKey, entry: QualityEntry) -> Step:
    """Write one cell. Raises Refused: QUALITY_VALUE, QUALITY_CODE, QUALITY_STAGE, NOT_ENROLLED, PUPIL_LEFT, NOT_PRIMARY."""
    return save_qualities(db, key, [entry], label=_("Ghi phẩm chất, năng lực"))


def save_qualities(
    db: Database, key: QualityKey, entries: Sequence[QualityEntry], *, label: str = ""
) -> Step:
    """Write many cells as one Step, all or none. Raises Refused with every cell's problem."""
    roll = _roll(db, key.class_id)
    problems = [problem for entry in entries for problem in _against(roll, key, entry)]
    if problems:
        raise Refused(*dict.fromkeys(problems))
    message = label or _("Ghi {n} ô phẩm chất, năng lực").format(n=len(entries))
    return db.do(Step(message, _changes(db, roll, key, entries)))


def quality_id(pupil_id: str, year: int, key: QualityKey, code: str) -> str:
    """The identity of a cell: the same on every desk."""
    return name_id("quality", pupil_id, year, key.term, key.stage, code)


def _changes(
    db: Database, roll: Roll, key: QualityKey, entries: Iterable[QualityEntry]
) -> tuple[Change, ...]:
    wanted = {quality_id(cell.pupil_id, roll.year, key, cell.code): cell for cell in entries}
    stored = db.rows_of("quality", wanted)
    fields: dict[str, Fields] = {}
    for row, entry in wanted.items():
        if row in stored:
            fields[row] = {"value": entry.value}
        elif entry.value is not None:
            fields[row] = {
                "pupil_id": entry.pupil_id,
                "year": roll.year,
                "term": key.term,
                "class_id": roll.class_id,
                "stage": key.stage,
                "code": entry.code,
                "value": entry.value,
            }
    return db.upsert_all("quality", fields)


def _against(roll: Roll, key: QualityKey, entry: QualityEntry) -> list[Problem]:
    if key.term not in TERMS:
        return [Problem("TERM_UNKNOWN", _("Ghi theo học kì 1 hoặc 2."), next=_("Chọn học kì."))]
    problem = check_quality(entry.code, key.stage, entry.value)
    if problem is None and entry.code not in codes_of(roll):
        message = _("Khối {grade} không đánh giá “{name}”.")
        sentence = message.format(grade=roll.grade, name=quality_name(entry.code))
        problem = Problem("QUALITY_CODE", sentence, next=_("Xem các cột của trang."))
    if problem is not None:
        return [problem]
    try:
        require_present(roll, entry.pupil_id, key.term)
    except Refused as refusal:
        return list(refusal.problems)
    return []


def _roll(db: Database, class_id: str) -> Roll:
    roll = read_roll(db, class_id)
    if not codes_of(roll):
        message, next_step = _("Chỉ lớp tiểu học có trang này."), _("Chọn một lớp tiểu học.")
        raise Refused(Problem("NOT_PRIMARY", message, roll.class_name, next_step))
    return roll


def moments() -> tuple[tuple[str, str], ...]:
    """The moments of a term with their words."""
    return tuple((stage, _(words)) for stage, words in MOMENTS.items())
