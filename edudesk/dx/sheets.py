"""The self-score as a spreadsheet, to be typed over into the authority's own system."""

from __future__ import annotations

from edudesk.dx.proposals import proposals
from edudesk.dx.rules_score import level_name
from edudesk.dx.store import Line, SelfScore, self_score
from edudesk.dx.store_evidence import evidence
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.sheets import SheetOut


def dx_sheets(db: Database, year: int) -> list[SheetOut]:
    """Every item with points, then the groups with their levels."""
    found = self_score(db, year)
    offered = {code: one.points for code, one in proposals(db, year, found.edition.index).items()}
    pieces: dict[str, list[str]] = {}
    for one in evidence(db, year):
        pieces.setdefault(one.item, []).append(one.words)
    rows = [_row(line, offered.get(line.code), "\n".join(pieces.get(line.code, []))) for line in found.lines]
    heads = (
        *(
            _("Nhóm"),
            _("Mã"),
            _("Tiêu chí"),
            _("Mục"),
            _("Tối đa"),
            _("Tự chấm"),
            _("Đề xuất"),
            _("Năm trước"),
        ),
        *(_("Điều kiện bắt buộc"), _("Phụ trách"), _("Ghi chú"), _("Minh chứng")),
    )
    widths = [7, 8, 40, 60, 9, 9, 9, 10, 18, 24, 30, 50]
    items = SheetOut(_("Tự chấm"), heads, rows, widths=widths, text_columns=frozenset({0, 1}))
    return [items, _groups(found)]


def _row(line: Line, offered: int | None, pieces: str) -> tuple[object, ...]:
    points, last = line.points, line.last
    met = "" if line.item else {True: _("đạt"), False: _("chưa đạt"), None: _("chưa trả lời")}[line.met]
    return (
        line.group.code,
        line.code,
        line.criterion.title,
        line.title,
        as_decimal(line.item.maximum) if line.item else None,
        None if points is None else as_decimal(points),
        None if offered is None else as_decimal(offered),
        None if last is None or line.item is None else as_decimal(last),
        met,
        line.staff,
        line.note,
        pieces,
    )


def _groups(found: SelfScore) -> SheetOut:
    heads = (_("Nhóm"), _("Tên nhóm"), _("Điểm"), _("Tối đa"), _("Mức"))
    rows: list[tuple[object, ...]] = [
        (
            one.group.code,
            one.group.title,
            as_decimal(one.points),
            as_decimal(one.group.maximum),
            level_name(one.level),
        )
        for one in found.result.groups
    ]
    rows.append(("", _("Mức chung (theo nhóm thấp hơn)"), None, None, level_name(found.result.overall)))
    rows += [("", _("Bản nháp: {why}").format(why=why), None, None, "") for why in found.draft_because]
    return SheetOut(_("Kết quả"), heads, rows, widths=[7, 60, 9, 9, 28], text_columns=frozenset({0}))
