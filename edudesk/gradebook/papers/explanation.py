"""How a pupil's results came about, in plain words for the parents: one pupil to a page, no rank, no comparison.

That nothing of other pupils is shown is asked by TT 15/2026, Điều 22 khoản 2 (not checked against its text).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edudesk.gradebook.papers.heading import NOT_YET, Frame, of_pupil, read_frame, season
from edudesk.gradebook.papers.primary_report_card import primary_explanation_paper
from edudesk.gradebook.register.roll import YEAR, Roll
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet
from edudesk.gradebook.results.explain import explain_level, unrounded
from edudesk.gradebook.results.explanation import Explanation, ExplanationRow
from edudesk.gradebook.results.families import results_of
from edudesk.gradebook.results.primary import PrimaryResults
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.marks import Average, score_average, year_average
from edudesk.gradebook.rules.regulation import CourseKind, Family
from edudesk.gradebook.rules.slots import PERIODS, SlotKind, period_of
from edudesk.gradebook.rules.words import LEVEL_WORDS, mark_text, word_of
from edudesk.kernel.calendar import show_date
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, NewPage, Notes, Pairs, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Style
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.storage.database import Database

BODY, HEAD = Style(11.5), Style(12, bold=True)


@dataclass(frozen=True, slots=True)
class SubjectExplanation:
    """A subject: its marks by kind (or by term), and the average they make; None while some are owed."""

    name: str
    kind: CourseKind
    columns: tuple[str, ...]
    average: Average | None
    result: str


@dataclass(frozen=True, slots=True)
class ParentPage:
    """Everything one page says."""

    roll: Roll
    term: int
    result: PupilResult
    born: str | None
    subjects: tuple[SubjectExplanation, ...]
    level: Explanation


def explanation_paper(
    db: Database, class_id: str, term: int, *, pupil_id: str | None = None, day: dt.date | None = None
) -> Paper:
    """A page for one pupil, or for each pupil of the class who is there. Raises Refused NOT_ENROLLED, SLIP_NOBODY."""
    results = results_of(db, class_id, term)
    return _PAPERS[results.roll.family](db, results, pupil_id, read_frame(db, day=day))


def _stages_explained(db: Database, results: PrimaryResults, pupil_id: str | None, frame: Frame) -> Paper:
    class_id, term = results.roll.class_id, results.term
    rows = [
        (result, explain_level(db, class_id, term=term, pupil_id=result.pupil_id))
        for result in of_pupil(results.pupils, pupil_id)
    ]
    return primary_explanation_paper(results, rows, frame)


def _averages_explained(db: Database, results: ClassResults, pupil_id: str | None, frame: Frame) -> Paper:
    wanted = of_pupil(results.pupils, pupil_id)
    roll = results.roll
    sheets = [class_sheet(db, roll.class_id, course.code, results.term) for course in roll.courses]
    return parents_paper([_page(db, results, result, sheets) for result in wanted], frame)


_PAPERS: Mapping[Family, Callable[[Database, Any, str | None, Frame], Paper]] = {
    Family.AVERAGES: _averages_explained,
    Family.STAGES: _stages_explained,
}


def _page(
    db: Database, results: ClassResults, result: PupilResult, sheets: Sequence[ClassSheet]
) -> ParentPage:
    taken = (*result.averages, *result.comments)
    subjects = tuple(
        _subject(sheet, line)
        for sheet in sheets
        if sheet.course.code in taken
        for line in sheet.lines
        if line.pupil_id == result.pupil_id
    )
    born = next(pupil.birth_date for pupil in results.roll.pupils if pupil.id == result.pupil_id)
    level = explain_level(db, results.roll.class_id, term=results.term, pupil_id=result.pupil_id)
    return ParentPage(results.roll, results.term, result, born, subjects, level)


def _subject(sheet: ClassSheet, line: SheetLine) -> SubjectExplanation:
    if sheet.term == YEAR:
        columns = tuple(mark_text(value) or "–" for value in line.terms)
    else:
        kinds: dict[SlotKind | None, list[str]] = {period: [] for period in PERIODS}
        for column, value in zip(sheet.columns, line.marks, strict=True):
            kinds[period_of(column.slot)].append(mark_text(value) or "–")
        columns = tuple("  ".join(marks) for marks in kinds.values())
    result = mark_text(line.result) or _(NOT_YET)
    return SubjectExplanation(sheet.course.name, sheet.course.kind, columns, _average(sheet, line), result)


def _average(sheet: ClassSheet, line: SheetLine) -> Average | None:
    if not isinstance(line.result, int):
        return None
    regulation = sheet.roll.regulation
    if sheet.term == YEAR:
        first, second = line.terms
        return year_average(int(first or 0), int(second or 0), regulation=regulation)
    by_slot = {column.slot: mark for column, mark in zip(sheet.columns, line.marks, strict=True)}
    return score_average(by_slot, regulation=regulation)


# -- on paper


def parents_paper(pages: Sequence[ParentPage], frame: Frame) -> Paper:
    """A page for each pupil; a draft while anything of that pupil is missing."""
    blocks: list[Block] = []
    for page in pages:
        blocks += [NewPage(restart=True, draft=bool(page.result.missing)), *_blocks(page, frame)]
    title = _("Giải thích kết quả học tập")
    return Paper(title, blocks, draft=any(page.result.missing for page in pages))


def _blocks(page: ParentPage, frame: Frame) -> Iterator[Block]:
    who = [(_("Họ và tên"), page.result.name), (_("Ngày sinh"), show_date(page.born))]
    yield frame.block
    yield Title(_("Giải thích kết quả học tập"), (season(page.roll, page.term),))
    yield Pairs([pair for pair in who if pair[1]])
    yield Space(1)
    yield Text(_("1. Điểm trung bình từng môn"), HEAD)
    yield from _averages(page)
    level = _("2. Kết quả học tập: {level} ({article})")
    yield Text(level.format(level=_level(page), article=page.level.article), HEAD)
    yield from _levels(page)
    yield Notes(_notes(page))
    sign = Signature(_("Giáo viên chủ nhiệm"), frame.name(page.roll.homeroom_id))
    yield Signatures([Signature(_("Cha mẹ học sinh")), sign], frame.head.place, frame.day, room=11)


def _level(page: ParentPage) -> str:
    return word_of(LEVEL_WORDS, page.result.learning) or _(NOT_YET)


def _averages(page: ParentPage) -> Iterator[Block]:
    scored = [subject for subject in page.subjects if subject.kind == CourseKind.SCORE]
    if scored:
        yield Table(_columns(page.term), [_row(subject) for subject in scored], size=10.5, tight=True)
        yield Space(1)
        yield Text(_how(page), BODY)
    judged = [
        f"{subject.name}: {subject.result}" for subject in page.subjects if subject.kind != CourseKind.SCORE
    ]
    if judged:
        words = _("Môn đánh giá bằng nhận xét (Đ là Đạt, CĐ là Chưa đạt): {subjects}.")
        yield Text(words.format(subjects="; ".join(judged)), BODY)


def _columns(term: int) -> list[TableColumn]:
    if term == YEAR:
        marks = [TableColumn(_("HK I"), 18, "center"), TableColumn(_("HK II"), 18, "center")]
    else:
        marks = [
            TableColumn(_("Thường xuyên"), 38, "center"),
            TableColumn(_("Giữa kì"), 14, "center"),
            TableColumn(_("Cuối kì"), 14, "center"),
        ]
    return [
        TableColumn(_("Môn học")),
        *marks,
        TableColumn(_("Tổng"), 15, "center"),
        TableColumn(_("Chia cho"), 14, "center"),
        TableColumn(_("Được"), 19, "center"),
        TableColumn(_("Làm tròn"), 15, "center"),
    ]


def _row(subject: SubjectExplanation) -> list[str | Cell]:
    if subject.average is None:
        return [subject.name, *subject.columns, "–", "–", "–", Cell(subject.result, italic=True)]
    return [
        *(subject.name, *subject.columns, show_tenths(subject.average.total), str(subject.average.divisor)),
        *(unrounded(subject.average), Cell(subject.result, bold=True)),
    ]


def _how(page: ParentPage) -> str:
    """What the sum is made of, in a sentence, with its article."""
    regulation = page.roll.regulation
    if page.term == YEAR:
        first, second = regulation.year_weights
        words = _("Tổng = điểm học kì I × {first} + điểm học kì II × {second}; chia cho {all} ({article}).")
        article = regulation.cite("year_average")
        return words.format(first=first, second=second, all=first + second, article=article)
    once, twice, thrice = regulation.weights
    words = _(
        "Tổng = các điểm thường xuyên × {once} + giữa kì × {twice} + cuối kì × {thrice}; "
        "chia cho tổng các hệ số, làm tròn đến một chữ số ({article})."
    )
    return words.format(once=once, twice=twice, thrice=thrice, article=regulation.cite("average"))


def _levels(page: ParentPage) -> Iterator[Block]:
    """Each level from the best with what it asks; the clause; what would lift it; going up."""
    rows = page.level.rows
    wished = next((n for n, row in enumerate(rows) if row.head and not row.value), len(rows))
    year_end = next((n for n, row in enumerate(rows) if row.strong), len(rows))
    asked = list(_asked(rows[: min(wished, year_end)]))
    if asked:
        columns = [
            TableColumn(_("Mức"), 20),
            TableColumn(_("Điều kiện")),
            TableColumn(_("Của em"), 60),
            TableColumn(_("Có chưa"), 18, "center"),
        ]
        yield Table(columns, asked, size=10.5, tight=True)
        yield Space(1)
    title, sentence = page.level.notice
    if sentence:
        yield Text(f"{title}: {sentence}", BODY)
    for row in rows[wished + 1 : year_end][:1]:  # the nearest level is what a family can aim at
        yield Text(_("Muốn lên mức {level}: {how}.").format(level=row.what, how=row.how), BODY, after=2)
    for row in rows[year_end:]:
        yield Text(f"{row.what}: {row.value}; {row.how}.", BODY, after=2)


def _asked(rows: Sequence[ExplanationRow]) -> Iterator[list[str | Cell]]:
    """What each level asks: of a level not reached only what is not met yet, of the one reached everything."""
    level, reached = "", False
    for row in rows:
        if row.head:
            level, reached = row.what, row.reached
        elif reached or not row.met:
            met = _("có") if row.met else _("chưa")
            yield [Cell(level, bold=True), row.what, row.value, Cell(met, bold=not row.met)]
            level = ""


def _notes(page: ParentPage) -> list[str]:
    lines = []
    if page.level.missing:
        lines.append(_("Chưa đủ để tính hết: {what}.").format(what="; ".join(page.level.missing)))
    lines.append(
        _("Chỉ nói về một em, không xếp hạng (TT 15/2026, Điều 22 khoản 2: chưa đối chiếu văn bản gốc).")
    )
    return lines
