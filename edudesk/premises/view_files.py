"""Saving a paper or a spreadsheet of the rooms: where to, in the background, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
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


def print_plans(desk: Desk) -> None:
    """The plans of every building as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.paper.document import write_pdf
        from edudesk.premises.report_plan import plan_paper

        write_pdf(path, plan_paper(db, desk.year))

    save_file(desk, _("In sơ đồ phòng"), f"{_('Sơ đồ phòng')}.pdf", write)


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
        from edudesk.labs.report_norms import counts_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, counts_paper(db, desk.year))

    save_file(desk, _("In số liệu cơ sở vật chất"), f"{_('Số liệu cơ sở vật chất')}.pdf", write)


def print_standards(desk: Desk) -> None:
    """The standards alone as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.report_norms import standards_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, standards_paper(db, desk.year))

    save_file(desk, _("In đối chiếu định mức"), f"{_('Đối chiếu định mức')}.pdf", write)


def export_counts(desk: Desk) -> None:
    """Counts of the school and each site, and the standards, as a spreadsheet."""

    def write(db: Database, path: Path) -> None:
        from edudesk.labs.sheets_norms import counts_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, counts_sheets(db, desk.year))

    save_file(desk, _("Xuất số liệu ra Excel"), f"{_('Số liệu cơ sở vật chất')}.xlsx", write)


def save_file(desk: Desk, title: str, name: str, write: Callable[[Database, Path], object]) -> None:
    """Ask where to, write in the background, and say what was made."""
    kinds = "PDF (*.pdf)" if name.endswith(".pdf") else "Excel (*.xlsx)"
    chosen = desk.save_file(title, name, kinds)
    if chosen is None:
        return
    path, db = chosen if chosen.suffix else chosen.with_suffix(Path(name).suffix), desk.db

    def job(progress: Progress) -> Path:
        progress.step(0, 1, path.name)
        with db.sibling() as twin:
            write(twin, path)
        return path

    desk.work.run(title, job, lambda made: desk.toast(_("Đã ghi tệp {name}").format(name=made.name)))
