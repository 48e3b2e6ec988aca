"""The anomalies of a page of the register as questions, and which of them were settled on this PC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from edudesk.gradebook.register.marks import MarkEntry
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.register.typing_choices import Settled, save_settled
from edudesk.gradebook.rules.anomalies import (
    ENOUGH,
    Question,
    cell_questions,
    column_questions,
    mended,
    replaced,
)
from edudesk.gradebook.rules.anomaly_words import Who, advice, mend_words, sentence
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.shifts import Page
from edudesk.kernel.words import _
from edudesk.storage.database import Database

MOST_SETTLED = 400  # answers kept on this PC, the oldest forgotten first
_WHOLE = ("SHIFTED", "ORDER", "EQUAL_COLUMN")
_SPOILT = ("SHIFTED", "ORDER")  # what makes single marks of the column stand far off
Before = Mapping[tuple[str, str], Mark]  # (pupil, slot) → what stood there when the page was opened


@dataclass(frozen=True, slots=True)
class MarkQuestion:
    """A question in words. `pupils` are those it speaks of; `mend` names the one action that would put it right, or "".

    `key` and `marks` are what an answer is remembered by.
    """

    question: Question
    slot: str
    pupils: tuple[str, ...]
    sentence: str
    advice: str
    mend: str
    key: str
    marks: tuple[Mark, ...]


def typed_lines(sheet: ClassSheet) -> tuple[SheetLine, ...]:
    """The lines marks are typed down: of who owes them."""
    return tuple(line for line in sheet.lines if line.owes)


def page_of(sheet: ClassSheet, lines: Sequence[SheetLine]) -> Page:
    """The numbers of those lines, and in the second term beside them the average of the first."""
    return [
        [mark if isinstance(mark, int) else None for mark in (*line.marks, *(line.terms[: sheet.term - 1]))]
        for line in lines
    ]


def sheet_questions(
    sheet: ClassSheet, place: int, *, before: Before | None = None
) -> tuple[MarkQuestion, ...]:
    """What a page of a term in numbers raises: of the column as a whole, then of every mark of the page.

    `before` asks also about marks typed over. Other pages raise nothing.
    """
    if sheet.course.kind != CourseKind.SCORE or not sheet.term or not 0 <= place < len(sheet.columns):
        return ()
    lines = typed_lines(sheet)
    page, width = page_of(sheet, lines), len(sheet.columns)
    full = all(line.marks[place] is not None for line in lines)
    over = _replaced(sheet, lines, page, place, before) if before is not None else ()
    questions = (
        *over,
        *column_questions(page, place, full=full, width=width),
        *cell_questions(page, width=width),
    )
    return tuple(_asked(sheet, lines, question) for question in questions)


def _replaced(
    sheet: ClassSheet, lines: Sequence[SheetLine], page: Page, place: int, before: Before
) -> tuple[Question, ...]:
    slots = [column.slot for column in sheet.columns]
    stood = [[_number(before.get((line.pupil_id, slot))) for slot in slots] for line in lines]
    question = replaced(stood, page, place)
    return (question,) if question else ()


def _number(mark: Mark) -> int | None:
    return mark if isinstance(mark, int) else None


def _asked(sheet: ClassSheet, lines: Sequence[SheetLine], question: Question) -> MarkQuestion:
    people = [Who(line.number, line.name) for line in lines]
    heads = [column.label for column in sheet.columns]
    slot = sheet.columns[question.place].slot
    column = [line.marks[question.place] for line in lines]
    pupils = tuple(lines[at].pupil_id for at in question.rows)
    mend = ""
    if question.code in ("SHIFTED", "SWAPPED") and mended(column, question) is not None:
        mend = mend_words(question, people)
    elif question.code == "REPLACED":
        mend = _("Trả lại {n} điểm cũ").format(n=len(question.rows))
    whole = question.code in _WHOLE
    key = (
        sheet.roll.class_id,
        sheet.course.code,
        sheet.term,
        slot,
        question.code,
        *(() if whole else pupils[:1]),
    )
    marks = _trimmed(column) if whole else tuple(column[at] for at in question.rows)
    return MarkQuestion(
        question=question,
        slot=slot,
        pupils=pupils,
        sentence=sentence(question, heads, people),
        advice=advice(question),
        mend=mend,
        key="|".join(map(str, key)),
        marks=marks,
    )


def of_column(asked: Sequence[MarkQuestion], slot: str) -> tuple[MarkQuestion, ...]:
    """What is asked about a column: its single marks only while the column as a whole is in order."""
    mine = tuple(question for question in asked if question.question.asks and question.slot == slot)
    spoilt = any(question.question.code in _SPOILT for question in mine)
    return tuple(question for question in mine if not (spoilt and question.question.code == "FAR"))


def mend_entries(sheet: ClassSheet, asked: MarkQuestion, before: Before) -> list[MarkEntry]:
    """The cells to write to put a question right, as they are owed now; [] where nothing would change."""
    lines, place = typed_lines(sheet), asked.question.place
    column = [line.marks[place] for line in lines]
    if asked.question.code == "REPLACED":
        wanted = {at: before.get((lines[at].pupil_id, asked.slot)) for at in asked.question.rows}
    else:
        wanted = mended(column, asked.question) or {}
    return [
        MarkEntry(lines[at].pupil_id, asked.slot, mark) for at, mark in wanted.items() if column[at] != mark
    ]


# -- answers


class Inquiry:
    """What is asked about pages of the register; answers are kept, those of this PC."""

    def __init__(self, db: Database, settled: Settled) -> None:
        self._db = db
        self._settled = settled

    def open_questions(self, sheet: ClassSheet, place: int, before: Before) -> tuple[MarkQuestion, ...]:
        """What a page raises besides what was answered, and what is locked."""
        locked_slots = {column.slot for at, column in enumerate(sheet.columns) if sheet.locked(at)}
        return tuple(
            asked
            for asked in sheet_questions(sheet, place, before=before)
            if asked.slot not in locked_slots and not self._is_settled(asked)
        )

    def settle(self, asked: MarkQuestion) -> None:
        """Remember the answer “đúng rồi”."""
        fresh = {**self._settled, asked.key: [len(asked.marks), _digest(asked.marks)]}
        self._settled = dict(list(fresh.items())[-MOST_SETTLED:])
        save_settled(self._db, self._settled)

    def _is_settled(self, asked: MarkQuestion) -> bool:
        """Whether it was answered while these marks stood; marks added since count once they are ten."""
        settlement = self._settled.get(asked.key)
        if settlement is None:
            return False
        count = int(str(settlement[0]))
        return 0 <= len(asked.marks) - count < ENOUGH and _digest(asked.marks[:count]) == settlement[1]


def _digest(marks: Sequence[Mark]) -> str:
    return sha256("|".join(map(str, marks)).encode()).hexdigest()[:16]


def _trimmed(column: Sequence[Mark]) -> tuple[Mark, ...]:
    """Without the empty cells at its end: what was typed so far."""
    end = len(column)
    while end and column[end - 1] is None:
        end -= 1
    return tuple(column[:end])
