"""The sheet to read a column back from, once its last mark is there or by F7."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QVBoxLayout, QWidget

from edudesk.gradebook.anomalies.readback import Against, ReadBack
from edudesk.gradebook.entry.page_key import term_words
from edudesk.gradebook.register.sheet import SheetLine
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.words import mark_text_in
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.charts import Histogram
from edudesk.ui.parts import bar, button, frame, icon_label, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE

SIDE, WIDE, HIGH = 320, 760, 690
PASSES = {"D": N_("Đạt"), "CD": N_("Chưa đạt")}
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
MOST_ASKED = 3  # questions said before "và … câu hỏi nữa"


class ReadBackDialog(QDialog):
    """Figures at the left, the marks in order at the right. `checked()` is done by “Đã soát”, `print_()` by printing.

    Whoever types on without a look at it goes on in the grid: the sheet makes room, and `type_on(event)` gets the key.
    """

    def __init__(
        self,
        back: ReadBack,
        parent: QWidget,
        *,
        checked: Callable[[], object],
        print_: Callable[[], object],
        type_on: Callable[[QKeyEvent], object],
        before: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._checked = checked
        self._type_on = type_on
        sheet = back.sheet
        title = _("Soát lại cột {column}").format(column=back.column.label)
        self.setWindowTitle(title)
        where = f"{_('Lớp {name}').format(name=sheet.roll.class_name)} · {sheet.course.name} · {term_words(sheet.term)}"
        self.table = _marks(back)
        self.yes = button(_("Đã soát"), kind="main", icon="check", on=self._done)
        self.yes.setDefault(True)
        middle = bar(_side(back), spacing=20)
        middle.addWidget(self.table, 1)
        column = stack(label(title, points=TITLE, bold=True), spacing=8, pad=(20, 16, 20, 16))
        column.addWidget(label(" · ".join(filter(None, (where, before))), role="text2", points=BODY))
        column.addLayout(middle, 1)
        printing = button(_("In để soát"), icon="printer", on=print_)
        column.addLayout(bar(printing, None, button(_("Đóng"), on=self.reject), self.yes))
        self.setLayout(column)
        room = parent.window()
        self.resize(min(WIDE, room.width() - 40), min(HIGH, room.height() - 40))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.text().strip() and event.text().isprintable() and not event.modifiers() & _COMMAND:
            self.reject()
            self._type_on(event)
        else:
            super().keyPressEvent(event)

    def _done(self) -> None:
        self._checked()
        self.accept()


def _marks(back: ReadBack) -> RecordTable:
    """Number, name and mark in order, for reading out; what is asked about is amber."""
    asked = {
        pupil: question.sentence
        for question in back.questions
        for pupil in question.pupils
        if len(question.pupils) < 3
    }

    def style(line: SheetLine) -> CellStyle:
        text = mark_text_in(back.column.slot, back.mark(line))
        return CellStyle(
            text,
            "right",
            bold=True,
            owed=not text,
            ask=line.pupil_id in asked,
            tip=asked.get(line.pupil_id, ""),
        )

    table = RecordTable(
        [
            Column("number", _("STT"), lambda line: str(line.number or ""), 44, "right"),
            Column("name", _("Họ và tên"), lambda line: line.name, 0, names=True),
            Column(
                "mark",
                back.column.label,
                lambda line: mark_text_in(back.column.slot, back.mark(line)),
                84,
                "right",
                style=style,
            ),
        ]
    )
    table.setAccessibleName(_("Điểm theo thứ tự để đọc soát"))
    table.set_rows(back.lines, key=lambda line: line.pupil_id)
    return table


def _side(back: ReadBack) -> QWidget:
    """The figures, the ends, the column before, and what is asked."""
    side = QWidget()
    side.setFixedWidth(SIDE)
    column = stack(spacing=12)
    column_figures = back.read
    if column_figures is not None:
        bars = Histogram()
        bars.set_bins(column_figures.bins)
        column.addWidget(bars)
        column.addLayout(
            _three(len(back.lines), column_figures.count, column_figures.mean, column_figures.median)
        )
        column.addLayout(_ends(back))
    else:
        given = [back.mark(line) for line in back.lines]
        signs = STAGES if back.sheet.course.kind == CourseKind.PRIMARY else PASSES
        for sign, words in signs.items():
            column.addLayout(_pair(_(words), str(given.count(sign))))
    if back.missing:
        column.addLayout(_pair(_("Còn thiếu"), str(back.missing)))
    if back.before is not None:
        column.addWidget(_wrapped(_against(back.before)))
    column.addLayout(_questions(back))
    column.addStretch(1)
    side.setLayout(column)
    return side


def _three(owing: int, count: int, mean: int | None, median: int | None) -> QGridLayout:
    table = QGridLayout()
    table.setSpacing(0)
    values = (f"{count}/{owing}", _tenths(mean), _tenths(median))
    for place, (value, words) in enumerate(
        zip(values, (_("bài"), _("trung bình"), _("trung vị")), strict=True)
    ):
        table.addWidget(label(value, points=TITLE, bold=True), 0, place)
        table.addWidget(label(words, role="text2"), 1, place)
    return table


def _tenths(value: int | None) -> str:
    return "–" if value is None else show_tenths(value)


def _ends(back: ReadBack) -> QLayout:
    """The five highest beside the five lowest, with names."""
    sides = bar(spacing=16)
    for words, lines in ((_("Cao nhất"), back.best), (_("Thấp nhất"), back.worst)):
        column: QVBoxLayout = stack(label(words, bold=True), spacing=2)
        for line in lines:
            column.addWidget(label(f"{mark_text_in(back.column.slot, back.mark(line))}  {_short(line.name)}"))
        column.addStretch(1)
        sides.addLayout(column, 1)
    return sides


def _short(name: str) -> str:
    """The last two words of a name: what a teacher calls a pupil in class."""
    return " ".join(name.split()[-2:])


def _pair(words: str, value: str) -> QLayout:
    return bar(label(words, role="text2", points=BODY), None, label(value, points=TITLE, bold=True))


def _against(before: Against) -> str:
    words = _("So với {column} (trung bình {mean}): {rose} em lên hơn 2 điểm, {fell} em xuống hơn 2 điểm.")
    return words.format(
        column=before.label, mean=show_tenths(before.mean), rose=before.rose, fell=before.fell
    )


def _questions(back: ReadBack) -> QVBoxLayout:
    column: QVBoxLayout = stack(spacing=6)
    if not back.questions:
        column.addLayout(
            bar(icon_label("check", 14, "ok"), label(_("Không có điểm nào phải hỏi."), role="ok"), None)
        )
        return column
    lines: Sequence[str] = [asked.sentence for asked in back.questions]
    more = [_("và {n} câu hỏi nữa").format(n=len(lines) - MOST_ASKED)] if len(lines) > MOST_ASKED else []
    box = frame("ask")
    box.setLayout(
        stack(
            *(_wrapped(text, "ask") for text in (*lines[:MOST_ASKED], *more)), spacing=6, pad=(10, 8, 10, 8)
        )
    )
    column.addWidget(box)
    return column


def _wrapped(text: str, role: str = "text2") -> QWidget:
    """A paragraph as high as it needs at its width, which a layout only guesses."""
    words = label(text, role=role)
    words.setWordWrap(True)
    words.setFixedWidth(SIDE - 22)
    words.setFixedHeight(words.heightForWidth(SIDE - 22))
    return words
