"""A tour: every page as a picture and every print as a PDF, with or without a display."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from edudesk.app import application, make_shell
from edudesk.demo.build import make_demo
from edudesk.kernel.calendar import school_year_of
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.pages import PAGES
from edudesk.paper.document import Paper, write_pdf
from edudesk.school.store import current_year
from edudesk.slices import open_school
from edudesk.storage.connection import in_words
from edudesk.storage.database import Database
from edudesk.ui.shell import Shell

Papers = Callable[[Database, int], Mapping[str, Paper]]


def take_tour(out: Path, folder: Path | None = None, *, papers: Papers) -> list[Path]:
    """Walk through the school in the folder, or through a demo school; answers the files made, in order.

    `papers(db, year)` are the prints to make, by name.
    Raises Refused NO_YEAR for a school without a year, Unavailable when `out` cannot be written.
    """
    application()
    with in_words(out):
        out.mkdir(parents=True, exist_ok=True)
    with _school(folder) as db:
        year = current_year(db)
        if year is None:
            message = _("Trường chưa có năm học nào để xem.")
            raise Refused(Problem("NO_YEAR", message, next=_("Tạo năm học, hoặc chạy tour trên trường mẫu.")))
        pictures = list(_pictures(db, out))
        return [*pictures, *_papers(papers(db, year), out)]


@contextmanager
def _school(folder: Path | None) -> Iterator[Database]:
    if folder is not None:
        with open_school(folder) as db:
            yield db
        return
    scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with scratch as place, open_school(Path(place, "school"), create=True) as db:
        make_demo(db, year=school_year_of(dt.date.today()))
        yield db


def _pictures(db: Database, out: Path) -> Iterator[Path]:
    shell = make_shell(db)
    shell.show()
    for place, spec in enumerate(PAGES, 1):
        page = shell.show_page(spec.key)
        page.settle()
        yield _picture(shell, out / f"{place:02d}-{spec.key}.png")
    shell.close()
    shell.deleteLater()


def _picture(shell: Shell, path: Path) -> Path:
    for _round in range(3):
        QApplication.processEvents()
    shell.grab().save(str(path))
    return path


def _papers(papers: Mapping[str, Paper], out: Path) -> Iterator[Path]:
    for name, paper in papers.items():
        path = out / f"{name}.pdf"
        write_pdf(path, paper)
        yield path
