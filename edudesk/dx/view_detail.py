"""The item under the cursor: its points or answer, who answers for it, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from edudesk.dx import store, store_evidence
from edudesk.dx.proposals import Proposal
from edudesk.dx.rules_score import check_points, parse_points, show_points
from edudesk.dx.store import ScoreLine, SelfScore
from edudesk.dx.store_evidence import KINDS, Evidence
from edudesk.kernel.checks import NOTE_LETTERS
from edudesk.kernel.errors import Refused
from edudesk.kernel.field import Value
from edudesk.kernel.words import _
from edudesk.staff.store import members
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, rule, show_inside, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, font

WIDTH = 376


class Detail(QFrame):
    """`stepped()` when the points were written with Enter: the next line is wanted."""

    stepped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("face", "panel")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._line: ScoreLine | None = None
        self._score: SelfScore | None = None
        self._proposal: Proposal | None = None
        self.title = _wrapping(label("", points=BODY, bold=True))
        self.origin = _wrapping(label("", role="text2"))
        self.trouble = _wrapping(label("", role="bad"))
        self.proposed = _wrapping(label("", role="text2"))
        self.most = label("", role="text2")
        self.take = button("", kind="tiny", on=self._take)
        self._make_points()
        self._make_answers()
        self.pieces = RecordTable(
            [
                Column("kind", _("Loại"), lambda x: _(KINDS[x.kind]), 84),
                Column("words", _("Minh chứng"), lambda x: x.words, 0, names=True),
            ]
        )
        self.pieces.setAccessibleName(_("Minh chứng của mục"))
        self.pieces.opened.connect(self._open)
        self.pieces.picked.connect(lambda _piece: self._offer_drop())
        self._lay_out()

    def _make_points(self) -> None:
        self.points = QLineEdit()
        self.points.setFont(font(BODY))
        self.points.setFixedWidth(76)
        self.points.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.points.setAccessibleName(_("Điểm tự chấm"))
        self.points.returnPressed.connect(self._entered)
        self.points.editingFinished.connect(self._write_points)

    def _make_answers(self) -> None:
        self.answer = Chooser(name=_("Điều kiện bắt buộc"), width=140)
        self.answer.offer([("", _("Chưa trả lời")), (1, _("Đạt")), (0, _("Chưa đạt"))])
        self.answer.chosen.connect(self._answered)
        self.people = Chooser(name=_("Người phụ trách"), width=220)
        self.people.chosen.connect(
            lambda who: self._do(store.set_responsible, str(who), toast=_("Đã phân công"))
        )
        self.note = QLineEdit()
        self.note.setFont(font(BODY))
        self.note.setMaxLength(NOTE_LETTERS)
        self.note.setAccessibleName(_("Ghi chú"))
        self.note.editingFinished.connect(self._write_note)

    def _lay_out(self) -> None:
        self.drop = button(_("Bỏ"), kind="low", icon="trash", on=self._drop)
        self._edits: tuple[QWidget, ...] = (
            self.points,
            self.answer,
            self.take,
            self.people,
            self.note,
            *(
                button(_("Thêm tệp"), kind="low", icon="clip", on=self.add_file),
                button(_("Đường dẫn"), kind="low", on=lambda: self._ask_words("link")),
                button(_("Ghi chú"), kind="low", on=lambda: self._ask_words("note")),
                self.drop,
            ),
        )
        column = stack(self.title, self.origin, spacing=8, pad=(16, 12, 16, 12))
        column.addLayout(bar(self.points, self.answer, self.most, None))
        column.addWidget(self.trouble)
        column.addLayout(self._side_by_side(self.proposed, self.take))
        column.addLayout(_named(_("Người phụ trách"), self.people))
        column.addLayout(_named(_("Ghi chú"), self.note))
        column.addWidget(rule())
        column.addWidget(self.pieces, 1)
        column.addLayout(bar(*self._edits[5:], None, spacing=4))
        self.setLayout(column)

    def _side_by_side(self, words: QWidget, press: QWidget) -> QHBoxLayout:
        row = bar()
        row.addWidget(words, 1)
        row.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # -- showing

    def show_line(self, line: ScoreLine | None, self_score: SelfScore, proposal: Proposal | None) -> None:
        """Show a line of a year; what was typed and not written is dropped when it is another line."""
        same = line is not None and self._line is not None and line.code == self._line.code
        self._line, self._score, self._proposal = line, self_score, proposal
        show_inside(self, line is not None)
        if line is None:
            return
        self.title.setText(f"{line.code}. {line.title}")
        self.origin.setText(_origin(line))
        self.origin.setVisible(bool(self.origin.text()))
        self._show_points(line, keep=same and bool(self.trouble.text()))
        self._show_proposal(line)
        everybody: list[tuple[object, str]] = [("", _("Chưa phân công"))]
        self.people.offer(
            [*everybody, *((member.id, member.name) for member in members(self._desk.db))], line.staff_id
        )
        if not (same and self.note.hasFocus()):
            self.note.setText(line.note)
        self.pieces.set_rows(
            store_evidence.evidence(self._desk.db, self_score.year, line.code), key=lambda x: x.id
        )
        for edit in self._edits:
            edit.setEnabled(self._open_for_scoring())
        self._offer_drop()

    def _open_for_scoring(self) -> bool:
        return self._score is not None and self._score.report.stage in ("new", "scoring")

    def _offer_drop(self) -> None:
        """A piece of evidence is taken away once it is chosen."""
        self.drop.setEnabled(self._open_for_scoring() and self.pieces.current() is not None)

    def _show_points(self, line: ScoreLine, *, keep: bool) -> None:
        scored = line.item is not None
        self.points.setVisible(scored)
        self.answer.setVisible(not scored)
        self.most.setText(
            _("tối đa {max} điểm").format(max=show_points(line.item.maximum))
            if line.item
            else _("bắt buộc, không tính điểm")
        )
        if line.last is not None and line.item:
            self.most.setText(
                _("{most}, năm trước {last}").format(most=self.most.text(), last=show_points(line.last))
            )
        if not keep:
            self.points.setText("" if line.points is None else show_points(line.points))
            self._say("")
        self.answer.choose("" if line.met is None else int(line.met))

    def _show_proposal(self, line: ScoreLine) -> None:
        proposal = self._proposal
        offered = proposal.points if proposal else None
        self.proposed.setText(proposal.words if proposal else "")
        self.proposed.setVisible(proposal is not None)
        self.take.setVisible(offered is not None and offered != line.points)
        self.take.setText(
            "" if offered is None else _("Lấy {points} điểm").format(points=show_points(offered))
        )
        self.take.setToolTip(_("Đề xuất của chương trình theo tỉ lệ, không phải quy định"))

    # -- writing

    def start(self) -> None:
        """Put the keyboard where the line is answered."""
        if self._line is not None and self._line.item is not None:
            self.points.setFocus(Qt.FocusReason.OtherFocusReason)
            self.points.selectAll()
        else:
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        if self._write_points():
            self.stepped.emit()

    def _write_points(self) -> bool:
        """Store what is typed, if it differs; False when it is refused, with the reason under it."""
        line, self_score = self._line, self._score
        if line is None or line.item is None or self_score is None:
            return True
        try:
            typed = parse_points(self.points.text()) if self.points.text().strip() else None
            problem = (
                None if typed is None else check_points(line.item, typed, step=self_score.edition.index.step)
            )
            if problem:
                raise Refused(problem)
        except Refused as no:
            self._say(f"{no.message} {no.next}")
            return False
        self._say("")
        if typed != line.points:
            self._do(store.score_item, typed)
        return True

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _answered(self, met: object) -> None:
        self._do(store.answer_condition, None if met == "" else bool(met))

    def _take(self) -> None:
        if self._proposal is not None:
            self._do(store.score_item, self._proposal.points, toast=_("Đã lấy điểm đề xuất"))

    def _write_note(self) -> None:
        if self._line is not None and self.note.text().strip() != self._line.note:
            self._do(store.set_note, self.note.text())

    def _do(self, action: Callable[..., object], value: object, *, toast: str = "") -> None:
        if self._line is not None:
            self._desk.do(action, self._desk.year, self._line.code, value, toast=toast)

    # -- evidence

    def add_file(self) -> None:
        """Choose a file as evidence."""
        path = self._desk.choose_file(_("Chọn tệp minh chứng"), _("Mọi tệp (*)"))
        if path is not None:
            self._keep(path)

    def _keep(self, path: Path) -> None:
        if self._line is not None:
            toast = _("Đã thêm {name}").format(name=path.name)
            self._desk.do(store_evidence.add_file, self._desk.year, self._line.code, path, toast=toast)

    def _ask_words(self, kind: str) -> None:
        line = self._line
        if line is None:
            return
        title = _("Thêm đường dẫn") if kind == "link" else _("Thêm ghi chú minh chứng")
        asked = replace(store_evidence.WORDS[kind], required=True)

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            words = (line.code, kind, str(values["text"] or ""))
            return self._desk.do(
                store_evidence.add_words,
                self._desk.year,
                *words,
                toast=_("Đã thêm minh chứng"),
                on_problems=problems,
            )

        dialog = FormDialog(title, [asked], yes=_("Thêm"), action=action)
        dialog.start({"text": "https://" if kind == "link" else ""})

    def _drop(self) -> None:
        piece: Evidence | None = self.pieces.current()
        if piece is not None:
            self._desk.do(store_evidence.drop_evidence, piece.id, toast=_("Đã bỏ minh chứng"))

    def _open(self, piece: Evidence) -> None:
        if piece.kind == "link":
            QDesktopServices.openUrl(QUrl(piece.text))
        elif piece.kind == "file":
            self._save(piece)

    def _save(self, piece: Evidence) -> None:
        from edudesk.dx.bundle import save_file

        path = self._desk.save_file(_("Ghi tệp minh chứng ra"), piece.name, _("Mọi tệp (*)"))
        if path is not None:
            toast = _("Đã ghi tệp {name}").format(name=path.name)
            self._desk.do(save_file, piece, path, toast=toast)


def _origin(line: ScoreLine) -> str:
    lines = []
    if line.item and line.item.title != line.criterion.title:
        lines.append(
            _("Tiêu chí {code}: {title}").format(code=line.criterion.code, title=line.criterion.title)
        )
    if line.criterion.evidence:
        lines.append(_("Minh chứng: {words}").format(words=line.criterion.evidence))
    if not line.verified:
        lines.append(_("Chưa đối chiếu văn bản gốc."))
    return "\n".join(lines)


def _wrapping(made: QLabel) -> QLabel:
    made.setWordWrap(True)
    return made


def _named(words: str, widget: QWidget) -> QVBoxLayout:
    above = label(words, role="text2")
    above.setBuddy(widget)
    return stack(above, widget, spacing=3)
