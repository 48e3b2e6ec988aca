"""A tour: every page as a picture and every print as a PDF, with or without a display."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from edudesk.app import make_shell
from edudesk.demo.build import make_demo
from edudesk.first_run import first_window
from edudesk.gradebook.places import GradebookPlace, ResultsPlace
from edudesk.kernel import clock
from edudesk.kernel.calendar import school_year_of
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.paper.document import Paper, write_pdf
from edudesk.school.store import classes, current_year
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.slices import PAGES, new_school, open_school
from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database
from edudesk.storage.files.whole import whole_file
from edudesk.storage.settings import local_untouched
from edudesk.students.places import StudentsPlace
from edudesk.students.store import pupils
from edudesk.ui.application import application
from edudesk.ui.shell import Shell

YEARLY = ("gradebook", "homeroom", "results")  # pages that show the whole year another way
WHY: Mapping[str, tuple[str, Place]] = {  # pictures of F2: the page, and where on it
    "why-average": ("gradebook", GradebookPlace(slot="average")),
    "why-level": ("results", ResultsPlace()),
}
WHOLE = ("01-home.png", "find.png")  # shown with all of the window around it, where the rest is pages alone
ALONE = "pages_alone"  # what a shell is marked with whose pictures are of its page
Papers = Callable[[Database, int], Mapping[str, Paper]]


def take_tour(
    out: Path, folder: Path | None = None, *, papers: Papers, level: str = "thcs", size: QSize | None = None
) -> list[Path]:
    """Walk through the school in the folder, or through a demo school; answers the files made, in order.

    `papers(db, year)` are the prints to make, by name; `level` is that of the demo school. With a `size` the window
    is made that large and most pictures are of the page alone, without what is around it.
    Raises Refused NO_YEAR for a school without a year, Unavailable when `out` cannot be written.
    """
    application()
    with translating_errors(out):
        out.mkdir(parents=True, exist_ok=True)
    with _school(folder, level) as db:
        year = current_year(db)
        if year is None:
            message = _("Trường chưa có năm học nào để xem.")
            raise Refused(Problem("NO_YEAR", message, next=_("Tạo năm học, hoặc chạy tour trên trường mẫu.")))
        with local_untouched(db):
            pictures = list(_pictures(db, out, size))
        return [*pictures, *_papers(papers(db, year), out)]


@contextmanager
def _school(folder: Path | None, level: str) -> Iterator[Database]:
    if folder is not None:
        with open_school(folder) as db:
            yield db
        return
    scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with scratch as place, new_school(Path(place, "school")) as db:
        make_demo(db, level=level, year=school_year_of(clock.today()))
        yield db


def _pictures(db: Database, out: Path, size: QSize | None) -> Iterator[Path]:
    """The first window, every page with its sights in term I, an import seen before it is done, the whole year."""
    first = first_window()
    first.show()
    yield _picture(first, out / "00-first-run.png")
    first.close()
    shell = make_shell(db)
    if size is not None:
        shell.resize(size)
        shell.setProperty(ALONE, True)
    shell.show()
    shell.desk.set_season(term=1)
    for spec in PAGES:
        for number, place in enumerate(shell.show_page(spec.key).sights()):
            tail = f"-{number + 1}" if number else ""
            yield _sight(shell, out / f"{_place(spec.key)}{tail}.png", spec.key, place)
    first_pupil = pupils(db, shell.desk.year)[0]
    record = out / f"{_place('students')}-record.png"
    place = StudentsPlace(pupil=first_pupil.id, class_id=first_pupil.class_id)
    yield _sight(shell, record, "students", place)
    yield _finding(shell, out / "find.png")
    yield _import_preview(shell, out)
    for name, (key, place) in WHY.items():
        yield _why(shell, out / f"{name}.png", key, place)
    shell.desk.set_season(term=0)
    for key in YEARLY:
        yield _sight(shell, out / f"{key}-year.png", key)
    shell.hide()  # nobody is there to be asked what waits
    shell.close()
    shell.deleteLater()


def _place(key: str) -> str:
    """A page's number in the rail and its key: "02-students"."""
    return f"{[spec.key for spec in PAGES].index(key) + 1:02d}-{key}"


def _sight(shell: Shell, path: Path, key: str, place: Place | None = None) -> Path:
    shell.show_page(key, place).settle()
    while shell.desk.work.busy or shell.desk.quiet.busy:
        QApplication.processEvents()
    return _picture(shell, path)


def _import_preview(shell: Shell, out: Path) -> Path:
    """A list with something new, something wrong and something to look at again."""
    heads = ("STT", _("Họ và tên"), _("Ngày sinh"), _("Giới tính"), _("Lớp"), _("Số định danh"))
    name = classes(shell.desk.db, shell.desk.year)[0].name
    rows = [
        (1, "Lò Thị Duyên", "31/02/2014", _("Nữ"), name, "011314003317"),
        (2, "Vàng Thị Dở", "06/01/2014", _("Nam"), name, "011314005508"),
        (3, "Nguyễn Tuấn Kiệt", "09/08/2014", _("Nam"), "6A9", "011214008842"),
        (4, "Trần Bảo Ngân", "17/09/2014", _("Nữ"), name, "011314011522"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, _("danh sách học sinh mới") + ".xlsx")
        write_sheet(path, [SheetOut(_("Học sinh"), heads, rows, text_columns=frozenset({5}))])
        return _sight(shell, out / f"{_place('students')}-import.png", "students", StudentsPlace(file=path))


def _finding(shell: Shell, path: Path) -> Path:
    """Ctrl+K over the page that is open."""
    shell.finding.open()
    made = _picture(shell, path)
    if shell.finding.palette is not None:
        shell.finding.palette.dismiss()
    return made


def _why(shell: Shell, path: Path, key: str, place: Place) -> Path:
    """F2 at a place of a page."""
    _sight(shell, path, key, place)
    work: QWidget = shell.show_page(key)
    while (inner := work.focusProxy()) is not None:
        work = inner
    _press(work, Qt.Key.Key_F2)
    made = _picture(shell, path)
    _press(work, Qt.Key.Key_Escape)
    return made


def _press(work: QWidget, key: Qt.Key) -> None:
    QApplication.sendEvent(work, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def _picture(window: QWidget, path: Path) -> Path:
    """All of a window, or the page in it alone."""
    for _round in range(3):
        QApplication.processEvents()
    area = window.rect()
    if isinstance(window, Shell) and window.property(ALONE) and path.name not in WHOLE:
        area = QRect(window.stack.mapTo(window, window.stack.rect().topLeft()), window.stack.size())
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab(area).save(drawn, "PNG")
    with whole_file(path) as part:
        part.write_bytes(drawn.data().data())
    return path


def _papers(papers: Mapping[str, Paper], out: Path) -> Iterator[Path]:
    for name, paper in papers.items():
        path = out / f"{name}.pdf"
        write_pdf(path, paper)
        yield path
