"""A chapter set as rich text: for the window and for paper, with its pictures at the width there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from edudesk.handbook.chapters import picture, without_pictures

LEADING, PLAIN = 124, 100  # percent of a line of words, of a picture
INDENT = 26  # pixels a list is set in
ABOVE, BELOW = 18, 6  # pixels around a heading
IN_CELL = 2
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class Ink(NamedTuple):
    """The colours of a document besides that of its text: lines of tables, ground of keys."""

    line: QColor
    key: QColor


class _Piece(NamedTuple):
    start: int
    end: int
    form: QTextCharFormat


def fill(
    document: QTextDocument, markdown: str, *, width: float, base: QFont, ink: Ink, dots: float = 0
) -> None:
    """Set Markdown into a document `width` pixels wide, in the size of a font.

    `dots` are those of the screen for a pixel: pictures are made as fine as it can show. For paper (0) they stay as
    fine as they are.
    """
    document.setDefaultFont(base)
    document.setIndentWidth(INDENT)
    document.setMarkdown(without_pictures(markdown))
    for block in _blocks(document):
        _set_block(block)
    for piece in list(_pieces(document)):
        if piece.form.isImageFormat():
            _set_picture(document, piece, width, dots)
        else:
            _set_words(document, piece, base, ink)
    _set_tables(document.rootFrame(), ink)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pieces(document: QTextDocument) -> Iterator[_Piece]:
    """What is set alike, from place to place."""
    for block in _blocks(document):
        place = block.begin()
        while not place.atEnd():
            piece = place.fragment()
            yield _Piece(piece.position(), piece.position() + piece.length(), piece.charFormat())
            place += 1


def _set_block(block: QTextBlock) -> None:
    cursor, form = QTextCursor(block), block.blockFormat()
    form.setLineHeight(LEADING, _PROPORTIONAL)
    if form.headingLevel():
        form.setTopMargin(ABOVE if block.blockNumber() else 0)
        form.setBottomMargin(BELOW)
    elif cursor.currentTable() is not None:
        form.setTopMargin(IN_CELL)
        form.setBottomMargin(IN_CELL)
    cursor.setBlockFormat(form)


def _set_words(document: QTextDocument, piece: _Piece, base: QFont, ink: Ink) -> None:
    """Bold as bold as on the screen, keys on a ground of their own."""
    words = QTextCharFormat()
    if piece.form.fontFixedPitch():
        words.setFontFamilies(base.families())
        words.setFontFixedPitch(False)
        words.setBackground(ink.key)
    elif piece.form.fontWeight() > QFont.Weight.DemiBold:
        words.setFontWeight(QFont.Weight.DemiBold)
    if not words.isEmpty():
        _cursor(document, piece).mergeCharFormat(words)


def _set_picture(document: QTextDocument, piece: _Piece, width: float, dots: float) -> None:
    """Load a picture and let it be no wider than the page."""
    form = piece.form.toImageFormat()
    image = QImage(str(picture(form.name())))
    wide = min(width, image.width())
    form.setWidth(wide)
    form.setHeight(image.height() * wide / max(image.width(), 1))
    block = QTextBlockFormat()
    block.setLineHeight(PLAIN, _PROPORTIONAL)
    _cursor(document, piece).mergeBlockFormat(block)
    if 0 < dots * wide < image.width():
        image = image.scaledToWidth(round(dots * wide), Qt.TransformationMode.SmoothTransformation)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(form.name()), image)
    _cursor(document, piece).setCharFormat(form)


def keep_together(document: QTextDocument) -> None:
    """No heading stays alone at the end of a page, and no table is cut that a page can hold: both go over whole."""
    high = document.pageSize().height()
    for block in _blocks(document):
        table, headed = _table(block), block.previous().blockFormat().headingLevel()
        if block.blockFormat().headingLevel():
            if _cut(document, block, block.next(), high):
                form = block.blockFormat()
                form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(form)
        elif table is not None and not headed and _cut(document, block, block, high):
            whole = table.format()
            whole.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            table.setFormat(whole)


def _table(block: QTextBlock) -> QTextTable | None:
    """The table a block is the first of."""
    table = cast(QTextTable | None, QTextCursor(block).currentTable())
    return table if table is not None and table.firstCursorPosition().block() == block else None


def _cut(document: QTextDocument, first: QTextBlock, follower: QTextBlock, high: float) -> bool:
    """Whether a page ends between the first line of a block and that of its follower, or in a table that follows."""
    if not follower.isValid():
        return False
    layout, table = document.documentLayout(), _table(follower)
    begins, line = layout.blockBoundingRect(first).top(), follower.layout().lineAt(0)
    ends = layout.blockBoundingRect(follower).top() + line.y() + line.height() / 2
    if table is not None:
        frame = layout.frameBoundingRect(table)
        ends = frame.bottom() if frame.bottom() - begins < high else ends
    return int(begins // high) != int(ends // high)


def _cursor(document: QTextDocument, piece: _Piece) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(piece.start)
    cursor.setPosition(piece.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _set_tables(frame: QTextFrame, ink: Ink) -> None:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            form = child.format()
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(ink.line)
            form.setCellPadding(4)
            form.setTopMargin(6)
            form.setBottomMargin(6)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            child.setFormat(form)
