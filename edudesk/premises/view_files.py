"""Saving a paper or a spreadsheet of the rooms: where to, in the background, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk


def print_plans(desk: Desk) -> None:
    """The plans of every building as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.paper.document import write_pdf
        from edudesk.premises.report_plan import plan_paper

        write_pdf(path, plan_paper(db, desk.year))

    save_file(desk, _("In sơ đồ phòng"), f"{_('Sơ đồ phòng')}.pdf", write)


def save_file(desk: Desk, title: str, name: str, write: Callable[[Database, Path], object]) -> None:
    """Ask where to, write in the background, and say what was made."""
    kinds = "PDF (*.pdf)" if name.endswith(".pdf") else "Excel (*.xlsx)"
    chosen = desk.save_file(title, name, kinds)
    if chosen is None:
        return
    path, db = chosen if chosen.suffix else chosen.with_suffix(Path(name).suffix), desk.db

    def job(progress: Progress) -> Path:
        progress.step(0, 1, path.name)
        with db.clone() as twin:
            write(twin, path)
        return path

    desk.work.run(title, job, lambda made: desk.toast(_("Đã ghi tệp {name}").format(name=made.name)))
