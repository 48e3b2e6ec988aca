"""The window: one per school folder, its pages, and what happens when something breaks."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import nullcontext
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

# Before Qt: its import hook reads the source of every module that comes after it.
from edudesk.slices import PAGES, TABLES, open_school, row_name

# isort: split
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from edudesk.kernel.errors import Unavailable
from edudesk.kernel.log import crashes_watched
from edudesk.kernel.milestones import resident_megabytes, since_start
from edudesk.kernel.paths import have_temp_folder, resource
from edudesk.kernel.preferences import read_preferences
from edudesk.kernel.words import use_language
from edudesk.school.store import BEGIN_ANEW, current_year, letterhead, sample_name, years
from edudesk.storage.database import Database
from edudesk.storage.instance import FolderLock
from edudesk.storage.places import has_school, set_aside
from edudesk.ui.application import application, dress
from edudesk.ui.bugs import say_bug
from edudesk.ui.desk import Desk
from edudesk.ui.search.opening import SearchSource
from edudesk.ui.shell import Shell

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


SETTLED = 300  # ms after the window is shown: what need not be there for the first look is done then


def make_shell(db: Database) -> Shell:
    """The main window on a school, at its open year."""
    named = partial(row_name, db)
    desk = Desk(db, year=current_year(db) or 0, term=db.local("term", 1), name_row=named)
    desk.season_changed.connect(lambda: db.set_local("term", desk.term))
    return Shell(
        desk,
        PAGES,
        school=lambda: letterhead(db).school,
        years=lambda: [year.year for year in years(db)],
        finds=_finds,
        handbook=_read_handbook,
    )


def _finds(shell: Shell) -> SearchSource:
    from edudesk.finds import EverythingFound

    return EverythingFound(shell)


def _read_handbook(shell: Shell, page: str) -> None:
    from edudesk.handbook.view import show_handbook

    show_handbook(shell.desk, shell, page)


def run_window(folder: Path, *, measure: bool = False) -> int:
    """Open the window on a school folder and stay until it is closed; answers the exit code.

    A second start on the same folder raises the first window and ends.
    """
    marks = {"import": since_start()}
    application(read_preferences())
    sys.excepthook = say_bug
    with nullcontext() if measure else crashes_watched():
        return _run(folder, marks=marks, measure=measure)


def _run(folder: Path, *, marks: dict[str, float], measure: bool) -> int:
    if not has_school(folder) and (measure or not _first_run(folder)):
        return 0 if not measure else _no_school(folder)
    try:
        lock = FolderLock(folder)
    except Unavailable:
        if _raise_first_window(folder):
            return 0
        raise
    with lock:
        unclean = lock.unclean
        while db := _open(folder, unclean=unclean):
            code = _show(db, folder, marks=marks, measure=measure, check=not unclean)
            if code == BEGIN_ANEW:
                break
            if not code or not _is_recovery(code):
                return code
            unclean = True  # damage was found while the window was open: look, rebuild, open anew
        else:
            return 0
    set_aside(folder, sample_name())
    return _run(folder, marks=marks, measure=measure)


def _first_run(folder: Path) -> bool:
    from edudesk.first_run import first_run

    return first_run(folder)


def _open(folder: Path, *, unclean: bool) -> Database | None:
    """The school; after an unclean end, or when it does not open, looked at and rebuilt first. None: not now."""
    if unclean and not _sound(folder):
        return None
    try:
        return open_school(folder)
    except Unavailable as no:
        from edudesk.school.view_recovery import run_recovery
        from edudesk.storage.recovery.recover import DAMAGE

        if no.code not in DAMAGE:
            raise
        return open_school(folder) if run_recovery(folder, TABLES, no.problems[0]) else None


def _sound(folder: Path) -> bool:
    """Whether the data is whole, or was rebuilt."""
    from edudesk.school.view_recovery import run_recovery
    from edudesk.storage.recovery.recover import damage

    problem = damage(folder)
    return problem is None or run_recovery(folder, TABLES, problem)


def _is_recovery(code: int) -> bool:
    from edudesk.school.view_recovery import RECOVER

    return code == RECOVER


def _show(db: Database, folder: Path, *, marks: dict[str, float], measure: bool, check: bool) -> int:
    """The window until it is closed, made anew when it wants to be; answers the exit code."""
    with db:
        code, again = 0, True
        while again:
            shell = make_shell(db)
            marks["window"] = since_start()
            shell.show_page(shell.last_page())
            marks["data"] = since_start()
            if measure:
                _Measure(shell, marks)
            shell.appear()
            QTimer.singleShot(SETTLED, shell, partial(_settle, folder, shell))  # not when it is gone by then
            if not measure:
                QTimer.singleShot(SETTLED, shell, partial(_keep, shell, check=check))
            code = QApplication.exec()
            shell.remember_place()
            shell.hide()
            shell.desk.close()
            again, check = shell.again, False
            if again:
                _choose_again(shell)
        return code


def spare_the_start() -> None:
    """What a start made stays: to look through it for rubbish would stop the typing for two frames, again and again."""
    gc.freeze()
    gc.enable()


def _settle(folder: Path, shell: Shell) -> None:
    """What need not be there for the first look; permits end by their day, whether or not it is written down yet."""
    from edudesk.gradebook.register.locks import close_expired
    from edudesk.storage.notices import notices

    spare_the_start()
    if shell.isHidden():
        return  # closed at once, and the school with it
    shell.desk.do(close_expired)
    shell.setWindowIcon(QIcon(str(resource("program", "icon.svg"))))
    have_temp_folder()
    _listen(folder, shell)
    shell.finding.make()
    if message := " ".join(notices(folder)):
        shell.desk.toast(message)
        shell.desk.note(message)


def _keep(shell: Shell, *, check: bool) -> None:
    """The day's backup, its age on the status line, and one look at the whole file."""
    from edudesk.school.view_backup import BackupKeeper
    from edudesk.school.view_recovery import check_later

    keeper = BackupKeeper(shell.desk, shell)
    shell.desk.backed_up.connect(shell.say_backup)
    shell.desk.safely = keeper.run
    keeper.start()
    if check:
        check_later(shell.desk)


def _choose_again(shell: Shell) -> None:
    """Before the window is made anew: what was chosen in it takes effect."""
    shell.deleteLater()
    chosen = read_preferences()
    use_language(chosen.language)
    dress(application(), chosen)


def _no_school(folder: Path) -> int:
    open_school(folder)  # refuses, in words
    return 0


class _Measure(QObject):
    """Waits for the first full paint of the open page, prints the milestones, and quits."""

    def __init__(self, shell: Shell, marks: dict[str, float]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._marks = marks
        self._seen = False
        shell.show_page(shell.current).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self._marks["painted"] = since_start()
        milestones = {name: round(ms, 1) for name, ms in self._marks.items()}
        measured = {**milestones, "memory_mb": round(resident_megabytes(), 1), "page": self._shell.current}
        sys.stdout.write(json.dumps(measured) + "\n")
        sys.stdout.flush()
        self._shell.hide()  # nobody is there to be asked
        self._shell.close()
        QApplication.quit()


# -- one window to a folder


def _server_name(folder: Path) -> str:
    return f"edudesk-{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


def _listen(folder: Path, shell: Shell) -> QLocalServer:
    from PySide6.QtNetwork import QLocalServer

    name = _server_name(folder)
    QLocalServer.removeServer(
        name
    )  # left over from a killed window; the folder's lock says that none is there
    server = QLocalServer(shell)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.newConnection.connect(lambda: _come_forward(server, shell))
    server.listen(name)
    return server


def _come_forward(server: QLocalServer, shell: Shell) -> None:
    server.nextPendingConnection().close()
    shell.setWindowState(shell.windowState() & ~Qt.WindowState.WindowMinimized)
    shell.show()
    shell.raise_()
    shell.activateWindow()


def _raise_first_window(folder: Path) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_server_name(folder))
    reached = socket.waitForConnected(1000)
    socket.abort()
    return reached
