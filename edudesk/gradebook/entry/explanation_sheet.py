"""The body of the explanation popover: the sum, the rounding, the article."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from edudesk.gradebook.results.explanation import Explanation, ExplanationRow
from edudesk.kernel.text import unbroken
from edudesk.kernel.words import _
from edudesk.ui.cells import Chip
from edudesk.ui.parts import ChipLabel, bar, button, frame, icon_label, key_cap, label, rule, stack
from edudesk.ui.theme import BODY

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
SIGNS = {True: ("check", "ok"), False: ("close", "bad")}
MOST = 10  # missing things named before "và … nữa"


def explanation_sheet(
    explanation: Explanation, *, chip: Chip | None = None, on_print: Callable[[], object] | None = None
) -> QWidget:
    """The body of the callout; `chip` is the result in its corner, `on_print` prints it for the parents."""
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    corner = ChipLabel(chip) if chip else key_cap("F2")
    column.addLayout(bar(label(explanation.title, points=BODY, bold=True), None, corner))
    column.addWidget(label(explanation.subtitle, role="text2"))
    column.addLayout(_rows(explanation.rows))
    if explanation.missing:
        column.addLayout(_missing(explanation.missing))
    if explanation.notice[0]:
        column.addWidget(_notice(*explanation.notice))
    column.addWidget(_wrapped(label(_rounded(explanation), role="text2")))
    if on_print is not None:
        press = button(_("In cho phụ huynh"), kind="ghost", icon="printer", on=on_print)
        column.addLayout(bar(None, press))
    return body


def _rounded(explanation: Explanation) -> str:
    message = f"{explanation.article}."
    return (
        _("Làm tròn đến 0,1. {article}").format(article=message)
        if isinstance(explanation.result, int)
        else message
    )


def _rows(rows: Sequence[ExplanationRow]) -> QGridLayout:
    table = QGridLayout()
    table.setHorizontalSpacing(8)
    table.setVerticalSpacing(6)
    table.setColumnStretch(1, 1)
    table.setColumnMinimumWidth(0, 62)
    line, summed = 0, False
    for row in rows:
        if row.head or (row.strong and not summed):
            table.addWidget(rule(), line, 0, 1, 3)
            line += 1
        summed = summed or row.strong
        _put(table, line, row)
        line += 1
        if row.how and not _is_sum(row):
            table.addWidget(_wrapped(label(unbroken(row.how), role="text2")), line, 0, 1, 3)
            line += 1
    return table


def _is_sum(row: ExplanationRow) -> bool:
    """Whether the middle of a line is a computation, which stands beside; words stand below."""
    return row.how[:1].isdigit()


def _put(table: QGridLayout, line: int, row: ExplanationRow) -> None:
    value = label(row.value, points=BODY, bold=row.strong, role="bad" if row.met is False else "")
    if _is_sum(row):
        table.addWidget(label(row.what, role="text2"), line, 0, Qt.AlignmentFlag.AlignTop)
        table.addWidget(_wrapped(label(row.how, points=BODY, bold=row.strong)), line, 1)
        table.addWidget(value, line, 2, RIGHT)
        return
    if row.head:
        value = label(row.value, role="text2")
    what = label(row.what, bold=row.head, role="" if row.head or row.met is not None else "text2")
    sign = () if row.met is None else (icon_label(SIGNS[row.met][0], 14, SIGNS[row.met][1]),)
    whole = QWidget()
    whole.setLayout(bar(*sign, what, None, value))
    table.addWidget(whole, line, 0, 1, 3)


def _missing(missing: Sequence[str]) -> QVBoxLayout:
    lines = stack(spacing=4)
    for words in missing[:MOST]:
        lines.addLayout(bar(icon_label("triangle", 14, "ask"), label(words, role="ask"), None))
    rest = len(missing) - MOST
    if rest > 0:
        lines.addWidget(label(_("và {n} điều nữa").format(n=rest), role="ask"))
    return lines


def _notice(title: str, sentence: str) -> QWidget:
    box = frame("soft")
    column = QVBoxLayout(box)
    column.setContentsMargins(10, 8, 10, 8)
    column.setSpacing(3)
    sign = icon_label("arrow-up", 14, "accent_text")
    column.addLayout(bar(sign, label(title, role="accent", bold=True), None))
    column.addWidget(_wrapped(label(unbroken(sentence))))
    return box


def _wrapped(words: QLabel) -> QLabel:
    words.setWordWrap(True)
    return words
