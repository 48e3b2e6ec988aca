"""The main window: rail, season, page, status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Failure
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.storage.pending import PendingCell
from edudesk.storage.slice import PageSpec
from edudesk.ui.alerts import Toast
from edudesk.ui.choices import Chooser, Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.focus import FocusRing
from edudesk.ui.page import Page
from edudesk.ui.parts import ElidedLabel, bar, button, frame, icon_label, label, rule, set_role
from edudesk.ui.pending import PendingCells, count_words
from edudesk.ui.progress import WorkStrip
from edudesk.ui.rail import Rail
from edudesk.ui.search.opening import SearchOpener, SearchSource

SIZE, SMALLEST = QSize(1366, 768), QSize(880, 430)
NARROW_BELOW = 1200
FRAME = QSize(16, 80)  # what the title bar and a task bar take from a screen
_PAGE, _PLACE = "shell.page", "shell.place"


class Shell(QMainWindow):
    """`school()` and `years()` are asked again after every Step, because settings may have changed them.

    `finds(shell)` answers what Ctrl+K finds, `handbook(shell, page)` opens the handbook. `again` when the window was closed to be made anew.
    """

    def __init__(
        self,
        desk: Desk,
        pages: Sequence[PageSpec],
        *,
        school: Callable[[], str] = lambda: "",
        years: Callable[[], Sequence[int]] = lambda: (),
        finds: Callable[[Shell], SearchSource] | None = None,
        handbook: Callable[[Shell, str], object] = lambda _shell, _page: None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self._handbook = handbook
        self.setWindowTitle("EduDesk")
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)
        self._specs = {page.key: page for page in pages}
        self._school, self._years = school, years
        self.finding = SearchOpener(self, desk, partial(finds, self) if finds else None)
        self.again = False
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.current = ""
        self.rail = Rail(pages)
        self.stack = QStackedWidget()
        self._build()
        self.toast = Toast(self.stack)
        self.ring = FocusRing(self)
        self._counting = QTimer(self, singleShot=True, interval=300)
        self._counting.timeout.connect(self._count)
        self._connect()
        self._season_words()

    def go(self, place: Place) -> Page:
        """Open a page at a place; answers the page."""
        return self.show_page(place.page, place)

    def show_page(self, key: str, place: Place | None = None) -> Page:
        """Open a page, made when it is first needed, where it was left or at a place of it; answers it."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._specs[key].make(self.desk)
            self.stack.addWidget(page)
            self._stale.add(key)
        self.rail.mark(key)
        self.stack.setCurrentWidget(page)
        self.toast.raise_()
        moved, self.current = key != self.current, key
        stale = key in self._stale
        self._stale.discard(key)
        if place is not None:
            page.open_at(place)
        elif stale:
            page.refresh(None)
        if moved:
            self.desk.db.set_local(_PAGE, key)
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._note(page.hint())
        return page

    def appear(self) -> None:
        """Show the window where it was last; at first whole, and filling a screen on which it would not fit."""
        stored = str(self.desk.db.local(_PLACE, ""))
        if stored and self.restoreGeometry(QByteArray.fromBase64(stored.encode())):
            self.show()
            return
        room = self.screen().availableSize() - FRAME
        self.resize(SIZE.boundedTo(room))
        if self.size() == SIZE:
            self.show()
        else:
            self.showMaximized()

    def remember_place(self) -> None:
        """Keep where the window stands and how large it is, for the next start on this PC."""
        self.desk.db.set_local(_PLACE, bytes(self.saveGeometry().toBase64().data()).decode())

    def last_page(self) -> str:
        """The place that was open last on this PC, or the first."""
        stored = str(self.desk.db.local(_PAGE, ""))
        return stored if stored in self._specs else next(iter(self._specs))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        self.ring.by_keyboard = True
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        self.rail.fold(narrow)
        self.search.setText("Ctrl+K" if narrow else _("Tìm học sinh, lớp, trang, lệnh · Ctrl+K"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        cells = self.desk.pending.cells
        if cells and self.isVisible() and not self._ask_pending(cells, yes=_("Đóng, giữ lại")):
            event.ignore()
            self.again = False
            return
        self.desk.close()
        super().closeEvent(event)

    def _build(self) -> None:
        root = QWidget()
        row = QHBoxLayout(root)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        for box in (self._top(), self.stack, WorkStrip(self.desk.work), self._status()):
            column.addWidget(box, 1 if box is self.stack else 0)
        row.addLayout(column, 1)
        self.setCentralWidget(root)

    def _top(self) -> QFrame:
        top = frame("top", height=48)
        self._name = label("", bold=True)
        self._year = Chooser(name=_("Năm học"), width=176)
        self._term = Segmented([(1, _("HK I")), (2, _("HK II")), (0, _("Cả năm"))], name=_("Học kì"))
        line = rule(upright=True)
        line.setFixedHeight(20)
        self.search = button("Ctrl+K", kind="search", icon="search", on=self.finding.open)
        self.search.setAccessibleName(_("Tìm học sinh, lớp, trang, lệnh"))
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(300)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if self.finding.finds is None:
            self.search.hide()
        row = bar(self._name, 6, line, 6, self._year, self._term, 12, pad=(16, 0, 16, 0))
        row.addWidget(self.search, 1)
        row.addStretch(1)
        top.setLayout(row)
        return top

    def _status(self) -> QFrame:
        line = frame("status", height=24)
        self._tick = icon_label("check", 14, "ok")
        self._saved = label(_("Mọi thay đổi đã lưu trên máy này"), role="ok")
        self._right = ElidedLabel()
        self._backup = label("", role="text2")
        self._pending = button("", kind="low", icon="refused", tip=_("Tới ô chưa nhận"), on=self._to_pending)
        row = bar(self._tick, self._saved, 12, self._pending, self._backup, 12, pad=(14, 0, 14, 0))
        row.addWidget(self._right, 1)
        line.setLayout(row)
        return line

    def say_backup(self, text: str, tone: str) -> None:
        """How old the newest backup is; `tone` "wait" when it is too old."""
        self._backup.setText(text)
        set_role(self._backup, "role", "ask" if tone == "wait" else "text2")

    def _say_pending(self) -> None:
        n = len(self.desk.pending.cells)
        self._pending.setText(count_words(n) if n else "")
        self._pending.setVisible(n > 0)

    def _to_pending(self) -> None:
        """Open the page of the first text that waits, at its cell."""
        for cell in self.desk.pending.cells[:1]:
            sheet = cell.sheet
            self.desk.set_season(year=sheet.year, term=sheet.term)
            page = self.show_page(sheet.page)
            page.open_at(page.pending_place(cell))
            if not any(grid.shows(cell) for grid in page.findChildren(PendingCells)):
                self._drop_lost(cell)

    def _drop_lost(self, cell: PendingCell) -> None:
        """What waits in a cell that is no more is shown once, and dropped when nobody wants it."""
        question = _("Ô này không còn trong sổ: {place}.").format(place=cell.sheet.words)
        if self.desk.ask(question, yes=_("Bỏ “{text}”").format(text=cell.text[:24])):
            self.desk.pending.drop(cell.sheet, cell.row, cell.column)

    def _leave_for(self, key: str) -> None:
        """Go to another page by the rail; asks about what was typed on this one and not accepted."""
        texts = self.desk.pending
        cells = texts.on(self.current)
        if key != self.current and self.current in texts.unasked and cells:
            texts.unasked.discard(self.current)
            if not self._ask_pending(cells, yes=_("Để đó, sang trang khác")):
                self.rail.mark(self.current)
                return
        self.show_page(key)

    def _ask_pending(self, cells: Sequence[PendingCell], *, yes: str) -> bool:
        """Say what waits and where; False, and its first cell is shown, when a person wants to look."""
        question = _("Còn {n} ô chưa nhận, chưa được ghi vào sổ.").format(n=len(cells))
        detail = _("Chữ đã gõ được giữ trên máy này, mở lại vẫn còn.")
        if self.desk.ask(
            question, yes=yes, no=_("Xem lại"), detail=f"{self.desk.pending.lines(cells)}\n{detail}"
        ):
            return True
        self._to_pending()
        return False

    def _connect(self) -> None:
        desk = self.desk
        self.rail.chosen.connect(self._leave_for)
        desk.pending.changed.connect(self._say_pending)
        self._say_pending()
        self._year.chosen.connect(lambda year: self._choose_season(year=year))
        self._term.chosen.connect(lambda term: self._choose_season(term=term))
        desk.announced.connect(self._heard)
        desk.season_changed.connect(self._season)
        desk.toasted.connect(lambda text, undo: self.toast.say(text, undo=undo))
        desk.noted.connect(self._note)
        desk.went.connect(self.go)
        desk.work.broke.connect(self._broke)
        desk.begin_again.connect(self._begin_again)
        desk.undressed.connect(self._drop_hidden)
        self.toast.undo.connect(desk.undo)
        self._key(QKeySequence.StandardKey.Undo, self._undo)
        self._key(QKeySequence("Ctrl+Y"), self._redo)
        self._key(QKeySequence("Ctrl+Shift+Z"), self._redo)
        self._key(QKeySequence("F1"), self.help)
        self._key(QKeySequence("Shift+F1"), self.read_handbook)
        self._key(QKeySequence("Ctrl+K"), self.finding.open)

    def _key(self, keys: QKeySequence | QKeySequence.StandardKey, run: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: run())
        self.addAction(action)

    def _undo(self) -> None:
        field = self.focusWidget()
        if isinstance(field, QLineEdit) and field.isUndoAvailable():
            field.undo()
        else:
            self.desk.undo()

    def _redo(self) -> None:
        field = self.focusWidget()
        if isinstance(field, QLineEdit) and field.isRedoAvailable():
            field.redo()
        else:
            self.desk.redo()

    def help(self) -> None:
        """F1: what the open page is for, and its keys."""
        from edudesk.ui.keyhelp import show_help

        page = self._pages.get(self.current)
        if page is not None:
            spec = self._specs[self.current]
            words = page.help_words() or tuple(_(sentence) for sentence in spec.help)
            show_help(self, _(spec.title), words, page.help_keys(), book=self.read_handbook)

    def read_handbook(self) -> None:
        """Shift+F1: the handbook at the chapter of the open page."""
        self._handbook(self, self.current)

    def _drop_hidden(self) -> None:
        """Before another look: pages nobody sees are made anew when next opened, sooner than all are dressed at once.

        A page with something typed in a field stays, and so do all while work runs that will tell its page.
        """
        if self.desk.work.busy or self.desk.quiet.busy:
            return
        for key, page in list(self._pages.items()):
            if key != self.current and not _is_typed_on(page):
                del self._pages[key]
                self._stale.discard(key)
                self.stack.removeWidget(page)
                page.deleteLater()
                QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
        self.finding.forget()

    def _begin_again(self) -> None:
        """Close the window so that it is made anew, in another language or with other rows."""
        self.again = True
        self.close()

    def _heard(self, step: Step | None) -> None:
        """Let the open page read again now, the others when they are next opened."""
        if step is not None and step.touches("school_year"):
            self._leave_lost_year()
        self._stale = set(self._pages) - {self.current}
        self.finding.forget()
        page = self._pages.get(self.current)
        if page is not None:
            page.refresh(step)
        if step is None or step.touches("setting", "school_year", "term"):
            self._season_words()
        if step is not None:
            self._saved.setText(
                _("Đã lưu trên máy này lúc {time}").format(time=datetime.now().strftime("%H:%M"))
            )
        self._counting.start()

    def _choose_season(self, *, year: int | None = None, term: int | None = None) -> None:
        """Another year or term for every page; the keyboard goes back to the work."""
        self.desk.set_season(year=year, term=term)
        page = self._pages.get(self.current)
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_lost_year(self) -> None:
        """When the year that is open was taken back, open the latest there is."""
        years = self._years()
        if years and self.desk.year not in years:
            self.desk.set_season(year=max(years))

    def _season(self) -> None:
        self._season_words()
        self._heard(None)
        page = self._pages.get(self.current)
        self._note(page.hint() if page else "")

    def _season_words(self) -> None:
        self._name.setText(self._school())
        years = sorted({*self._years(), self.desk.year} - {0}, reverse=True)
        self._year.offer(
            [(year, _("Năm học {name}").format(name=year_name(year))) for year in years], self.desk.year
        )
        self._term.choose(self.desk.term)
        self._counting.start()

    def _count(self) -> None:
        for key, spec in self._specs.items():
            if spec.count is not None:
                self.rail.items[key].set_count(spec.count(self.desk))

    def _note(self, text: str) -> None:
        self._right.setText(text)

    def _broke(self, failure: Failure) -> None:
        self.desk.alert(failure.problems)


def _is_typed_on(page: QWidget) -> bool:
    """Whether something was typed in a field of the page that may be kept nowhere yet."""
    lines = any(field.isModified() and field.text() for field in page.findChildren(QLineEdit))
    return lines or any(text.document().isModified() for text in page.findChildren(QPlainTextEdit))
