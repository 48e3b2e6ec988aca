"""The counts and the standards as a spreadsheet."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.labs.norms.rules_norms import show_answer
from edudesk.labs.norms.store import counts, school_sites
from edudesk.labs.norms.store_standards import check_standards
from edudesk.premises.rules_area import area_number
from edudesk.school.rules import LEVEL_NAMES
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def counts_sheets(db: Database, year: int) -> list[SheetOut]:
    """A sheet of counts for the school and each of its sites, with the list behind each; and the standards."""
    sites = school_sites(db)
    parts = [(_("Toàn trường"), "")] + ([(name, site) for site, name in sites] if len(sites) > 1 else [])
    rows: list[tuple[object, ...]] = [
        (
            place,
            counted.section.title,
            figure.item.title,
            figure.value if figure.item.kind not in ("flag", "ratio") and figure.value is not None
            else show_answer(figure.item, figure.value),
            area_number(figure.area),
            ", ".join(figure.behind),
            figure.note,
            counted.section.article.cited,
        )
        for place, site in parts
        for counted in counts(db, year, site_id=site)
        for figure in counted.figures
    ]  # fmt: skip
    heads = (_("Nơi"), _("Bảng"), _("Nội dung"), _("Số lượng"), "m²", _("Gồm"), _("Ghi chú"), _("Nguồn"))
    out = SheetOut(_("Số liệu"), heads, rows, widths=[24, 34, 38, 12, 12, 60, 40, 60])
    return [out, _standards(db, year)]


def _standards(db: Database, year: int) -> SheetOut:
    rows = [
        (
            _(LEVEL_NAMES[judgement.level]),
            judgement.title,
            judgement.needed,
            judgement.present,
            judgement.words,
            judgement.article.cited,
        )
        for judgement in check_standards(db, year)
    ]
    heads = (_("Cấp học"), _("Định mức"), _("Cần"), _("Đang có"), _("Kết luận"), _("Nguồn"))
    return SheetOut(_("Định mức"), heads, rows, widths=[14, 36, 40, 16, 60, 70])
