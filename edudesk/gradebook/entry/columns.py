"""The columns of the entry grid, made from one page of the register."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn, SheetLine
from edudesk.gradebook.rules.figures import figures
from edudesk.gradebook.rules.marks import is_owed, owed_letters
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import SlotKind, is_test, kind_of, slot_short
from edudesk.gradebook.rules.typed_marks import ghost, likely
from edudesk.gradebook.rules.words import COMMENT_BOX, mark_text, mark_text_in
from edudesk.kernel.calendar import show_date
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.table.columns import Column, ColumnHead, Edit

OWED_WORDS = {
    "V": N_("Vắng, còn nợ bài này."),
    "P": N_("Nghỉ có phép, sẽ làm bù."),
    "K": N_("Không nộp bài; tính 0 hoặc Chưa đạt khi đóng sổ."),
    "M": N_("Miễn thực hành; kiểm tra lí thuyết thay (chưa đối chiếu văn bản gốc)."),
}
FAILING = ("CD", "C")  # results that stand in red
_NAMES = {SlotKind.TX: N_("thường xuyên"), SlotKind.GK: N_("giữa kì"), SlotKind.CK: N_("cuối kì")}
Write = Callable[[SheetLine, str, str], object]
Put = Callable[[SheetLine, str], object]


def grid_columns(sheet: ClassSheet, write: Write, write_comment: Put, *, fast: bool = True) -> list[Column]:
    """Number and name (frozen), the slots, the average, the comment; `fast` decimals are shown while typing."""
    columns = [
        Column("number", _("STT"), lambda line: str(line.number or ""), 38, "right", style=_number),
        Column("name", _("Họ và tên"), lambda line: line.name, 172, style=_name),
    ]
    wide = 92 if len(sheet.columns) < 8 else 66
    usual = _OF_KIND[sheet.course.kind].width
    for place, slot in enumerate(sheet.columns):
        width = wide if slot.slot == SlotKind.CK else 92 if slot.topics else usual
        columns.append(_slot_column(sheet, place, slot, write, width, fast=fast))
    if sheet.course.assessment.computed or not sheet.term:
        room = 124 if any(slot.content for slot in sheet.columns) else 84
        columns.append(Column("average", average_label(sheet), _average_words, room, "right", style=_average))
    if sheet.term:
        edit = Edit(write_comment, phrases=True, start=lambda line: line.comment)
        columns.append(
            Column("comment", _("Nhận xét"), lambda line: line.comment, 0, style=_comment, edit=edit)
        )
    else:
        columns.append(Column("rest", "", lambda _line: "", 0))
    return columns


def _slot_column(
    sheet: ClassSheet, place: int, slot: SheetColumn, write: Write, width: int, *, fast: bool
) -> Column:
    return Column(
        slot.slot,
        slot.head,
        lambda line: mark_text_in(slot.slot, line.marks[place]),
        width,
        "right",
        edit=_edit(sheet.course, place, slot.slot, lambda line, text: write(line, slot.slot, text), fast=fast)
        if sheet.term
        else None,
        style=lambda line: _locked_style(
            _mark(line, place, slot.slot, readonly=not sheet.term), line.lock(place)
        ),
    )


def _edit(course: Course, place: int, slot: str, put: Put, *, fast: bool) -> Edit:
    """Digits with one comma for scores, one letter for comments; the codes of owed marks in both."""

    def start(line: SheetLine) -> str:
        return mark_text_in(slot, line.marks[place])

    typing = _OF_KIND[course.kind].typing(slot)
    codes = {letter: letter for letter in owed_letters(course.code)}
    return Edit(
        put,
        letters=typing.letters,
        keys=codes | typing.keys,
        ghost=typing.ghost if fast else None,
        fixes=typing.fixes,
        start=start,
    )


class _Typing(NamedTuple):
    """What the keys of a cell do beside the letters for what is owed, as `Edit` takes it."""

    letters: str
    keys: dict[str, str]
    ghost: Callable[[str], str] | None = None
    fixes: Callable[[str], Sequence[str]] | None = None


def _score_typing(_slot: str) -> _Typing:
    return _Typing("0123456789,.", {}, ghost, likely)


def _comment_typing(_slot: str) -> _Typing:
    return _Typing("ĐđDdCc", {"Đ": "Đ", "D": "Đ", "1": "Đ", "C": "CĐ", "0": "CĐ"})


def _stage_typing(slot: str) -> _Typing:
    return (
        _Typing("0123456789", {}) if is_test(slot) else _Typing("THCthc", {stage: stage for stage in STAGES})
    )


class _OfKind(NamedTuple):
    """What the grid shows by how a subject is assessed: typing, the width of a cell, and the column that is worked
    out, with its heading in a term and in the year and how it is `made`."""

    typing: Callable[[str], _Typing]
    width: int
    of_term: str
    of_year: str
    made: str


_OF_KIND: Mapping[CourseKind, _OfKind] = {
    CourseKind.SCORE: _OfKind(_score_typing, 66, N_("ĐTBmhk"), N_("ĐTBmcn"), N_("tính tự động")),
    CourseKind.COMMENT: _OfKind(_comment_typing, 66, N_("Kết quả"), N_("Kết quả"), N_("tính tự động")),
    CourseKind.PRIMARY: _OfKind(_stage_typing, 92, N_("Cả năm"), N_("Cả năm"), N_("mức cuối năm")),
}


def _locked_style(style: CellStyle, lock: str) -> CellStyle:
    """The look of a cell that `lock` keeps from being written: who locked it and why."""
    return style._replace(locked=True, ask=False, tip=lock) if lock else style


def _mark(line: SheetLine, place: int, slot: str, *, readonly: bool) -> CellStyle:
    value = line.marks[place]
    if not line.owes:
        text = mark_text(value)
        return CellStyle(text or "–", "right", off=not text, muted=True, italic=bool(text), locked=True)
    if is_owed(value):
        tip = _(OWED_WORDS.get(str(value), ""))
        if readonly:
            return CellStyle(_("thiếu"), "right", colour="ask")
        return CellStyle(mark_text(value), "right", owed=True, bold=True, tip=tip)
    if not isinstance(value, int):
        return CellStyle(mark_text(value), "right", colour="bad" if value in FAILING else "")
    return CellStyle(mark_text_in(slot, value), "right")


def _number(line: SheetLine) -> CellStyle:
    return CellStyle(str(line.number or ""), "right", colour="text2")


def _name(line: SheetLine) -> CellStyle:
    return CellStyle(line.name, muted=not line.owes, italic=not line.owes, tip=left_words(line))


def left_words(line: SheetLine) -> str:
    """“Rời trường 12/10/2026”, "" for who is there."""
    return _("Rời trường {day}").format(day=show_date(line.left_on)) if line.left_on else ""


def average_label(sheet: ClassSheet) -> str:
    """The head of the computed column: ĐTBmhk of a term, ĐTBmcn of the year, the result of a comment subject."""
    of_kind = _OF_KIND[sheet.course.kind]
    return _(of_kind.of_term if sheet.term else of_kind.of_year)


def missing_in(sheet: ClassSheet, slot: str) -> list[SheetLine]:
    """Whose mark is still owed in a column."""
    return [line for line in sheet.lines if line.owes and slot in line.missing]


def numbers(sheet: ClassSheet, place: int) -> list[int]:
    """The marks of a column in tenths, of those who owe them."""
    return [mark for line in sheet.lines if line.owes and isinstance(mark := line.marks[place], int)]


def _average_words(line: SheetLine) -> str:
    if not line.owes:
        return "–"
    if line.result is not None:
        return mark_text(line.result)
    single = len(line.missing) == 1
    return _("thiếu {what}").format(what=_short(line.missing[0]) if single else len(line.missing))


def _short(slot: str) -> str:
    return {"hk1": _("HK I"), "hk2": _("HK II")}.get(slot) or slot_short(slot)


def _average(line: SheetLine) -> CellStyle:
    words = _average_words(line)
    if not line.owes:
        return CellStyle(words, off=True)
    if line.result is None:
        return CellStyle(words, "right", colour="ask", tip=", ".join(map(_short, line.missing)))
    return CellStyle(words, "right", bold=True, colour="bad" if line.result in FAILING else "")


def _comment(line: SheetLine) -> CellStyle:
    if not line.owes:
        return CellStyle(left_words(line), muted=True, italic=True, locked=True)
    tip = line.comment if len(line.comment) > 28 else ""
    if line.comment_lock:
        return CellStyle(line.comment, colour="text2", locked=True, tip=f"{line.comment_lock}\n{tip}".strip())
    if len(line.comment) <= COMMENT_BOX:
        return CellStyle(line.comment, colour="text2", tip=tip)
    message = _("Dài {n} chữ cái, quá ô in {most}.").format(n=len(line.comment), most=COMMENT_BOX)
    return CellStyle(line.comment, icon="triangle", colour="ask", tip=f"{message}\n{tip}")


def heads(sheet: ClassSheet) -> dict[str, ColumnHead]:
    """What stands in the tall header: counts and histograms, recomputed after a Step and not while painting."""
    owing = sheet.owing
    message = _("{all} em, {owing} đang học").format(all=len(sheet.lines), owing=owing)
    headings = {
        "name": ColumnHead(message),
        "average": ColumnHead(_(_OF_KIND[sheet.course.kind].made)),
        "comment": ColumnHead(_("gõ tự do, hoặc Ctrl+;")),
    }
    for place, slot in enumerate(sheet.columns):
        count = sheet.filled(slot.slot)
        column_figures = figures(numbers(sheet, place))
        side = (
            ""
            if column_figures.mean is None
            else _("TB {mean}").format(mean=show_tenths(column_figures.mean))
        )
        bins = column_figures.bins if sheet.course.assessment.is_number(slot.slot) else ()
        sub = slot.content
        headings[slot.slot] = ColumnHead(
            sub, f"{count}/{owing}", full=count == owing, bins=bins, side=side, lock=sheet.locked(place)
        )
    return headings


def full_name(slot: SheetColumn) -> str:
    """“ĐĐGck · cuối kì”."""
    kind = kind_of(slot.slot)
    if kind not in _NAMES or slot.content or slot.named:
        return slot.label
    return f"{slot.label} · {_(N_('cụm chuyên đề') if slot.topics else _NAMES[kind])}"
