"""Saving a print or a spreadsheet from a page: where to, in the background, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edudesk.gradebook.entry.page_key import PageKey
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk

Make = Callable[[Database, Path], object]
SavePaper = Callable[[Desk, PageKey, str], object]


def print_class_sheet(desk: Desk, place: PageKey, name: str) -> None:
    """The register's page of a subject as a PDF, where the user says."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.papers.content import class_sheet_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, class_sheet_paper(db, place.class_id, place.code, place.term))

    save_made(desk, _("In bảng điểm"), f"{name}.pdf", write)


def print_results(desk: Desk, place: PageKey, name: str) -> None:
    """The class's results as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.papers.content import results_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, results_paper(db, place.class_id, place.term))

    save_made(desk, _("In bảng tổng hợp"), f"{name}.pdf", write)


def print_report_cards(desk: Desk, place: PageKey, name: str, pupil_id: str | None = None) -> None:
    """A report card for every pupil of the class, or for one, as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.papers.content import report_card_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, report_card_paper(db, place.class_id, place.term, pupil_id=pupil_id))

    save_made(desk, _("In phiếu kết quả"), f"{name}.pdf", write)


def print_explanation(desk: Desk, place: PageKey, name: str, pupil_id: str) -> None:
    """How one pupil's results came about, for the parents, as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.papers.explanation import explanation_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, explanation_paper(db, place.class_id, place.term, pupil_id=pupil_id))

    save_made(desk, _("In giải thích cho phụ huynh"), f"{name}.pdf", write)


def export_marks(desk: Desk, place: PageKey, name: str) -> None:
    """The marks of a subject as a spreadsheet."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.exchange.mark_sheets import marks_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, marks_sheets(db, place.class_id, place.term, code=place.code))

    save_made(desk, _("Xuất điểm ra Excel"), f"{name}.xlsx", write)


def export_results(desk: Desk, place: PageKey, name: str) -> None:
    """The class's results as a spreadsheet."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.exchange.mark_sheets import results_sheet
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, results_sheet(db, place.class_id, place.term))

    save_made(desk, _("Xuất kết quả ra Excel"), f"{name}.xlsx", write)


def print_read_back(desk: Desk, place: PageKey, name: str, *, slot: str) -> None:
    """A column in large type, to be read out, as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.gradebook.papers.readback import read_back_paper
        from edudesk.paper.document import write_pdf

        write_pdf(path, read_back_paper(db, place.class_id, place.code, place.term, slot=slot))

    save_made(desk, _("In để soát"), f"{name}.pdf", write)


def save_made(desk: Desk, title: str, name: str, make: Make) -> None:
    """Ask where to, make the file in the background with a database of its own, and say that it is there."""
    kinds = "PDF (*.pdf)" if name.endswith(".pdf") else "Excel (*.xlsx)"
    chosen = desk.save_file(title, name, kinds)
    if chosen is None:
        return
    path = chosen if chosen.suffix else chosen.with_suffix(Path(name).suffix)
    db = desk.db

    def job(progress: Progress) -> Path:
        progress.step(0, 1, path.name)
        with db.clone() as twin:
            make(twin, path)
        return path

    desk.work.run(title, job, lambda made: desk.toast(_("Đã ghi tệp {name}").format(name=made.name)))
