"""Saving a paper or a spreadsheet of the self-score: where to, in the background, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edudesk.kernel.calendar import year_name
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk

Make = Callable[[Database, Path, Progress], object]


def print_resources(desk: Desk) -> None:
    """The digital resources and systems as a PDF."""

    def make(db: Database, path: Path, progress: Progress) -> object:
        from edudesk.dx.teaching.report import resources_paper
        from edudesk.paper.document import write_pdf

        return write_pdf(path, resources_paper(db, desk.year), progress)

    save_made(desk, _("In danh mục học liệu"), _("Danh mục học liệu số {year}.pdf"), make)


def export_resources(desk: Desk) -> None:
    """The same as a spreadsheet that can be imported again."""

    def make(db: Database, path: Path, _progress: Progress) -> object:
        from edudesk.dx.sheets import resource_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, resource_sheets(db, desk.year))
        return path

    save_made(desk, _("Xuất học liệu"), _("Học liệu số {year}.xlsx"), make)


def save_made(desk: Desk, title: str, name: str, make: Make) -> None:
    """Ask where to (`name` with {year}), make it in the background, and say what was made."""
    name = name.format(year=year_name(desk.year))
    ending = Path(name).suffix
    path = desk.save_file(title, name, f"{ending[1:].upper()} (*{ending})")
    if path is None:
        return
    db, target = desk.db, path if path.suffix else path.with_suffix(ending)

    def job(progress: Progress) -> Path:
        with db.clone() as twin:
            make(twin, target, progress)
        return target

    done = _("Đã ghi tệp {name}")
    desk.work.run(title, job, lambda made: desk.toast(done.format(name=made.name)))
