"""The page of a subject on paper (“Bảng điểm môn học”): every pupil's marks of a term and what they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from edudesk.gradebook.papers.heading import NOT_YET, Frame, foot, season
from edudesk.gradebook.register.roll import YEAR
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn, SheetLine
from edudesk.gradebook.rules.marks import PASSED, is_owed
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import SlotKind, content_name, slot_of
from edudesk.gradebook.rules.words import mark_text, mark_text_in
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn

BANDS = ((80, 100), (65, 79), (50, 64), (0, 49))  # tenths
EMPTY = "–"


def sheet_paper(sheet: ClassSheet, frame: Frame, *, seal: str = "") -> Paper:
    """A4 upright; a draft while a mark is owed. `seal` is the line of its seal, at the foot."""
    title = Title(
        _("Bảng điểm môn {subject}").format(subject=sheet.course.name), (season(sheet.roll, sheet.term),)
    )
    signs = [
        Signature(_("Giáo viên bộ môn"), frame.name(sheet.course.teacher_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    left = {pupil.id: pupil.status_words for pupil in sheet.roll.pupils if pupil.gone}
    blocks: list[Block] = [
        frame.block,
        title,
        Table(_columns(sheet), [_row(sheet, line, left) for line in sheet.lines], size=11, tight=True),
        Space(2),
        Notes(_notes(sheet)),
        Signatures(signs, frame.head.place, frame.day),
        *foot(seal),
    ]
    return Paper(f"{title.text} {sheet.roll.class_name}", blocks, draft=not sheet.complete)


def _columns(sheet: ClassSheet) -> list[TableColumn]:
    columns = [TableColumn(_("STT"), 9, "center"), TableColumn(_("Họ và tên"), 40)]
    columns += [_mark_column(column) for column in sheet.columns]
    if sheet.course.assessment.computed:
        columns.append(TableColumn(_OF_KIND[sheet.course.kind].head(sheet.term), 18, "center"))
    if _says_year(sheet):
        columns.append(TableColumn(_("Cả năm"), 12, "center"))
    return [*columns, TableColumn(_("Nhận xét"))]


def _says_year(sheet: ClassSheet) -> bool:
    """Whether the year stands in a column of its own: beside term II, and where it is not what the page works out."""
    return sheet.term == 2 or (sheet.term == YEAR and not sheet.course.assessment.computed)


def _mark_column(column: SheetColumn) -> TableColumn:
    slot = slot_of(column.slot)
    if slot is None:
        return TableColumn(column.label, 14, "center")
    if slot.content:
        return TableColumn(content_name(slot.content), 11, "center", f"ĐĐG{slot.part}")
    if slot.kind is SlotKind.TX:
        number = _("{n} (CĐ)").format(n=slot.number) if column.topics else str(slot.number)
        return TableColumn(number, 8.6, "center", "ĐĐGtx")
    return TableColumn(column.label, 14, "center")


def _row(sheet: ClassSheet, line: SheetLine, left: dict[str, str]) -> list[str | Cell]:
    slots = [column.slot for column in sheet.columns]
    marks = [
        mark_text_in(slot, value) or (EMPTY if not line.owes else "")
        for slot, value in zip(slots, line.marks, strict=True)
    ]
    cells: list[str | Cell] = [str(line.number or ""), line.name, *marks]
    if sheet.course.assessment.computed:
        cells.append(_result(mark_text(line.result), owes=line.owes))
    if _says_year(sheet):
        cells.append(_result(mark_text(line.year), owes=line.owes))
    cells.append(left.get(line.pupil_id, line.comment))
    if line.owes:
        return cells
    return [Cell(cell.text if isinstance(cell, Cell) else cell, italic=True) for cell in cells]


def _result(words: str, *, owes: bool) -> Cell:
    if words:
        return Cell(words, bold=True)
    return Cell(_(NOT_YET), italic=True) if owes else Cell(EMPTY)


def _notes(sheet: ClassSheet) -> list[str]:
    owing = [line for line in sheet.lines if line.owes]
    results = [line.result for line in owing if line.result is not None]
    rows = [_("Có kết quả: {n}/{all} học sinh.").format(n=len(results), all=len(owing))]
    rows.append(_OF_KIND[sheet.course.kind].counts(results))
    how = sheet.course.assessment
    words = _("Tính theo {article}.") if how.computed else _("Theo {article}.")
    lines = [" ".join(rows), words.format(article=sheet.roll.law.cite(how.article))]
    if any(is_owed(mark) and mark for line in owing for mark in line.marks):
        lines.append(_("V: vắng; P: nghỉ có phép, chờ làm bù; K: không nộp bài."))
    return lines


def _stage_counts(results: Sequence[int | str]) -> str:
    """How many of each, as people read it."""
    return "; ".join(f"{_(message)}: {results.count(stage)}" for stage, message in STAGES.items()) + "."


def _pass_counts(results: Sequence[int | str]) -> str:
    passed = results.count(PASSED)
    return _("Đạt {passed}, Chưa đạt {failed}.").format(passed=passed, failed=len(results) - passed)


def _bands(results: Sequence[int | str]) -> str:
    values = [value for value in results if isinstance(value, int)]
    counts = [sum(low <= value <= high for value in values) for low, high in BANDS]
    words = [
        f"{show_tenths(low)}–{show_tenths(high)}: {n}" for (low, high), n in zip(BANDS, counts, strict=True)
    ]
    return "; ".join(words) + "."


def _average_head(term: int) -> str:
    return _("ĐTBmcn") if term == YEAR else _("ĐTBmhk")


def _result_head(_term: int) -> str:
    return _("Kết quả")


class _OfKind(NamedTuple):
    """What the page says by how its subject is assessed."""

    head: Callable[[int], str]
    counts: Callable[[Sequence[int | str]], str]


_OF_KIND: Mapping[CourseKind, _OfKind] = {
    CourseKind.SCORE: _OfKind(_average_head, _bands),
    CourseKind.COMMENT: _OfKind(_result_head, _pass_counts),
    CourseKind.PRIMARY: _OfKind(_result_head, _stage_counts),
}
