"""The homeroom page of a primary class: qualities and competences by one key each, sessions missed, a comment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFontMetrics

from edudesk.gradebook.pages.conduct_columns import comment_style, count_style, name_columns
from edudesk.gradebook.register.qualities import QualityLine
from edudesk.gradebook.rules.primary import GRADES
from edudesk.gradebook.rules.qualities import (
    LOWEST,
    SIGNS,
    is_competence,
    quality_head,
    quality_text,
    quality_title,
    read_quality,
)
from edudesk.gradebook.rules.term_record import read_count
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle
from edudesk.ui.table.columns import Column, ColumnHead, Edit
from edudesk.ui.theme import SMALL, font

KEYS = {"T": "T", "Đ": "D", "D": "D", "C": "C"}
SHORT = 18  # letters of a comment that are surely seen whole
NARROW = 38  # pixels: the least of a column of one letter
Write = Callable[[QualityLine, str, str | None], object]  # (line, code, value)
Record = Callable[..., object]  # (line, field=value)


def quality_columns(codes: Sequence[str], write: Write | None, record: Record | None) -> list[Column]:
    """Number, name, a narrow column for each code, sessions missed, comment; nothing is typed without `write`."""
    qualities = [_quality(code, write, last=code == _last_quality(codes)) for code in codes]
    counts = (
        ("absent_excused", excused_words(), _("Số buổi nghỉ có phép")),
        ("absent_unexcused", unexcused_words(), _("Số buổi nghỉ không phép")),
    )
    edit = Edit(lambda line, text: record(line, comment=text), phrases=True) if record else None
    return [
        *name_columns(),
        *qualities,
        *(_count(key, label, tip, record) for key, label, tip in counts),
        Column("comment", _("Nhận xét"), lambda line: line.record.comment, 0, edit=edit, style=_comment),
    ]


def quality_heads(codes: Sequence[str], *, locked: bool) -> dict[str, ColumnHead]:
    """The second line of the heads, with a lock where the whole page is locked."""
    heads = {code: ColumnHead(quality_head(code)[1], lock=locked) for code in codes}
    heads |= {"absent_excused": ColumnHead(excused_words(), lock=locked)}
    heads |= {"absent_unexcused": ColumnHead(unexcused_words(), lock=locked)}
    return heads | {"comment": ColumnHead(_("gõ tự do"), lock=locked)}


def excused_words() -> str:
    """The second line over sessions missed with leave."""
    return _("có phép")


def unexcused_words() -> str:
    """The second line over sessions missed without leave."""
    return _("không phép")


def legend_words() -> str:
    """“Phẩm chất, năng lực: T Tốt · Đ Đạt · C Cần cố gắng”."""
    signs = " · ".join(f"{SIGNS[code]} {_(words)}" for code, words in GRADES.items())
    return _("Phẩm chất, năng lực: {signs}").format(signs=signs)


def _last_quality(codes: Sequence[str]) -> str:
    return next((code for code in reversed(codes) if not is_competence(code)), "")


def _quality(code: str, write: Write | None, *, last: bool) -> Column:
    def put(line: QualityLine, text: str) -> object:
        return write(line, code, read_quality(text)) if write else None

    edit = Edit(put, letters="TtĐđDdCc", keys=KEYS, start=lambda line: quality_text(line.values.get(code)))
    return Column(
        code,
        quality_head(code)[0],
        lambda line: quality_text(line.values.get(code)),
        _wide(*quality_head(code)),
        "center",
        edit=edit if write else None,
        style=lambda line: _style(line, code),
        rule=last,
        tip=quality_title(code),
    )


def _wide(*lines: str) -> int:
    bold, plain = QFontMetrics(font(SMALL, True)), QFontMetrics(font(SMALL))
    return max(NARROW, bold.horizontalAdvance(lines[0]) + 13, plain.horizontalAdvance(lines[-1]) + 13)


def _style(line: QualityLine, code: str) -> CellStyle:
    if not line.owes:
        return CellStyle("–", off=True, locked=True)
    value = line.values.get(code)
    colour = "bad" if value == LOWEST else ""
    style = CellStyle(quality_text(value), "center", owed=not value, colour=colour)
    return style._replace(locked=True, tip=line.lock) if line.lock else style


def _count(key: str, label: str, tip: str, record: Record | None) -> Column:
    def put(line: QualityLine, text: str) -> object:
        return record(line, **{key: read_count(text)}) if record else None

    def shown(line: QualityLine) -> str:
        count = getattr(line.record, key)
        return "" if count is None else str(count)

    edit = Edit(put, letters="0123456789") if record else None
    wide = _wide("", label)
    return Column(
        key,
        _("Nghỉ"),
        shown,
        wide,
        "right",
        edit=edit,
        style=lambda line: count_style(line.record, key),
        tip=tip,
    )


def _comment(line: QualityLine) -> CellStyle:
    style = comment_style(line.record)
    whole = line.record.comment if line.owes and len(line.record.comment) > SHORT else ""
    return style._replace(tip=whole) if whole and not line.lock else style
