"""What every page works with: the database, the season, and ways to tell and ask people things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Cancelled, Failure, Problem, Refused
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.files.output import output_path
from edudesk.ui.pending import PendingTexts
from edudesk.ui.work import Work

MOST_SAID = 8  # lines in a question
OnProblems = Callable[[Sequence[Problem]], object]


class Desk(QObject):
    """One per window. `pending` is what was typed on this PC and not accepted. `announced(Step)` after every write here, `announced(None)` when anything may have changed.

    `returned(Step)` comes after it when the write was an undo or a redo.
    """

    season_changed = Signal()
    announced = Signal(object)
    returned = Signal(object)
    toasted = Signal(str, bool)
    noted = Signal(str)
    went = Signal(object)
    backed_up = Signal(str, str)  # how old the newest backup is, and the role of these words
    undressed = Signal()  # the whole window is about to get another look
    begin_again = Signal()  # the window wants to be made anew: another language, other rows

    def __init__(
        self,
        db: Database,
        *,
        year: int,
        term: int = 1,
        name_row: Callable[[str, str], str] = lambda _table, _row: "",
        parent: QObject | None = None,
    ) -> None:
        """`name_row(table, row)` is what people call a row, for lists of what stands against an undo."""
        super().__init__(parent)
        self.name_row = name_row
        self.db = db
        self.year = year
        self.term = term
        self.pending = PendingTexts(db, self)
        self.work = Work(self)
        self.quiet = Work(self)  # what nobody waits for: no strip shows it
        self.safely: Callable[[str, Callable[[], object]], object] = lambda _why, action: action()
        """Does a dangerous action (why: "close", "import") when what must come first, a backup, is done."""
        self._unwatch = db.watch(self.announced.emit)

    def do(
        self,
        fn: Callable[..., Any],
        *args: Any,
        toast: str = "",
        on_problems: OnProblems | None = None,
        **kw: Any,
    ) -> Any:
        """Run a store function with the database before its arguments; answers what it answers.

        None when it was refused: then `on_problems(problems)` is called, or an alert is shown. `toast` is said with Hoàn tác.
        """
        try:
            done = fn(self.db, *args, **kw)
        except Cancelled:
            return None
        except Failure as no:
            (on_problems or self.alert)(no.problems)
            return None
        if toast:
            self.toast(toast, undo=isinstance(done, Step) and bool(done.changes))
        return done

    def set_season(self, *, year: int | None = None, term: int | None = None) -> None:
        """Choose the school year or the term (0 for the whole year) for every page."""
        wanted = (self.year if year is None else year, self.term if term is None else term)
        if wanted != (self.year, self.term):
            self.year, self.term = wanted
            self.season_changed.emit()

    def reread(self) -> None:
        """Let every page read anew: after work in another thread has written."""
        self.announced.emit(None)

    def toast(self, text: str, undo: bool = False) -> None:
        """Say what was done, for a few seconds."""
        self.toasted.emit(text, undo)

    def note(self, text: str) -> None:
        """Put a short text at the right of the status line."""
        self.noted.emit(text)

    def go(self, place: Place) -> None:
        """Open a page at a place."""
        self.went.emit(place)

    def undo(self) -> None:
        """Take back the last action, and say which; where something stands against it, offer the rest."""
        try:
            step = self.db.undo()
        except Refused as no:
            self._undo_rest(no.problems)
            return
        except Failure as no:
            self.alert(no.problems)
            return
        self._returned(step, _("Không còn gì để hoàn tác."))

    def _undo_rest(self, problems: Sequence[Problem]) -> None:
        """Say what has changed since, row by row, and take back all else if that is wanted."""
        lines = list(dict.fromkeys(self._against(problem) for problem in problems))
        more = [_("… và {n} chỗ nữa").format(n=len(lines) - MOST_SAID)] if len(lines) > MOST_SAID else []
        question = _("Chưa hoàn tác được hết: {label}").format(label=self.db.undo_label)
        detail = "\n".join([*lines[:MOST_SAID], *more])
        if self.ask(question, yes=_("Hoàn tác phần còn lại"), detail=detail):
            self._step(lambda: self.db.undo(rest=True), _("Không còn gì để hoàn tác."))

    def _against(self, problem: Problem) -> str:
        place = self.name_row(problem.table, problem.row) or problem.place
        return f"{place}: {problem.message}" if place else problem.message

    def redo(self) -> None:
        """Do again what was taken back, and say which."""
        self._step(self.db.redo, _("Không còn gì để làm lại."))

    def _step(self, action: Callable[[], Step | None], idle_words: str) -> None:
        try:
            step = action()
        except Failure as no:
            self.alert(no.problems)
            return
        self._returned(step, idle_words)

    def _returned(self, step: Step | None, idle_words: str) -> None:
        """Say what was taken back or done again, and where when that is one place."""
        if step is None:
            self.toast(idle_words)
            return
        places = {(change.table, change.row) for change in step.changes}
        place = self.name_row(*places.pop()) if len(places) == 1 else ""
        self.toast(f"{step.label} · {place}" if place else step.label)
        self.returned.emit(step)

    def ask(
        self, question: str, *, yes: str = "", no: str = "", detail: str = "", danger: bool = False
    ) -> bool:
        """Ask before something that a person must decide; `yes` is the verb on the button, `no` that beside it."""
        box = QMessageBox(_window())
        box.setWindowTitle("EduDesk")
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
        box.setText(question)
        box.setInformativeText(detail)
        agree = box.addButton(yes or _("Đồng ý"), QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no or _("Thôi"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse if danger else agree)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is agree

    def alert(self, problems: Sequence[Problem]) -> None:
        """Show problems that have no place of their own on the screen."""
        box = QMessageBox(_window())
        box.setWindowTitle("EduDesk")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(problems[0].sentence)
        rest = problems[1:9]
        box.setInformativeText("\n".join(problem.sentence for problem in rest))
        box.addButton(_("Đã hiểu"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def choose_file(self, title: str, kinds: str) -> Path | None:
        """Let a file be chosen; `kinds` like "Excel (*.xlsx)". None when nothing was chosen."""
        name, _kind = QFileDialog.getOpenFileName(_window(), title, self._folder(), kinds)
        return self._remembered(name)

    def save_file(self, title: str, name: str, kinds: str) -> Path | None:
        """Let a place to save be chosen, proposing `name`. None when nothing was chosen."""
        proposal = str(Path(self._folder(), name))
        chosen, _kind = QFileDialog.getSaveFileName(_window(), title, proposal, kinds)
        path = self._remembered(chosen)
        try:
            return path and output_path(path, self.db.folder)
        except Failure as no:
            self.alert(no.problems)
            return None

    def close(self) -> None:
        """Stop hearing of the database and wait for work that runs."""
        self._unwatch()
        self.quiet.close()
        self.work.close()

    def _folder(self) -> str:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        for stored in (str(self.db.local("folder", "")), documents):
            if stored and Path(stored).is_dir():
                return stored
        return str(Path.home())

    def _remembered(self, name: str) -> Path | None:
        if not name:
            return None
        self.db.set_local("folder", str(Path(name).parent))
        return Path(name)


def _window() -> QWidget | None:
    return QApplication.activeWindow()
