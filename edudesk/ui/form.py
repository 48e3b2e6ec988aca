"""Forms from a list of fields: label above, value, and what is wrong right under it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, Value
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.ui.boxes import ComboBox
from edudesk.ui.parts import bar, icon_label, label, set_role
from edudesk.ui.theme import BODY, font

_HINTS = {"date": "dd/mm/yyyy", "phone": "0912 345 678"}
_LONG = 12  # choices from which one may type into the combo to find


class FieldBox(QWidget):
    """One field of a form."""

    edited = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.input = _INPUTS.get(field.kind, _line)(field)
        self.input.setAccessibleName(_(field.label))
        above = "" if field.kind == "flag" else _(field.label) + (" *" if field.required else "")
        words = label(above, role="text2")
        words.setBuddy(self.input)
        if not above:
            words.hide()
        self._sign = icon_label("refused", 14, "bad")
        self._message = label("", role="bad")
        self._message.setWordWrap(True)
        self._trouble = QWidget()
        line = bar(self._sign, self._message, spacing=6)
        line.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        self._trouble.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (words, self.input, self._trouble):
            column.addWidget(widget)
        column.addStretch(1)
        self._trouble.hide()
        _connect(self.input, lambda: self.edited.emit(field.key))
        if isinstance(self.input, QLineEdit):
            # said after the edit that was cut, which takes away what stood under the field
            self.input.inputRejected.connect(lambda: QTimer.singleShot(0, self, self._say_full))

    def raw(self) -> object:
        """What stands in the field, unread."""
        if isinstance(self.input, QCheckBox):
            return "1" if self.input.isChecked() else "0"
        if isinstance(self.input, ComboBox):
            place = self.input.findText(self.input.currentText())
            return self.input.itemData(place) if place >= 0 else self.input.currentText()
        assert isinstance(self.input, QLineEdit)
        return self.input.text()

    def put(self, value: Value) -> None:
        """Show a stored value."""
        if isinstance(self.input, QCheckBox):
            self.input.setChecked(bool(value))
        elif isinstance(self.input, ComboBox):
            self.input.setCurrentIndex(max(self.input.findData("" if value is None else str(value)), 0))
        elif isinstance(self.input, QLineEdit):
            text = self.field.show(value)
            self.input.setMaxLength(
                max(self.input.maxLength(), len(text))
            )  # what is kept is not cut by looking
            self.input.setText(text)

    def _say_full(self) -> None:
        """What was typed or pasted beyond the last letter is not there: say so."""
        most = self.field.keeps.letters
        if most is not None:
            message = _("Ô này nhận nhiều nhất {most} chữ cái; phần sau không được nhận.")
            self.say(message.format(most=thousands(most)), bad=False)

    def say(self, text: str, *, bad: bool = True) -> None:
        """Put a sentence under the field: refused, or (not `bad`) worth a second look; "" takes it away."""
        set_role(self.input, "state", ("bad" if bad else "ask") if text else "")
        set_role(self._message, "role", "bad" if bad else "ask")
        self._sign.drawing = ("refused" if bad else "triangle", 14, "bad" if bad else "ask")
        self._message.setText(text)
        self.input.setAccessibleDescription(text)
        self._trouble.setVisible(bool(text))


class Form(QWidget):
    """`rows` groups keys that share a line; without it every two short fields do. `edited(key)` on a person's change."""

    edited = Signal(str)

    def __init__(self, fields: Sequence[Field], *, rows: Sequence[Sequence[str]] = ()) -> None:
        super().__init__()
        self.boxes = {field.key: FieldBox(field) for field in fields}
        self._lines = [list(row) for row in rows] or _pairs(fields)
        table = QGridLayout(self)
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(12)
        table.setVerticalSpacing(9)
        for line, keys in enumerate(self._lines):
            for place, key in enumerate(keys):
                table.addWidget(self.boxes[key], line, place * (12 // len(keys)), 1, 12 // len(keys))
        for column in range(12):
            table.setColumnStretch(column, 1)
        table.setRowStretch(len(self._lines), 1)
        for box in self.boxes.values():
            box.edited.connect(self._touched)

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show a record's stored values; fields it does not name are emptied."""
        for key, box in self.boxes.items():
            box.put(values.get(key))
            box.say("")

    def values(self) -> dict[str, Value]:
        """The values to store. Raises Refused with every field's problem, which stand under their fields too."""
        problems: list[Problem] = []
        values: dict[str, Value] = {}
        for key, box in self.boxes.items():
            try:
                values[key] = box.field.parse(box.raw())
                box.say("")
            except Refused as no:
                problems += [replace(problem, field=key) for problem in no.problems]
        if problems:
            self.problems(problems)
            raise Refused(*problems)
        return values

    def problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Show each under its field and go to the first; answers those that belong to no field."""
        strangers = [problem for problem in problems if problem.field not in self.boxes]
        mine = [problem for problem in problems if problem.field in self.boxes]
        for problem in mine:
            self.boxes[problem.field].say(f"{problem.message} {problem.next}".strip())
        if mine:
            self.boxes[mine[0].field].input.setFocus(Qt.FocusReason.OtherFocusReason)
        return strangers

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self.boxes[self._lines[0][0]].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _touched(self, key: str) -> None:
        self.boxes[key].say("")
        self.edited.emit(key)


def _pairs(fields: Sequence[Field]) -> list[list[str]]:
    """Two short fields a line, a wide one (from 240 px) alone."""
    lines: list[list[str]] = []
    open_line: list[str] | None = None
    for field in fields:
        if field.width >= 240:
            lines.append([field.key])
            open_line = None
        elif open_line is None:
            open_line = [field.key]
            lines.append(open_line)
        else:
            open_line.append(field.key)
            open_line = None
    return lines


def _line(field: Field) -> QWidget:
    made = QLineEdit()
    made.setMaxLength(field.keeps.letters or made.maxLength())
    made.setFont(font(BODY))
    made.setPlaceholderText(_HINTS.get(field.kind, ""))
    return made


def _combo(field: Field) -> QWidget:
    made = ComboBox()
    made.setProperty("kind", "field")
    made.setFont(font(BODY))
    made.setMinimumContentsLength(6)
    made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.view().setAccessibleName(_(field.label))
    made.addItem("", "")
    for code, text in field.choices:
        made.addItem(_(text), code)
    if len(field.choices) >= _LONG:
        made.setEditable(True)
        made.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        inside = QLineEdit()
        inside.setAccessibleName(_(field.label))
        made.setLineEdit(inside)
        completer = QCompleter([_(text) for _code, text in field.choices], made)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCompleter(completer)
    return made


def _flag(field: Field) -> QWidget:
    made = QCheckBox(_(field.label))
    made.setFont(font(BODY))
    made.setFixedHeight(28)
    return made


def _money(field: Field) -> QWidget:
    """A line whose sum has dots between thousands as soon as it is left."""
    made = _line(field)
    assert isinstance(made, QLineEdit)

    def dotted() -> None:
        with suppress(Refused):
            made.setText(field.show(field.parse(made.text())))

    made.editingFinished.connect(dotted)
    return made


_INPUTS: dict[str, Callable[[Field], QWidget]] = {"choice": _combo, "flag": _flag, "money": _money}


def _connect(made: QWidget, action: Callable[[], object]) -> None:
    if isinstance(made, QCheckBox):
        made.clicked.connect(lambda: action())
    elif isinstance(made, ComboBox):
        made.activated.connect(lambda _place: action())
        made.editTextChanged.connect(lambda _text: action() if made.hasFocus() else None)
    elif isinstance(made, QLineEdit):
        made.textEdited.connect(lambda _text: action())
