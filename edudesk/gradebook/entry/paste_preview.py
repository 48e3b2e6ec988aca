"""Ctrl+V: what a pasted block would do, name by name, before anything is written; then one Step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from edudesk.gradebook.exchange.paste import WRITTEN, PasteCell, PastePlan, PasteRow
from edudesk.gradebook.register.marks import SheetKey, enter_marks
from edudesk.gradebook.register.sheet import SheetColumn, column_name
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import N_, _
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, icon_label, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE

CELL, REASON, WIDEST, HIGH = 84, 380, 1240, 560
MATCHED = {
    "place": N_("Ghép theo vị trí, từ ô đang đứng; chưa ghi gì vào máy."),
    "name": N_("Ghép theo họ tên trong khối dán; chưa ghi gì vào máy."),
    "number": N_("Ghép theo số thứ tự trong khối dán; chưa ghi gì vào máy."),
}
_KINDS = (
    ("new", "plus", "ok", N_("điểm mới")),
    ("changed", "pencil", "ask", N_("thay điểm đã có")),
    ("same", "check", "text2", N_("không đổi")),
    ("refused", "refused", "bad", N_("không nhận")),
)


class PasteDialog(QDialog):
    """Shows a plan; “Dán N ô” writes what can be taken, as one Step, and closes."""

    def __init__(self, desk: Desk, key: SheetKey, plan: PastePlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Dán điểm"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._key = key
        self.plan = plan
        self.problems = ProblemBanner()
        self.table = RecordTable(paste_columns(plan))
        self.table.setAccessibleName(_("Các dòng sẽ dán"))
        self.table.set_rows(plan.rows, key=lambda row: row.place)
        self.yes = button(yes_words(plan), kind="main", on=self._paste)
        self.yes.setDefault(True)
        self.yes.setEnabled(bool(plan.entries))
        title = label(_("Xem trước khi dán"), points=TITLE, bold=True)
        column = stack(title, self._summary(), self.problems, spacing=8, pad=(20, 16, 20, 16))
        column.addLayout(figures(plan))
        column.addWidget(self.table, 1)
        column.addLayout(bar(None, button(_("Thôi"), on=self.reject), self.yes))
        self.setLayout(column)
        wide = sum(one.width for one in self.table.columns) + REASON + 60
        self.resize(min(wide, WIDEST, parent.window().width()), min(HIGH, parent.window().height()))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        wrong = next((row.place for row in self.plan.rows if _wrong(row)), None)
        if wrong is not None:
            self.table.pick(wrong)
        (self.yes if self.yes.isEnabled() else self.table).setFocus()

    def _summary(self) -> QWidget:
        words = label(
            " ".join((_(MATCHED[self.plan.matched]), *self.plan.outside)), role="text2", points=BODY
        )
        words.setWordWrap(True)
        return words

    def _paste(self) -> None:
        entries = self.plan.entries
        step = _("Dán {n} ô điểm").format(n=len(entries))
        toast = _("Đã dán {n} ô điểm").format(n=len(entries))
        write = partial(enter_marks, label=step)
        if self._desk.do(write, self._key, entries, toast=toast, on_problems=self._show_problems) is not None:
            self.accept()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(problems)


def yes_words(plan: PastePlan) -> str:
    """What the button does: how many cells go, and how many of the block do not."""
    refused = plan.count("refused")
    if refused:
        return _("Dán {n} ô, bỏ ra {refused} ô").format(n=plan.count(*WRITTEN), refused=refused)
    return _("Dán {n} ô").format(n=plan.count(*WRITTEN))


def figures(plan: PastePlan) -> QHBoxLayout:
    """How many cells are new, changed, the same, refused."""
    things: list[QWidget | int | None] = []
    for kind, icon, colour, words in _KINDS:
        if count := plan.count(kind):
            things += [icon_label(icon, 14, colour), label(f"{count} {_(words)}", role=colour), 12]
    return bar(*things, None, spacing=6)


def paste_columns(plan: PastePlan) -> list[Column]:
    """Who, then old → new per column, then why something is refused."""
    columns = [
        Column("number", _("STT"), lambda row: str(row.number or ""), 44, "right"),
        Column("name", _("Họ và tên"), lambda row: row.name, 180, style=_name, names=True),
    ]
    columns += [_cell_column(place, column) for place, column in enumerate(plan.columns)]
    if plan.count("refused"):
        columns.append(Column("why", _("Vì sao không nhận"), _why, 0, style=_why_style))
    else:
        columns.append(Column("rest", "", lambda _row: "", 0))
    return columns


def _cell_column(place: int, column: SheetColumn) -> Column:
    return Column(
        column.slot,
        column_name(column.slot),
        lambda row: cell_words(row.cells[place]),
        CELL,
        "right",
        style=lambda row: _style(row.cells[place]),
    )


def cell_words(cell: PasteCell) -> str:
    """“7,0 → 8,5” for a mark that changes, else the one value there is."""
    if cell.kind == "refused":
        return cell.text
    if cell.kind == "changed":
        return f"{mark_text(cell.old)} → {mark_text(cell.value)}"
    return mark_text(cell.value if cell.kind == "new" else cell.old)


def _style(cell: PasteCell) -> CellStyle:
    words = cell_words(cell)
    if cell.kind == "refused":
        return CellStyle(words[:12], "right", bad=True, tip=_reason(cell.problem) if cell.problem else "")
    if cell.kind == "changed":
        return CellStyle(words, "right", bold=True, colour="ask")
    return CellStyle(words, "right", bold=cell.kind == "new", muted=cell.kind != "new")


def _wrong(row: PasteRow) -> bool:
    return any(cell.kind == "refused" for cell in row.cells)


def _name(row: PasteRow) -> CellStyle:
    return CellStyle(row.name, colour="bad" if row.problem else "")


def _why(row: PasteRow) -> str:
    """The reason of a row, or of each refused cell with its column."""
    if row.problem is not None:
        return _reason(row.problem) if _wrong(row) else ""
    refused = [(cell.slot, _reason(cell.problem)) for cell in row.cells if cell.problem is not None]
    if len({message for _slot, message in refused}) == 1:
        return refused[0][1]
    return " ".join(f"{column_name(slot)}: {message}" for slot, message in refused)


def _reason(problem: Problem) -> str:
    """The reason and the fix; the pupil's name stands in the row already."""
    return f"{problem.message} {problem.next}".strip()


def _why_style(row: PasteRow) -> CellStyle:
    message = _why(row)
    return CellStyle(message, colour="bad", icon="refused" if message else "", tip=message)
