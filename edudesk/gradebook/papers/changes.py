"""The record of changes on paper (“Biên bản sửa điểm”): what was corrected on a page of the register, by whom, why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.gradebook.papers.heading import Frame, read_frame, season
from edudesk.gradebook.register.history import MarkChange, mark_history
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.roll import Course, Roll, read_roll
from edudesk.gradebook.rules.slots import slot_short
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Table, TableColumn
from edudesk.storage.database import Database

EMPTY = "–"
Days = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class ChangesRecord:
    """The content of the paper: the corrections of a page within `days`, and how many first entries it has."""

    roll: Roll
    course: Course
    term: int
    days: Days
    corrections: tuple[MarkChange, ...]
    entries: int


def changes_record(
    db: Database, key: SheetKey, *, slot: str | None = None, days: Days = (None, None)
) -> ChangesRecord:
    """Gather the record, of one column where `slot` is given.

    Raises Refused TERM_WANTED for the whole year (which has no cells of its own), and like `mark_history`.
    """
    if not key.term:
        message = _("Biên bản sửa điểm lập cho từng học kì.")
        raise Refused(Problem("TERM_WANTED", message, next=_("Chọn học kì 1 hoặc 2.")))
    roll = read_roll(db, key.class_id)
    changes = mark_history(db, key, slot=slot, days=days)
    corrections = tuple(change for change in changes if not change.first)
    return ChangesRecord(
        roll, roll.course(key.code), key.term, days, corrections, len(changes) - len(corrections)
    )


def changes_paper(
    db: Database, key: SheetKey, *, days: Days = (None, None), day: dt.date | None = None
) -> Paper:
    """The record of changes of a page of the register. Raises Refused like `changes_record`."""
    return changes_paper_of(changes_record(db, key, days=days), read_frame(db, day=day))


def changes_paper_of(record: ChangesRecord, frame: Frame) -> Paper:
    """A4 lying: who changed what from what to what, when and why, in the order it happened."""
    title = Title(
        _("Biên bản sửa điểm môn {subject}").format(subject=record.course.name),
        (season(record.roll, record.term),),
    )
    signs = [
        Signature(_("Giáo viên bộ môn"), frame.name(record.course.teacher_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    blocks: list[Block] = [frame.block, title, Text(_summary(record)), _table(record.corrections), Space(2)]
    blocks += [Notes(_notes(record)), Signatures(signs, frame.head.place, frame.day)]
    return Paper(f"{title.text} {record.roll.class_name}", blocks, landscape=True)


def _summary(record: ChangesRecord) -> str:
    first, last = record.days
    period = _("từ đầu đến nay")
    if first and last:
        period = _("từ {first} đến {last}").format(first=show_date(first), last=show_date(last))
    elif first or last:
        words = _("từ {day}") if first else _("đến {day}")
        period = words.format(day=show_date(first or last))
    if not record.corrections:
        return _("Không có điểm nào bị sửa ({period}).").format(period=period)
    cells = len({(change.pupil_id, change.slot) for change in record.corrections})
    words = _("Có {n} lần sửa ở {cells} ô điểm ({period}).")
    return words.format(n=len(record.corrections), cells=cells, period=period)


def _table(changes: Sequence[MarkChange]) -> Table:
    columns = [
        TableColumn(_("TT"), 10, "center"),
        TableColumn(_("Thời điểm"), 30, "center"),
        TableColumn(_("Họ và tên"), 50),
        TableColumn(_("Cột"), 18, "center"),
        TableColumn(_("Từ"), 13, "center", _("Điểm")),
        TableColumn(_("Thành"), 13, "center", _("Điểm")),
        TableColumn(_("Người sửa"), 42),
        TableColumn(_("Lí do")),
    ]
    return Table(columns, [_row(place, change) for place, change in enumerate(changes, 1)], size=11)


def _row(place: int, change: MarkChange) -> list[str]:
    return [
        str(place),
        moment(change),
        change.name,
        slot_short(change.slot),
        mark_text(change.old) or EMPTY,
        mark_text(change.new) or EMPTY,
        change.who,
        change.reason or _("không ghi ({label})").format(label=change.label),
    ]


def moment(change: MarkChange) -> str:
    """“22/11/2026 08:05”; with “(?)” where the PC's clock is doubtful."""
    when = f"{show_date(change.day)} {change.wall[11:16]}"
    return f"{when} (?)" if change.doubtful else when


def _notes(record: ChangesRecord) -> list[str]:
    lines = [_("Ngoài ra có {n} điểm được ghi lần đầu, không phải sửa.").format(n=record.entries)]
    if any(change.doubtful for change in record.corrections):
        lines.append(
            _(
                "(?) Giờ của máy đáng ngờ: thời điểm trái với thứ tự các lần sửa trong nhật kí của chương trình."
            )
        )
    return lines
