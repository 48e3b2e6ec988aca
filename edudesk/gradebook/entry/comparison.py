"""The block of the panel that sets a column beside the parallel classes and beside what the pupils had before."""

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


def beside(found: Comparison) -> QWidget:
    """Bars with their means; empty where there is nothing to compare with."""
    block = QWidget()
    column = stack(spacing=0)
    if found.parallel:
        column.addLayout(
            bar(label(_("So với lớp song song"), bold=True), None, label(_("trung bình"), role="text2"))
        )
        column.addSpacing(4)
        column.addLayout(_bars(found))
        column.addSpacing(8)
    for one in found.earlier:
        words = _("So với {column}").format(column=one.label)
        own = next(each for each in found.classes if each.class_id == found.own)
        column.addLayout(bar(label(words, role="text2"), None, label(_step(own.mean, one.mean))))
    if found.earlier:
        column.addSpacing(10)
    block.setLayout(column)
    return block


def shown_classes(found: Comparison) -> list[ClassFigures]:
    """The classes in order, the own one among them, no more than there is room for."""
    first = list(found.classes[:CLASSES])
    if not any(one.class_id == found.own for one in first):
        first[-1] = next(one for one in found.classes if one.class_id == found.own)
    return first


def _bars(found: Comparison) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(8)
    table.setVerticalSpacing(1)
    table.setColumnStretch(1, 1)
    lines: Sequence[ClassFigures] = [*shown_classes(found), found.grade]
    for row, one in enumerate(lines):
        own = one.class_id == found.own
        value = _("chưa nhập") if one.mean is None else show_tenths(one.mean)
        table.addWidget(label(one.name, bold=own), row, 0)
        table.addWidget(_bar(one.mean or 0, "accent" if own else "hist"), row, 1)
        table.addWidget(label(value, bold=own, role="" if one.count else "text2"), row, 2, RIGHT)
    return table


def _bar(mean: int, colour: str) -> Stripes:
    made = Stripes(6)
    made.set_parts([(mean, colour), (HIGHEST - mean, "bar_bg")])
    return made


def _step(mean: int | None, before: int) -> str:
    """“6,8 → 7,1”."""
    return show_tenths(before) if mean is None else f"{show_tenths(before)} → {show_tenths(mean)}"
