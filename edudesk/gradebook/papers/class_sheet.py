"""The page of a subject on paper (“Bảng điểm môn học”): every pupil's marks of a term and what they make."""

from __future__ import annotations

from collections.abc import Sequence

from edudesk.gradebook.papers.heading import NOT_YET, Frame, foot, gone, season
from edudesk.gradebook.register.roll import YEAR
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn, SheetLine
from edudesk.gradebook.rules.marks import is_owed
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.slots import SlotKind, content_name, slot_of
from edudesk.gradebook.rules.words import shown, shown_in
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn

BANDS = ((80, 100), (65, 79), (50, 64), (0, 49))  # tenths
NOTHING = "–"


def sheet_paper(sheet: ClassSheet, frame: Frame, *, seal: str = "") -> Paper:
    """A4 upright; a draft while a mark is owed. `seal` is the line of its seal, at the foot."""
    title = Title(
        _("Bảng điểm môn {subject}").format(subject=sheet.course.name), (season(sheet.roll, sheet.term),)
    )
    signs = [
        Signature(_("Giáo viên bộ môn"), frame.name(sheet.course.teacher_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    left = {pupil.id: gone(pupil) for pupil in sheet.roll.pupils if pupil.gone}
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
    result = _("ĐTBmcn") if sheet.term == YEAR else _("ĐTBmhk")
    if sheet.course.kind == "comment":
        result = _("Kết quả")
    columns = [TableColumn(_("STT"), 9, "center"), TableColumn(_("Họ và tên"), 40)]
    columns += [_mark_column(column) for column in sheet.columns]
    if not sheet.roll.primary:
        columns.append(TableColumn(result, 18, "center"))
    if sheet.term == 2 or (sheet.roll.primary and sheet.term == YEAR):
        columns.append(TableColumn(_("Cả năm"), 12, "center"))
    return [*columns, TableColumn(_("Nhận xét"))]


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
        shown_in(slot, value) or (NOTHING if not line.owes else "")
        for slot, value in zip(slots, line.marks, strict=True)
    ]
    cells: list[str | Cell] = [str(line.number or ""), line.name, *marks]
    if not sheet.roll.primary:
        cells.append(_result(shown(line.result), owes=line.owes))
    if sheet.term == 2 or (sheet.roll.primary and sheet.term == YEAR):
        cells.append(_result(shown(line.year), owes=line.owes))
    cells.append(left.get(line.pupil_id, line.comment))
    if line.owes:
        return cells
    return [Cell(cell.text if isinstance(cell, Cell) else cell, italic=True) for cell in cells]


def _result(words: str, *, owes: bool) -> Cell:
    if words:
        return Cell(words, bold=True)
    return Cell(_(NOT_YET), italic=True) if owes else Cell(NOTHING)


def _notes(sheet: ClassSheet) -> list[str]:
    owing = [line for line in sheet.lines if line.owes]
    results = [line.result for line in owing if line.result is not None]
    rows = [_("Có kết quả: {n}/{all} học sinh.").format(n=len(results), all=len(owing))]
    rows.append(_counts(sheet.course.kind, results))
    cited = sheet.roll.assessment.cite("stages" if sheet.roll.primary else "average")
    words = _("Theo {article}.") if sheet.roll.primary else _("Tính theo {article}.")
    lines = [" ".join(rows), words.format(article=cited)]
    if any(is_owed(mark) and mark for line in owing for mark in line.marks):
        lines.append(_("V: vắng; P: nghỉ có phép, chờ làm bù; K: không nộp bài."))
    return lines


def _counts(kind: str, results: Sequence[int | str]) -> str:
    """How many of each, as people read it."""
    if kind == "primary":
        return "; ".join(f"{_(message)}: {results.count(stage)}" for stage, message in STAGES.items()) + "."
    if kind == "comment":
        passed = results.count("D")
        return _("Đạt {passed}, Chưa đạt {failed}.").format(passed=passed, failed=len(results) - passed)
    return _bands([value for value in results if isinstance(value, int)])


def _bands(values: list[int]) -> str:
    counts = [sum(low <= value <= high for value in values) for low, high in BANDS]
    words = [
        f"{show_tenths(low)}–{show_tenths(high)}: {n}" for (low, high), n in zip(BANDS, counts, strict=True)
    ]
    return "; ".join(words) + "."
