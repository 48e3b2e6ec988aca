"""The panel's comparison: a column against the parallel classes and against the pupils' earlier marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from edudesk.gradebook.anomalies.comparison import ClassFigures, Comparison
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.ui.charts import Stripes
from edudesk.ui.parts import bar, label, stack

CLASSES = 5  # shown beside the grade, the own one always
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
HIGHEST = 100  # tenths, the whole length of a bar


def comparison_block(comparison: Comparison) -> QWidget:
    """Bars with their means; empty where there is nothing to compare with."""
    block = QWidget()
    column = stack(spacing=0)
    if comparison.parallel:
        column.addLayout(
            bar(label(_("So với lớp song song"), bold=True), None, label(_("trung bình"), role="text2"))
        )
        column.addSpacing(4)
        column.addLayout(_bars(comparison))
        column.addSpacing(8)
    for earlier in comparison.earlier:
        words = _("So với {column}").format(column=earlier.label)
        own = next(each for each in comparison.classes if each.class_id == comparison.own)
        column.addLayout(bar(label(words, role="text2"), None, label(_step(own.mean, earlier.mean))))
    if comparison.earlier:
        column.addSpacing(10)
    block.setLayout(column)
    return block


def shown_classes(comparison: Comparison) -> list[ClassFigures]:
    """The classes in order, the own one among them, no more than there is room for."""
    first = list(comparison.classes[:CLASSES])
    if not any(figures.class_id == comparison.own for figures in first):
        first[-1] = next(figures for figures in comparison.classes if figures.class_id == comparison.own)
    return first


def _bars(comparison: Comparison) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(8)
    table.setVerticalSpacing(1)
    table.setColumnStretch(1, 1)
    lines: Sequence[ClassFigures] = [*shown_classes(comparison), comparison.grade]
    for row, figures in enumerate(lines):
        own = figures.class_id == comparison.own
        value = _("chưa nhập") if figures.mean is None else show_tenths(figures.mean)
        table.addWidget(label(figures.name, bold=own), row, 0)
        table.addWidget(_bar(figures.mean or 0, "accent" if own else "hist"), row, 1)
        table.addWidget(label(value, bold=own, role="" if figures.count else "text2"), row, 2, RIGHT)
    return table


def _bar(mean: int, colour: str) -> Stripes:
    made = Stripes(6)
    made.set_parts([(mean, colour), (HIGHEST - mean, "bar_bg")])
    return made


def _step(mean: int | None, before: int) -> str:
    """“6,8 → 7,1”."""
    return show_tenths(before) if mean is None else f"{show_tenths(before)} → {show_tenths(mean)}"
