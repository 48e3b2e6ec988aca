"""The handbook on screen: chapters at the left, the open one at the right, a search over all of them, and print."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from edudesk.handbook.chapters import Chapter, chapter_at, chapter_named, chapters
from edudesk.handbook.rules_search import found_in
from edudesk.handbook.view_document import Ink, fill
from edudesk.handbook.view_print import save_handbook
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, stack
from edudesk.ui.theme import BODY, font, token

SIZE = QSize(1180, 700)
LIST, ROW_GAP = 262, 3  # pixels of the list of chapters, around each of them
MARGIN = 24
FRAME = QSize(16, 48)  # what the title bar takes from a screen


def show_handbook(desk: Desk, parent: QWidget, page: str = "") -> Handbook:
    """Open the handbook at the chapter of a page of the program; it stays open beside the work."""
    window = next(
        (handbook for handbook in parent.findChildren(Handbook) if handbook.isVisible()), None
    ) or Handbook(desk, parent)
    window.open_chapter(chapter_at(page))
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class Handbook(QDialog):
    """Every chapter; `text` shows the open one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Sổ tay hướng dẫn"))
        screen = self.screen().availableSize()
        self.resize(SIZE.boundedTo(screen - FRAME))
        self._desk = desk
        self.chapter = chapters()[0]
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Tìm trong sổ tay (Ctrl+F)"))
        self.field.setAccessibleName(_("Tìm trong sổ tay"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Các chương"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Nội dung chương"))
        self.text.setOpenLinks(False)
        self._fresh = QTimer(self, singleShot=True, interval=120)
        self._build()
        self._connect()
        self._offer()

    def open_chapter(self, chapter: Chapter) -> None:
        """Show a chapter from its beginning."""
        self.chapter = chapter
        self._set()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.verticalScrollBar().setValue(0)
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == chapter.slug:
                self.list.setCurrentRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fresh.start()

    def _build(self) -> None:
        self.list.setFont(font(BODY))
        self.list.setSpacing(ROW_GAP)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setFont(font(BODY))
        self.text.document().setDocumentMargin(MARGIN)
        side = QWidget()
        side.setFixedWidth(LIST)
        side.setLayout(stack(self.field, self.list, spacing=8, pad=(12, 12, 0, 12)))
        paper = button(
            _("Lưu PDF cả sổ tay…"), icon="printer", on=partial(save_handbook, self._desk, quick=False)
        )
        quick = button(
            _("Tờ bắt đầu nhanh…"), icon="printer", on=partial(save_handbook, self._desk, quick=True)
        )
        foot = bar(quick, paper, None, button(_("Đóng"), on=self.close), pad=(12, 0, 12, 12))
        across = bar(side, spacing=0)
        across.addWidget(self.text, 1)
        column = stack(spacing=8)
        column.addLayout(across, 1)
        column.addLayout(foot)
        self.setLayout(column)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._offer)
        self.field.returnPressed.connect(self._go)
        self.list.currentItemChanged.connect(self._chosen)
        self.text.anchorClicked.connect(lambda link: self._follow(link.toString()))
        self._fresh.timeout.connect(self._set)
        find = button(_("Tìm"), on=self.field.setFocus)
        find.setShortcut("Ctrl+F")
        find.setParent(self)
        find.setFixedSize(0, 0)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _offer(self) -> None:
        """The chapters that hold the words that are sought, all while nothing is."""
        sought = self.field.text()
        self.list.blockSignals(True)
        self.list.clear()
        for chapter in chapters():
            hits = found_in(chapter.text, sought)
            if hits:
                message = chapter.title if not sought.strip() else f"{chapter.title}  ({hits})"
                item = QListWidgetItem(message)
                item.setData(Qt.ItemDataRole.UserRole, chapter.slug)
                self.list.addItem(item)
        self.list.blockSignals(False)

    def _go(self) -> None:
        """Enter in the search: the first chapter found, then the next place in it."""
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        if not self.text.find(self.field.text()):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(self.field.text())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        chapter = chapter_named(str(item.data(Qt.ItemDataRole.UserRole))) if item else None
        if chapter is not None and chapter != self.chapter:
            self.open_chapter(chapter)

    def _follow(self, link: str) -> None:
        """A link to another chapter."""
        chapter = chapter_named(link.removesuffix(".md"))
        if chapter is not None:
            self.open_chapter(chapter)

    def _set(self) -> None:
        place = self.text.verticalScrollBar().value()
        wide = self.text.viewport().width() - 2 * MARGIN
        fill(
            self.text.document(),
            self.chapter.text,
            width=wide,
            base=font(BODY),
            ink=Ink(token("line2"), token("sunken")),
            dots=self.devicePixelRatioF(),
        )
        self.text.verticalScrollBar().setValue(place)
