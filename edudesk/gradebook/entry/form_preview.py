"""What a form would do, cell by cell, before anything is written: first what must be decided, then what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from edudesk.gradebook.entry.page_key import page_name
from edudesk.gradebook.exchange.form_read import ASKED, TAKEN, FormCell, FormPlan, Spot, apply_form
from edudesk.gradebook.results.secondary import term_name
from edudesk.gradebook.rules.slots import is_slot, slot_label
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, icon_label, label, stack
from edudesk.ui.table.columns import GroupRow
from edudesk.ui.table.view import Column, RecordTable, TableModel
from edudesk.ui.theme import BODY, TITLE

WIDE, HIGH = 1240, 620
_GROUPS = (
    (ASKED, N_("Phải chọn: ở đây và trong phiếu khác nhau")),
    (("refused",), N_("Không nhận")),
    (("changed",), N_("Thay điểm đã có")),
    (("new",), N_("Điểm mới")),
)
_FIGURES = (
    (("new",), "plus", "ok", N_("điểm mới")),
    (("changed",), "pencil", "wait", N_("thay điểm đã có")),
    (("same",), "check", "text2", N_("không đổi")),
    (ASKED, "triangle", "ask", N_("phải chọn")),
    (("refused",), "refused", "bad", N_("không nhận")),
)


class FormPlanDialog(QDialog):
    """Shows a plan. Enter or a double click on a cell that must be decided turns it; one button writes, as one Step."""

    def __init__(self, desk: Desk, plan: FormPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Đọc phiếu nhập điểm"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.plan = plan
        self.take: set[Spot] = set()
        self.problems = ProblemBanner()
        self.table = RecordTable(self._columns())
        self.table.setAccessibleName(_("Các ô của phiếu"))
        self.table.opened.connect(self.turn)
        self.keep_all = button(_("Giữ hết ở đây"), on=lambda: self._choose_all(take=False))
        self.take_all = button(_("Lấy hết theo phiếu"), on=lambda: self._choose_all(take=True))
        self.yes = button("", kind="main", on=self._write)
        self.yes.setDefault(True)
        self.setLayout(self._laid_out())
        self._show()
        self.resize(min(WIDE, parent.window().width()), min(HIGH, parent.window().height()))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        first = next((cell for cell in self.table.records if isinstance(cell, FormCell)), None)
        if first is not None:
            self.table.pick(_key(first))
        (self.yes if self.yes.isEnabled() and not self.plan.count(*ASKED) else self.table).setFocus()

    def turn(self, cell: FormCell) -> None:
        """Take the file's value instead of what is here, or the other way round."""
        if cell.kind in ASKED:
            self.take ^= {cell.spot}
            self._show()

    def _choose_all(self, *, take: bool) -> None:
        self.take = {cell.spot for cell in self.plan.of(*ASKED)} if take else set()
        self._show()

    # -- how it looks

    def _laid_out(self) -> QVBoxLayout:
        title = label(_("Xem trước phiếu nhập điểm"), points=TITLE, bold=True)
        column = stack(title, self._summary(), self.problems, spacing=8, pad=(20, 16, 20, 16))
        column.addLayout(self._figures())
        column.addWidget(self.table, 1)
        asked = (self.keep_all, self.take_all) if self.plan.count(*ASKED) else ()
        column.addLayout(bar(*asked, None, button(_("Thôi"), on=self.reject), self.yes))
        return column

    def _summary(self) -> QWidget:
        plan = self.plan
        parts = [_("{file} · chưa ghi gì vào máy").format(file=plan.path.name)]
        if len(plan.template.pages) == 1:
            parts.insert(0, page_name(plan.template.pages[0]))
        if plan.template.written:
            day = show_date(plan.template.moment.date())
            parts.append(
                _("phiếu lập lúc {clock} ngày {day}").format(clock=f"{plan.template.moment:%H:%M}", day=day)
            )
        lines = [" · ".join(parts), *(f"{note.reason} {note.fix}".strip() for note in plan.notes[:4])]
        words = label("\n".join(lines), role="text2", points=BODY)
        words.setWordWrap(True)
        return words

    def _figures(self) -> QHBoxLayout:
        things: list[QWidget | int | None] = []
        for kinds, icon, colour, words in _FIGURES:
            if count := self.plan.count(*kinds):
                things += [icon_label(icon, 14, colour), label(f"{count} {_(words)}", role=colour), 12]
        if self.plan.count(*ASKED):
            things += [label(_("Enter hoặc bấm đúp vào một dòng để đổi lựa chọn."), role="text2")]
        return bar(*things, None, spacing=6)

    def _columns(self) -> list[Column]:
        several = len(self.plan.template.pages) > 1
        page = [Column("page", _("Trang"), lambda cell: _page(cell), 150)] if several else []
        return [
            Column("row", _("Dòng"), lambda cell: str(cell.row), 48, "right"),
            Column("name", _("Họ và tên"), lambda cell: cell.name or "–", 180, names=True),
            *page,
            Column("slot", _("Cột"), lambda cell: _slot(cell), 96),
            Column("base", _("Lúc lập"), lambda cell: mark_text(cell.base) or "–", 66, "right"),
            Column("here", _("Đang có"), lambda cell: mark_text(cell.here) or "–", 66, "right"),
            Column("file", _("Trong phiếu"), _in_file, 84, "right", style=_file_style),
            Column("will", _("Sẽ ghi"), self._will, 100, chip=self._chip),
            Column("why", _("Vì sao"), _why, 0, style=_why_style),
        ]

    def _rows(self) -> Iterator[FormCell | GroupRow]:
        for kinds, title in _GROUPS:
            cells = self.plan.of(*kinds)
            if cells:
                yield GroupRow(f"{_(title)} ({len(cells)})")
                yield from cells

    def _show(self) -> None:
        self.table.set_rows(list(self._rows()), key=_key)
        model = self.table.model()
        if isinstance(model, TableModel) and model.rowCount():
            model.redraw(0, model.rowCount() - 1)
        n = self.plan.count(*TAKEN) + len(self.take)
        self.yes.setText(_("Ghi {n} ô").format(n=n))
        self.yes.setEnabled(n > 0)

    def _will(self, cell: FormCell) -> str:
        if cell.kind == "refused":
            return _("bỏ ra")
        if cell.kind not in ASKED:
            return mark_text(cell.value)
        if cell.spot not in self.take:
            return _("giữ {value}").format(value=mark_text(cell.here) or _("ô trống"))
        return (
            _("lấy {value}").format(value=mark_text(cell.value)) if cell.value is not None else _("xóa điểm")
        )

    def _chip(self, cell: FormCell) -> Chip | None:
        if cell.kind not in ASKED:
            return None
        return Chip(self._will(cell), "soft" if cell.spot in self.take else "grey")

    # -- writing

    def _write(self) -> None:
        n = self.plan.count(*TAKEN) + len(self.take)
        toast = _("Đã ghi {n} ô điểm từ phiếu").format(n=n)
        take = frozenset(self.take)
        if (
            self._desk.do(apply_form, self.plan, take=take, toast=toast, on_problems=self._show_problems)
            is not None
        ):
            self.accept()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(problems)


def _key(cell: FormCell | GroupRow) -> object:
    return cell.title if isinstance(cell, GroupRow) else (*cell.spot, cell.row)


def _page(cell: FormCell) -> str:
    page = cell.page
    return f"{page.class_name} · {subject(page.code).short} · {term_name(page.term)}" if page.code else "–"


def _slot(cell: FormCell) -> str:
    return slot_label(cell.slot) if is_slot(cell.slot) else cell.slot


def _in_file(cell: FormCell) -> str:
    if cell.kind == "refused":
        return cell.text or "–"
    return mark_text(cell.value) or "–"


def _file_style(cell: FormCell) -> CellStyle:
    return CellStyle(_in_file(cell)[:12], "right", bold=True, bad=cell.kind == "refused")


def _why(cell: FormCell) -> str:
    return f"{cell.problem.message} {cell.problem.next}".strip() if cell.problem else cell.why


def _why_style(cell: FormCell) -> CellStyle:
    message = _why(cell)
    colour = "bad" if cell.problem else "ask"
    return CellStyle(
        message, colour=colour if message else "", icon="refused" if cell.problem else "", tip=message
    )
