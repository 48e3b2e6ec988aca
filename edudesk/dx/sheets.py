"""The self-score as a spreadsheet, to be typed over into the authority's own system."""

from __future__ import annotations

from edudesk.dx.proposals import proposals
from edudesk.dx.rules_score import level_name
from edudesk.dx.store import ScoreLine, SelfScore, self_score
from edudesk.dx.store_evidence import evidence
from edudesk.dx.teaching.fields import OWNED, RESOURCE_FIELDS, SYSTEM_KINDS
from edudesk.dx.teaching.store_resources import form_values, resources
from edudesk.dx.teaching.store_systems import show_month, systems
from edudesk.kernel.calendar import show_date
from edudesk.kernel.field import Field, Value
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def dx_sheets(db: Database, year: int) -> list[SheetOut]:
    """Every item with points, then the groups with their levels."""
    score = self_score(db, year)
    offered = {code: proposal.points for code, proposal in proposals(db, year, score.edition.index).items()}
    pieces: dict[str, list[str]] = {}
    for proof in evidence(db, year):
        pieces.setdefault(proof.item, []).append(proof.words)
    rows = [_row(line, offered.get(line.code), "\n".join(pieces.get(line.code, []))) for line in score.lines]
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
    return [items, _groups(score)]


def _row(line: ScoreLine, offered: int | None, pieces: str) -> tuple[object, ...]:
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


def _groups(score: SelfScore) -> SheetOut:
    heads = (_("Nhóm"), _("Tên nhóm"), _("Điểm"), _("Tối đa"), _("Mức"))
    rows: list[tuple[object, ...]] = [
        (
            points.group.code,
            points.group.title,
            as_decimal(points.points),
            as_decimal(points.group.maximum),
            level_name(points.level),
        )
        for points in score.result.groups
    ]
    rows.append(("", _("Mức chung (theo nhóm thấp hơn)"), None, None, level_name(score.result.overall)))
    rows += [("", _("Bản nháp: {why}").format(why=why), None, None, "") for why in score.draft_because]
    return SheetOut(_("Kết quả"), heads, rows, widths=[7, 60, 9, 9, 28], text_columns=frozenset({0}))


def resource_sheets(db: Database, year: int) -> list[SheetOut]:
    """The digital resources as `import dx-resources` reads them, then the systems in use month by month."""
    heads = tuple(_(field.label) for field in RESOURCE_FIELDS)
    rows = [
        [_resource_cell(field, form_values(resource)[field.key]) for field in RESOURCE_FIELDS]
        for resource in resources(db)
    ]
    widths = [50, 18, 8, 26, 22, 40, 16, 24, 16, 16]
    out = SheetOut(_("Học liệu số"), heads, rows, widths=widths, text_columns=frozenset({0, 1, 3, 5, 7}))
    return [out, _systems(db, year)]


def _resource_cell(field: Field, value: Value) -> object:
    return value if field.kind == "number" else field.show(value)


def _systems(db: Database, year: int) -> SheetOut:
    heads = (_("Hệ thống"), _("Dùng để"), _("Hình thức"), _("Dùng từ ngày"), _("Đường dẫn"), _("Tháng"))
    numbers = (_("Giáo viên dùng"), _("Học sinh dùng"), _("Phụ huynh dùng"), _("Bài, buổi, tin"))
    rows: list[tuple[object, ...]] = []
    for system in systems(db, year):
        plain = (
            system.name,
            _(dict(SYSTEM_KINDS).get(system.kind, "")),
            _(dict(OWNED).get(system.owned, "")),
        )
        place = (*plain, show_date(system.since), system.url)
        rows += [
            (*place, show_month(use.month), use.teachers, use.pupils, use.parents, use.items)
            for use in system.uses
        ] or [(*place, "", None, None, None, None)]
    return SheetOut(_("Hệ thống đang dùng"), (*heads, *numbers), rows, widths=[30, 34, 14, 14, 40, 10])
