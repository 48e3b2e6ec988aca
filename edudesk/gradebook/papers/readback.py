"""A column on one page in large type, to be checked against the papers by reading it out (“Bảng soát điểm”)."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest

from edudesk.gradebook.anomalies.readback import ReadBack, read_back
from edudesk.gradebook.papers.heading import Frame, read_frame, season
from edudesk.gradebook.register.roll import read_roll
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet
from edudesk.gradebook.rules.words import mark_text_in
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.storage.database import Database

CROWDED = 44  # pupils from which the letters are smaller, so that it stays one page
PAIR = 2  # pupils up to whom a question is of single marks
HALF = ((11, "center"), (0, "left"), (15, "center"), (12, "center"))  # mm: number, name, mark, tick


def read_back_paper(
    db: Database, class_id: str, code: str, term: int, *, slot: str = "", day: dt.date | None = None
) -> Paper:
    """One column of a page; the last that holds marks where `slot` is "".

    Raises Refused TERM_WANTED for the whole year, MARK_SLOT, and like `class_sheet`.
    """
    if not term:
        message = _("Bảng soát lập cho một cột của một học kì.")
        raise Refused(Problem("TERM_WANTED", message, next=_("Chọn học kì 1 hoặc 2.")))
    known = read_roll(db, class_id).course(code).slots
    if slot and slot not in known:
        message = _("Không có cột “{slot}”.").format(slot=slot)
        raise Refused(
            Problem("MARK_SLOT", message, next=_("Các cột: {known}.").format(known=", ".join(known)))
        )
    sheet = class_sheet(db, class_id, code, term)
    place = known.index(slot) if slot else _last_filled(sheet)
    return read_back_paper_of(read_back(sheet, place), read_frame(db, day=day))


def _last_filled(sheet: ClassSheet) -> int:
    numbers = [n for n in range(len(sheet.columns)) if any(line.marks[n] is not None for line in sheet.lines)]
    return numbers[-1] if numbers else 0


def read_back_paper_of(back: ReadBack, frame: Frame) -> Paper:
    """Two halves side by side, a box to tick behind every mark; a draft while a mark is owed."""
    sheet = back.sheet
    title = Title(
        _("Bảng soát điểm môn {subject}").format(subject=sheet.course.name),
        (_("Cột {column}").format(column=back.column.label), season(sheet.roll, sheet.term)),
    )
    middle = -(-len(back.lines) // 2)
    rows = [
        [*_half(back, one), *_half(back, other)]
        for one, other in zip_longest(back.lines[:middle], back.lines[middle:])
    ]
    size = 13 if len(back.lines) > CROWDED else 14
    signs = [
        Signature(_("Người soát")),
        Signature(_("Giáo viên bộ môn"), frame.name(sheet.course.teacher_id)),
    ]
    blocks: list[Block] = [
        title,
        Table(_columns(), rows, size=size, tight=True),
        Space(2),
        Notes(_notes(back)),
    ]
    blocks.append(Signatures(signs, frame.head.place, frame.day, room=12))
    name = f"{title.text} {sheet.roll.class_name} {back.column.label}"
    return Paper(name, blocks, draft=back.missing > 0)


def _columns() -> list[TableColumn]:
    heads = (_("STT"), _("Họ và tên"), _("Điểm"), _("Soát"))
    return [
        TableColumn(head, width, align)  # type: ignore[arg-type]
        for _side in range(2)
        for head, (width, align) in zip(heads, HALF, strict=True)
    ]


def _half(back: ReadBack, line: SheetLine | None) -> list[str | Cell]:
    if line is None:
        return [""] * 4
    asked = any(
        line.pupil_id in question.pupils for question in back.questions if len(question.pupils) <= PAIR
    )
    return [
        str(line.number or ""),
        line.name,
        Cell(mark_text_in(back.column.slot, back.mark(line)), bold=True, tinted=asked),
        "",
    ]


def _notes(back: ReadBack) -> list[str]:
    count = len(back.lines) - back.missing
    lines = [_("Có điểm: {n}/{all} em.").format(n=count, all=len(back.lines))]
    if back.read is not None and back.read.mean is not None and back.read.median is not None:
        lines.append(
            _("Trung bình {mean}, trung vị {median}.").format(
                mean=show_tenths(back.read.mean), median=show_tenths(back.read.median)
            )
        )
    whole = [f"{asked.sentence} {asked.advice}" for asked in back.questions if len(asked.pupils) > PAIR]
    tinted = (
        [_("Ô tô nền: điểm nên xem lại.")]
        if any(len(question.pupils) <= PAIR for question in back.questions)
        else []
    )
    return [" ".join([*lines, *tinted]), *whole]
