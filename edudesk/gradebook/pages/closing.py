"""Closing a term: every cell with V, P or K to decide on, what stays missing, what will be locked; then one Step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from edudesk.gradebook.entry.lock_dialog import REASON
from edudesk.gradebook.entry.page_key import term_words
from edudesk.gradebook.register.closing import close_term, closing_plan
from edudesk.gradebook.rules.closing import CellKey, ClosingPlan, OwedCell
from edudesk.gradebook.rules.slots import slot_short
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import lower_first
from edudesk.kernel.words import N_, _
from edudesk.school.store import classes
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.cells import CellStyle
from edudesk.ui.choices import Chooser, Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.form import Form
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.columns import GroupRow
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE

WIDE, HIGH = 980, 640
WHY = {
    "K": N_("không nộp bài"),
    "V": N_("vắng; chỉ tính khi chắc không kiểm tra bù"),
    "P": N_("có phép; chỉ tính khi chắc không kiểm tra bù"),
}


REASONS = {1: N_("Đóng sổ học kì I: không nộp bài"), 2: N_("Đóng sổ học kì II: không nộp bài")}


@dataclass(frozen=True, slots=True)
class ClosingChoice:
    """A cell with what was decided of it."""

    cell: OwedCell
    ticked: bool


class ChoiceTable(RecordTable):
    """`turned(choice)` at Space, Enter or a click on the first column."""

    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__(_columns())
        self.clicked.connect(self._click)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _TURNING:
            self._turn()
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn()

    def _turn(self) -> None:
        if isinstance(self.current(), ClosingChoice):
            self.turned.emit(self.current())


_TURNING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ClosingDialog(QDialog):
    """Reads a plan, lets each cell be decided on, and closes the term with what was confirmed."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Đóng sổ học kì"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.plan: ClosingPlan | None = None
        self.ticked: set[CellKey] = set()
        self.terms = Segmented([(1, term_words(1)), (2, term_words(2))], name=_("Học kì"))
        self.classes = Chooser(name=_("Lớp"), width=150)
        self.table = ChoiceTable()
        self.table.turned.connect(self.turn)
        self.table.setAccessibleName(_("Các ô còn nợ"))
        self.facts = label("", points=BODY)
        self.law = label("", role="text2")
        self.problems = ProblemBanner()
        self.form = Form([REASON])
        self.yes = button(_("Đóng sổ"), kind="main", on=self.close_term)
        for words in (self.facts, self.law):
            words.setWordWrap(True)
        self.terms.chosen.connect(lambda _term: self.read())
        self.classes.chosen.connect(lambda _class: self.read())
        self._build()

    def begin(self) -> None:
        """Open for the whole school in the term on the desk."""
        choices = [
            (school_class.id, _("Lớp {name}").format(name=school_class.name))
            for school_class in classes(self._desk.db, self._desk.year)
        ]
        self.classes.offer([("", _("Cả trường")), *choices], "")
        self.terms.choose(self._desk.term or 1)
        self.read()
        self.open()
        self.table.setFocus()

    def _build(self) -> None:
        title = label(_("Đóng sổ học kì"), points=TITLE, bold=True)
        whole = button(_("Tính mọi ô K"), on=lambda: self.tick("K"))
        none = button(_("Không tính ô nào"), on=lambda: self.tick(""))
        column = stack(spacing=10, pad=(20, 16, 20, 16))
        column.addLayout(bar(title, 8, self.terms, self.classes, None, whole, none))
        column.addWidget(self.table, 1)
        for thing in (self.facts, self.law, self.problems, self.form):
            column.addWidget(thing)
        column.addLayout(bar(None, button(_("Thôi"), on=self.reject), self.yes))
        self.setLayout(column)
        self.resize(WIDE, HIGH)

    def read(self) -> None:
        """Read the plan of the chosen term and class; K is ticked, V and P are not."""
        term, class_id = int(str(self.terms.value())), str(self.classes.currentData() or "") or None
        self.problems.clear()
        try:
            self.plan = closing_plan(self._desk.db, self._desk.year, term, class_id)
        except Refused as no:
            self.plan = None
            self.problems.show_problems(no.problems)
        self.ticked = {cell.key for cell in self.plan.cells if cell.proposed} if self.plan else set()
        self.form.set_values({"reason": _(REASONS[term])})
        self._show()
        first = next((cell.key for cell in self.plan.cells), None) if self.plan else None
        self.table.pick(first)

    def tick(self, letters: str) -> None:
        """Decide all cells at once: those with one of the letters count."""
        self.ticked = set(self.plan.chosen(letters)) if self.plan else set()
        self._show()

    def turn(self, choice: ClosingChoice) -> None:
        """Turn the decision on one cell round; a locked one stays."""
        if not choice.cell.locked:
            self.ticked ^= {choice.cell.key}
            self._show()

    def _show(self) -> None:
        plan = self.plan
        self.table.set_rows(_rows(plan, self.ticked) if plan else [], key=_key)
        self.facts.setText(facts(plan, len(self.ticked)) if plan else "")
        self.law.setText(
            _("Căn cứ: {articles}.").format(articles="; ".join(plan.articles))
            if plan and plan.articles
            else ""
        )
        self.yes.setEnabled(plan is not None)

    def close_term(self) -> None:
        """Write what was confirmed and lock, as one Step; when refused, show the problems and write nothing."""
        try:
            reason = str(self.form.values()["reason"])
        except Refused:
            return
        self.yes.setEnabled(False)
        self._desk.safely("close", lambda: self._close(reason))

    def _close(self, reason: str) -> None:
        self.yes.setEnabled(True)
        done = self._desk.do(
            close_term, self.plan, frozenset(self.ticked), reason, on_problems=self._show_problems
        )
        if done is not None:
            words = _("Đã đóng sổ {term}: {n} ô tính 0 hoặc Chưa đạt")
            term = lower_first(term_words(int(str(self.terms.value()))))
            self._desk.toast(words.format(term=term, n=len(self.ticked)))
            self.accept()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(self.form.problems(problems))


def facts(plan: ClosingPlan, turned: int) -> str:
    """What closing will do, in a sentence."""
    left = len(plan.cells) - turned
    what = _("cả lớp") if plan.class_id else _("{n} lớp").format(n=plan.classes)
    words = _(
        "Sẽ tính 0 hoặc Chưa đạt {turned} ô; còn nợ {left} ô V, P, K và {blank} ô trống. Rồi khóa điểm, nhận xét và "
        "rèn luyện của {what} trong {term}; không hoàn tác được, sửa phải có phiếu."
    )
    return words.format(
        turned=turned, left=left, blank=plan.blank, what=what, term=lower_first(term_words(plan.term))
    )


def _rows(plan: ClosingPlan, ticked: set[CellKey]) -> list[GroupRow | ClosingChoice]:
    rows: list[GroupRow | ClosingChoice] = []
    for page in plan.pages:
        blank = _("còn trống {n} ô").format(n=page.blank) if page.blank else ""
        rows.append(GroupRow(f"{page.class_name} · {page.subject}", blank))
        rows += [ClosingChoice(cell, cell.key in ticked) for cell in page.cells]
    return rows


def _key(row: GroupRow | ClosingChoice) -> object:
    return row.title if isinstance(row, GroupRow) else row.cell.key


def _columns() -> list[Column]:
    return [
        Column("turned", _("Khi đóng sổ"), _decided, 170, style=_decision),
        Column("value", _("Ô"), lambda row: f"{slot_short(row.cell.key.slot)}: {row.cell.value}", 90),
        Column("name", _("Họ và tên"), lambda row: row.cell.name, 190, names=True),
        Column("why", _("Nghĩa là"), lambda row: _(WHY[row.cell.value]), 0),
        Column("blank", "", lambda _row: "", 120),
    ]


def _decided(row: ClosingChoice) -> str:
    if row.cell.locked:
        return _("đã khóa, để nguyên")
    return _("tính {mark}").format(mark=mark_text(row.cell.becomes)) if row.ticked else _("vẫn còn nợ")


def _decision(row: ClosingChoice) -> CellStyle:
    icon = "lock" if row.cell.locked else "check-square" if row.ticked else "square"
    return CellStyle(
        _decided(row), icon=icon, bold=row.ticked, muted=row.cell.locked, colour="" if row.ticked else "text2"
    )
