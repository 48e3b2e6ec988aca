"""The windows of seals: setting one, reading its code, checking a code years later, opening one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from edudesk.gradebook.entry.lock_dialog import REASON
from edudesk.gradebook.entry.page_key import CLASS, term_words
from edudesk.gradebook.pages.lock_dialogs import EVERY, subjects
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.gradebook.seals.verifying import Verdict, verify_seal
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school.store import classes
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import WIDTH, FormDialog, OnProblems, fit
from edudesk.ui.parts import bar, button, icon_label, label, stack
from edudesk.ui.theme import BODY, PAGE, TITLE, font

WIDE, MOST = 520, 12  # pixels; differences named in the window


class SealDialog(FormDialog):
    """Seals a locked subject of a class in a term, or all of the class; shows the code."""

    def __init__(self, desk: Desk) -> None:
        sentence = _(
            "Niêm phong giữ nguyên một trang sổ đã khóa và cho một mã để in ở cuối trang: sau này gõ mã là biết "
            "sổ giấy và dữ liệu có còn khớp không. Phiếu mở khóa không mở được trang đã niêm phong."
        )
        super().__init__(
            _("Niêm phong sổ"), _fields(desk), yes=_("Niêm phong"), action=self._seal, sentence=sentence
        )
        self._desk = desk

    def begin(self) -> None:
        """Open at the class and term that were last looked at."""
        term = self._desk.term or 1
        self.start({"class": str(self._desk.db.local(CLASS, "")), "subject": EVERY, "term": str(term)})

    def _seal(self, values: dict[str, Value], problems: OnProblems) -> Step | None:
        code = None if values["subject"] == EVERY else str(values["subject"])
        term, reason, accept = int(str(values["term"])), str(values["reason"]), bool(values["accept"])
        step: Step | None = self._desk.do(
            seal_page,
            str(values["class"]),
            term,
            code=code,
            reason=reason,
            accept_missing=accept,
            on_problems=problems,
        )
        if step is not None:
            seals = read_seals(self._desk.db.all, self._desk.year)
            seal = next(page_seal for page_seal in seals if page_seal.id in step.rows("seal"))
            CodeDialog(self._desk, seal, self.parentWidget()).open()
        return step


def _fields(desk: Desk) -> list[Field]:
    class_choices = tuple(
        (school_class.id, _("Lớp {name}").format(name=school_class.name))
        for school_class in classes(desk.db, desk.year)
    )
    terms = tuple((str(term), term_words(term)) for term in (1, 2))
    return [
        Field("class", N_("Lớp"), "choice", required=True, choices=class_choices),
        Field("term", N_("Học kì"), "choice", required=True, choices=terms),
        Field(
            "subject", N_("Môn học"), "choice", required=True, choices=subjects(desk.db, desk.year), width=300
        ),
        REASON,
        Field("accept", N_("Niêm phong cả khi còn thiếu điểm; ô thiếu để trống"), "flag", width=300),
    ]


class CodeDialog(QDialog):
    """The code of a seal that was just set, to be copied and printed."""

    def __init__(self, desk: Desk, seal: Seal, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Mã niêm phong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.code = label(seal.code, points=PAGE, bold=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName(_("Mã niêm phong {code}").format(code=seal.code))
        words = _("Mã này in ở cuối bảng điểm và bảng tổng hợp của trang. In ra và lưu cùng sổ giấy.")
        note = label(words, role="text2", points=BODY)
        note.setWordWrap(True)
        close = button(_("Đóng"), kind="main", on=self.accept)
        close.setDefault(True)
        title = label(_("Đã niêm phong ngày {day}").format(day=seal.day), points=TITLE, bold=True)
        column = stack(title, self.code, note, spacing=12, pad=(20, 16, 20, 16))
        column.addLayout(bar(button(_("Sao chép mã"), icon="clip", on=self._copy), None, close))
        self.setLayout(column)
        fit(self, WIDTH)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self._desk.toast(_("Đã sao chép mã niêm phong."))


class UnsealDialog(FormDialog):
    """Opens a seal, with a reason; what it sealed is still locked."""

    def __init__(self, desk: Desk, seal: Seal) -> None:
        sentence = _(
            "Mã {code} sẽ không còn hiệu lực, nhưng vẫn kiểm tra được. Các khóa sổ vẫn còn: lập phiếu mở khóa để "
            "sửa, rồi khóa và niêm phong lại để có mã mới."
        )
        message = sentence.format(code=seal.code)
        super().__init__(
            _("Mở niêm phong"), [REASON], yes=_("Mở niêm phong"), action=self._open, sentence=message
        )
        self._desk = desk
        self._seal = seal

    def begin(self) -> None:
        """Open with an empty reason."""
        self.start({})

    def _open(self, values: dict[str, Value], problems: OnProblems) -> Step | None:
        step: Step | None = self._desk.do(
            open_seal, self._seal, reason=str(values["reason"]), on_problems=problems
        )
        if step is not None:
            self._desk.toast(_("Đã mở niêm phong {code}").format(code=self._seal.code))
        return step


class VerifyDialog(QDialog):
    """Type a code from paper; says whether the data is still what was sealed, and if not, where."""

    def __init__(self, desk: Desk, parent: QWidget | None, *, code: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kiểm tra mã niêm phong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.field = QLineEdit(code)
        self.field.setFont(font(TITLE))
        self.field.setPlaceholderText("7QK2M-0XZ9A")
        self.field.setAccessibleName(_("Mã niêm phong"))
        self.check = button(_("Kiểm tra"), kind="main", on=self.verify)
        self.check.setDefault(True)
        self.problems = ProblemBanner()
        self.verdict = QWidget()
        words = _(
            "Gõ mã in ở cuối trang sổ giấy. Không cần mạng; chữ hoa hay thường, có gạch hay không đều được."
        )
        note = label(words, role="text2", points=BODY)
        note.setWordWrap(True)
        title = label(_("Kiểm tra mã niêm phong"), points=TITLE, bold=True)
        self._column = stack(title, note, self.problems, spacing=12, pad=(20, 16, 20, 16))
        self._column.insertLayout(2, bar(self.field, self.check))
        self._column.addWidget(self.verdict)
        self._column.addLayout(bar(None, button(_("Đóng"), on=self.reject)))
        self.setLayout(self._column)
        fit(self, WIDE)
        self.field.setFocus()

    def verify(self) -> None:
        """Check the code that stands in the field."""
        self.problems.clear()
        verdict = self._desk.do(verify_seal, self.field.text(), on_problems=self._show_problems)
        self._show(verdict_body(verdict) if isinstance(verdict, Verdict) else QWidget())

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(problems)

    def _show(self, body: QWidget) -> None:
        self._column.replaceWidget(self.verdict, body)
        self.verdict.hide()
        self.verdict.deleteLater()
        self.verdict = body
        body.show()
        fit(self, WIDE)


def verdict_body(verdict: Verdict) -> QWidget:
    """The answer with its sign, what was sealed, then each place that differs."""
    first, *rest = verdict.lines
    sign, colour = ("check", "ok") if verdict.holds else ("refused", "bad")
    body = QWidget()
    column: QVBoxLayout = stack(spacing=6)
    column.addLayout(
        bar(icon_label(sign, 16, colour), label(first, role=colour, points=BODY, bold=True), None)
    )
    more = len(rest) - MOST
    shown = [*rest[:MOST], *([_("và {n} chỗ khác nữa").format(n=more)] if more > 0 else [])]
    for line in shown:
        note = label(line, role="text2")
        note.setWordWrap(True)
        column.addWidget(note)
    body.setLayout(column)
    return body
