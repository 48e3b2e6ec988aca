"""The columns of the homeroom page: conduct by one key, sessions missed, a comment; for the year, both terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from edudesk.gradebook.entry.level_chips import LEVEL_KEYS, level_chip, level_of, level_word
from edudesk.gradebook.register.marks import HomeroomLine
from edudesk.gradebook.rules.regulation import Regulation
from edudesk.gradebook.rules.term_record import read_count
from edudesk.gradebook.rules.year import conduct_year
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle
from edudesk.ui.table.columns import Column, ColumnHead, Edit

Write = Callable[..., object]  # (line, field=value)


class _Pupil(Protocol):
    """What both kinds of line say of a pupil."""

    @property
    def number(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def left_on(self) -> str | None: ...
    @property
    def owes(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ConductYear:
    """A pupil's year: the conduct of both terms, what follows from them, sessions missed."""

    pupil_id: str
    number: int | None
    name: str
    left_on: str | None
    owes: bool
    terms: tuple[str | None, str | None]
    conduct: str | None
    absences: int


def year_line(first: HomeroomLine, second: HomeroomLine, regulation: Regulation) -> ConductYear:
    """The year of a pupil from the records of both terms."""
    both = (first.conduct, second.conduct)
    year = conduct_year(*both, regulation=regulation) if first.conduct and second.conduct else None  # type: ignore[arg-type]
    missed = sum((line.absent_excused or 0) + (line.absent_unexcused or 0) for line in (first, second))
    return ConductYear(
        pupil_id=second.pupil_id,
        number=second.number,
        name=second.name,
        left_on=second.left_on,
        owes=second.owes,
        terms=both,
        conduct=year,
        absences=missed,
    )


def term_columns(write: Write) -> list[Column]:
    """Number, name, conduct, sessions missed with and without leave, comment."""
    conduct = Edit(
        lambda line, text: write(line, conduct=level_of(text)),
        letters="TtKkĐđDdCc",
        keys=LEVEL_KEYS,
        start=lambda line: level_word(line.conduct),
    )
    comment = Edit(lambda line, text: write(line, comment=text), phrases=True)
    return [
        *name_columns(),
        Column(
            "conduct",
            _("Rèn luyện"),
            lambda line: level_word(line.conduct),
            120,
            edit=conduct,
            style=_conduct,
        ),
        _count("absent_excused", _("Nghỉ có phép"), write),
        _count("absent_unexcused", _("Nghỉ không phép"), write),
        Column(
            "comment",
            _("Nhận xét của chủ nhiệm"),
            lambda line: line.comment,
            0,
            edit=comment,
            style=comment_style,
        ),
    ]


def term_heads(*, locked: bool = False) -> dict[str, ColumnHead]:
    """The second line of the heads of a term, with a lock where the whole page is locked."""
    sessions = ColumnHead(_("số buổi"), lock=locked)
    heads = {
        "conduct": ColumnHead(_("gõ T, K, Đ, C"), lock=locked),
        "comment": ColumnHead(_("gõ tự do"), lock=locked),
    }
    return heads | {"absent_excused": sessions, "absent_unexcused": sessions}


def year_columns() -> list[Column]:
    """Both terms and the year; nothing is typed here."""

    def term(place: int, words: str) -> Column:
        return Column(f"term{place + 1}", words, str, 120, style=lambda line: _level(line.terms[place], line))

    return [
        *name_columns(),
        term(0, _("Học kì I")),
        term(1, _("Học kì II")),
        Column("year", _("Cả năm"), str, 120, style=lambda line: _level(line.conduct, line)),
        Column("absences", _("Tổng số buổi nghỉ"), str, 130, "right", style=_absences),
        Column("rest", "", lambda _line: "", 0),
    ]


def name_columns() -> list[Column]:
    """Number and name, which stay in sight."""
    return [
        Column("number", _("STT"), lambda line: str(line.number or ""), 38, "right", style=_number),
        Column("name", _("Họ và tên"), lambda line: line.name, 190, style=_name),
    ]


def _count(key: str, words: str, write: Write) -> Column:
    edit = Edit(lambda line, text: write(line, **{key: read_count(text)}), letters="0123456789")

    def shown(line: HomeroomLine) -> str:
        count = getattr(line, key)
        return "" if count is None else str(count)

    return Column(key, words, shown, 112, "right", edit=edit, style=lambda line: count_style(line, key))


def count_style(line: HomeroomLine, key: str) -> CellStyle:
    """Sessions missed."""
    count = getattr(line, key)
    locked = not line.owes or bool(line.lock)
    text = "" if count is None else str(count)
    return CellStyle(text, "right", locked=locked, muted=not line.owes, tip=line.lock)


def _conduct(line: HomeroomLine) -> CellStyle:
    if not line.owes:
        return CellStyle("–", off=True, locked=True)
    style = _level(line.conduct, line) if line.conduct else CellStyle(owed=True)
    return style._replace(locked=True, tip=line.lock) if line.lock else style


def _level(level: str | None, line: _Pupil) -> CellStyle:
    if level:
        return CellStyle(level_word(level), chips=(level_chip(level),))
    return CellStyle(_("chưa có"), colour="ask") if line.owes else CellStyle("–", off=True)


def comment_style(line: HomeroomLine) -> CellStyle:
    """What the homeroom teacher says; when a pupil left."""
    if not line.owes:
        return CellStyle(_left(line), muted=True, italic=True, locked=True)
    whole = line.comment if len(line.comment) > 60 else ""
    tip = "\n".join(words for words in (line.lock, whole) if words)
    return CellStyle(line.comment, colour="text2", locked=bool(line.lock), tip=tip)


def _absences(line: ConductYear) -> CellStyle:
    return CellStyle(str(line.absences), "right") if line.absences else CellStyle("–", off=True)


def _number(line: _Pupil) -> CellStyle:
    return CellStyle(str(line.number or ""), "right", colour="text2")


def _name(line: _Pupil) -> CellStyle:
    return CellStyle(line.name, muted=not line.owes, italic=not line.owes, tip=_left(line))


def _left(line: _Pupil) -> str:
    return _("Rời trường {day}").format(day=show_date(line.left_on)) if line.left_on else ""
