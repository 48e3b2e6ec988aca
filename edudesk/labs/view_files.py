"""Saving a paper or a spreadsheet of the machines and computer rooms: where to, in the background, what was made."""

from __future__ import annotations

from pathlib import Path

from edudesk.kernel.words import _
from edudesk.premises.view_files import save_file
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk


def print_check(desk: Desk) -> None:
    """The check of the computer rooms as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.report import lab_check_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, lab_check_paper(db, desk.year))

    save_file(desk, _("In kiểm tra phòng máy"), f"{_('Kiểm tra phòng máy')}.pdf", write)


def print_plan(desk: Desk) -> None:
    """What would be repaired and bought, as a PDF; nothing where no machine is missing or no price is known."""
    from edudesk.labs.report import has_purchase_plan

    if not has_purchase_plan(desk.db, desk.year):
        desk.toast(_("Không thiếu máy nào, hoặc trường chưa nhập giá sửa, mua."))
        return

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.report import purchase_plan_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, purchase_plan_paper(db, desk.year))

    save_file(desk, _("In dự kiến mua sắm"), f"{_('Dự kiến mua sắm máy tính')}.pdf", write)


def export_facility(desk: Desk) -> None:
    """Rooms and machines as a spreadsheet."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.sheets import facility_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, facility_sheets(db))

    save_file(desk, _("Xuất phòng và máy ra Excel"), f"{_('Cơ sở vật chất')}.xlsx", write)


def export_machines(desk: Desk) -> None:
    """The machines as a spreadsheet that can be imported again."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.sheets import machine_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, machine_sheets(db))

    save_file(desk, _("Xuất máy ra Excel"), f"{_('Máy tính')}.xlsx", write)


def print_log(desk: Desk) -> None:
    """The log of the computer rooms as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.report_log import log_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, log_paper(db, desk.year))

    save_file(desk, _("In nhật kí phòng máy"), f"{_('Nhật kí phòng máy')}.pdf", write)


def print_counts(desk: Desk) -> None:
    """The counts and standards as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.norms.report import counts_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, counts_paper(db, desk.year))

    save_file(desk, _("In số liệu cơ sở vật chất"), f"{_('Số liệu cơ sở vật chất')}.pdf", write)


def print_standards(desk: Desk) -> None:
    """The standards alone as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.norms.report import standards_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, standards_paper(db, desk.year))

    save_file(desk, _("In đối chiếu định mức"), f"{_('Đối chiếu định mức')}.pdf", write)


def export_counts(desk: Desk) -> None:
    """Counts of the school and each site, and the standards, as a spreadsheet."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.norms.sheets import counts_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, counts_sheets(db, desk.year))

    save_file(desk, _("Xuất số liệu ra Excel"), f"{_('Số liệu cơ sở vật chất')}.xlsx", write)
