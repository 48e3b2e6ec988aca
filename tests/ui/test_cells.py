"""A cell kept as a picture is the cell painted on the spot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QTableView, QToolTip

from edudesk.ui.application import apply_theme
from edudesk.ui.cells import CellDelegate, CellStyle, Chip, _fit
from edudesk.ui.table.columns import Column
from edudesk.ui.table.model import TableModel

LOOKS = [
    CellStyle("8,5", "right"),
    CellStyle("4,5", "right", bold=True, colour="bad"),
    CellStyle("V", "right", owed=True, bold=True),
    CellStyle(owed=True),
    CellStyle("7,25", "right", bad=True),
    CellStyle("3,0", "right", ask=True),
    CellStyle("6,0", "right", conflict=True),
    CellStyle("–", off=True),
    CellStyle("9,0", "right", locked=True),
    CellStyle("Đạt", chips=(Chip("Đạt", "ok", "check"),)),
    CellStyle("Nhận xét dài hơn ô", icon="triangle", colour="ask"),
]


def painted(style: CellStyle, ratio: float, *, cursor: bool) -> QImage:
    model = TableModel([Column("a", "A", str, style=lambda _record: style)])
    model.set_rows([0], key=lambda n: n)
    delegate = CellDelegate(gridded=True)
    delegate.ratio, delegate.lit = ratio, 0 if cursor else -1
    delegate.cursor = (0, 0) if cursor else (-1, -1)
    paper = QPixmap(140, 60)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    option = QStyleOptionViewItem()
    option.rect = QRect(37, 11, 61, 22)  # type: ignore[attr-defined]
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return paper.toImage()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.text or "owed")
def test_kept_and_painted_cells_are_alike(qapp: QApplication, mode: str, look: CellStyle) -> None:
    apply_theme(qapp, mode)
    try:
        for cursor in (False, True):
            kept = painted(look, 1.0, cursor=cursor)
            assert kept == painted(look, 0.0, cursor=cursor)
            assert kept == painted(look, 1.0, cursor=cursor), "the second time from the picture"
        assert look.bad or painted(look, 1.0, cursor=True) != painted(look, 1.0, cursor=False)
    finally:
        apply_theme(qapp, "light")


def test_a_number_that_does_not_fit_is_never_drawn_as_a_smaller_one(qapp: QApplication) -> None:
    whole, tail = CellStyle("6.400.000.000", "right"), CellStyle("400.000.000", "right")
    assert _fit(whole, False, 60).endswith("…") and _fit(tail, False, 200) == "400.000.000"


def test_what_does_not_fit_is_told_whole_under_the_mouse(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _view: told.append(text))
    view, rest = QTableView(), QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1))
    option = QStyleOptionViewItem()
    for words, width in (("Phòng học bộ môn Khoa học tự nhiên", 60), ("Phòng học", 200)):
        model = TableModel([Column("a", "A", str)])
        model.set_rows([words], key=str)
        option.rect = QRect(0, 0, width, 26)  # type: ignore[attr-defined]
        CellDelegate().helpEvent(rest, view, option, model.index(0, 0))
    assert told == ["Phòng học bộ môn Khoa học tự nhiên"]
