"""The handbook as a PDF: a page of contents, then the chapters, each on a new page; or the quick start alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from edudesk.handbook.chapters import QUICK_START, chapters
from edudesk.handbook.view_document import Ink, fill, keep_together
from edudesk.kernel.words import _
from edudesk.storage.files.whole import whole_file
from edudesk.ui.desk import Desk
from edudesk.ui.theme import LIGHT, font

DPI = 96
MARGIN = 18.0  # millimetres around a page
FOOT = 30  # pixels below the text, for the number of the page
SIDE = 10  # pixels on every side of the text that its letters may reach into
POINTS = 10
INK = QColor(LIGHT["text"])
_NUMBERED = re.compile(r"^\d+\. ")
PAPER = Ink(QColor(LIGHT["line2"]), QColor(LIGHT["sunken"]))


def save_handbook(desk: Desk, *, quick: bool) -> None:
    """Ask where to, and write it there."""
    name = _("EduDesk bắt đầu nhanh") if quick else _("Sổ tay EduDesk")
    path = desk.save_file(_("Lưu PDF"), f"{name}.pdf", "PDF (*.pdf)")
    if path is not None:
        desk.do(
            lambda _db: write_handbook(path, quick=quick), toast=_("Đã lưu {name}").format(name=path.name)
        )


def write_handbook(path: Path, *, quick: bool = False) -> int:
    """Write the PDF; answers how many pages it has. Raises Unavailable when the file cannot be written."""
    with whole_file(path) as part:
        book = _Book()
        printed = (
            chapters() if not quick else [chapter for chapter in chapters() if chapter.slug == QUICK_START]
        )
        documents = [book.set(chapter.text) for chapter in printed]
        if not quick:
            book.add(book.set(_contents([document.pageCount() for document in documents])))
        for document in documents:
            book.add(document)
        part.write_bytes(book.close())
    return book.pages


def _contents(lengths: Sequence[int]) -> str:
    """The first page: what there is, chapter by chapter, its tasks and where it begins."""
    lines = [f"# {_('Sổ tay EduDesk')}", "", f"| {_('Chương')} | {_('Trang')} |", "|---|--:|"]
    starts = accumulate(lengths, initial=2)
    for chapter, page in zip(chapters(), starts, strict=False):
        tasks = " · ".join(_NUMBERED.sub("", task) for task in chapter.headings)
        lines += [f"| **{chapter.title}**: {tasks} | {page} |"]
    return "\n".join(lines)


def _writer(into: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(into)
    writer.setTitle(_("Sổ tay EduDesk"))
    writer.setCreator("EduDesk")
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[MARGIN] * 4), QPageLayout.Unit.Millimeter)
    return writer


class _Book:
    """The pages of one PDF, numbered through; always dark on white, whatever the theme of the screen."""

    def __init__(self) -> None:
        self._made = (
            QBuffer()
        )  # Qt does not say when a disk is full: the bytes are written by whoever asked for them
        self._made.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = _writer(self._made)
        room = self._writer.pageLayout().paintRectPixels(DPI)
        self._wide, self._high = room.width(), room.height() - FOOT
        self._painter = QPainter()
        self._painter.begin(self._writer)
        self.pages = 0

    def set(self, markdown: str) -> QTextDocument:
        """A text as it will stand on the pages."""
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._writer)
        document.setDocumentMargin(SIDE)
        document.setPageSize(QSizeF(self._wide + 2 * SIDE, self._high))
        fill(document, markdown, width=self._wide, base=font(POINTS), ink=PAPER)
        keep_together(document)
        return document

    def add(self, document: QTextDocument) -> None:
        """A text from the top of a new page on."""
        for page in range(document.pageCount()):
            self._page(document, page)

    def close(self) -> bytes:
        """The whole PDF."""
        self._painter.end()
        return bytes(self._made.data().data())

    def _page(self, document: QTextDocument, page: int) -> None:
        if self.pages:
            self._writer.newPage()
        self.pages += 1
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, INK)
        shown = QRectF(0, page * self._high, self._wide + 2 * SIDE, self._high)
        context.clip = shown
        self._painter.save()
        self._painter.translate(-SIDE, -page * self._high)
        self._painter.setClipRect(shown)
        document.documentLayout().draw(self._painter, context)
        self._painter.restore()
        self._foot()

    def _foot(self) -> None:
        self._painter.setFont(font(POINTS - 2))
        self._painter.setPen(INK)
        line = QRectF(0, self._high + FOOT - 18, self._wide, 18)
        self._painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(self.pages))
