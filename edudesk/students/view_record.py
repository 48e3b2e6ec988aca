"""One pupil's record in the drawer: each field is kept as soon as it is left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from edudesk.kernel.calendar import parse_date, show_date, year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Value
from edudesk.kernel.words import _
from edudesk.school.store_subjects import class_subjects
from edudesk.students import store, store_status
from edudesk.students.fields import BY_KEY
from edudesk.students.idnumber import check_id_number
from edudesk.students.store import Pupil
from edudesk.students.view_list import STATUS_NAMES
from edudesk.ui.boxes import ComboBox
from edudesk.ui.desk import Desk
from edudesk.ui.drawer import Drawer
from edudesk.ui.form import Form
from edudesk.ui.parts import button, label, set_role, stack

OWN = (
    ("name",), ("birth_date", "sex"), ("personal_number",), ("ethnic", "nationality"), ("birth_place", "policy"),
    ("home",), ("phone", "code"), ("note",),
)  # fmt: skip
FAMILY = (("father_name",), ("mother_name",), ("guardian_name",))


def form_of(rows: Sequence[Sequence[str]]) -> Form:
    """A form of the pupils' fields, lines as given."""
    return Form([BY_KEY[key] for row in rows for key in row], rows=rows)


class RecordDrawer(Drawer):
    """The record of `pupil`. `show_pupil` fills it; `actions` says what its buttons do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pupil: Pupil | None = None
        self._shown: dict[str, Value] = {}
        self.own, self.family = form_of(OWN), form_of(FAMILY)
        self._history = QWidget()
        self._choices = QWidget()
        self.add_tab(_("Hồ sơ"), self.own)
        self.add_tab(_("Gia đình"), self.family)
        self.add_tab(_("Quá trình"), self._history)
        self.add_tab(_("Môn lựa chọn"), self._choices)
        self.move_button = button(_("Chuyển lớp"), icon="swap")
        self.status_button = button(_("Đổi trạng thái"), icon="user")
        self.set_buttons([self.move_button, self.status_button])
        for form in (self.own, self.family):
            for key, box in form.boxes.items():
                keep = partial(self._keep, form, key)
                if isinstance(box.input, QLineEdit):
                    box.input.editingFinished.connect(keep)
                elif isinstance(box.input, ComboBox):
                    box.input.activated.connect(lambda _place, keep=keep: keep())

    def show_pupil(self, pupil: Pupil) -> None:
        """Fill with a pupil's record; a field being corrected is left alone when it is the same pupil."""
        fresh = self.pupil is None or self.pupil.id != pupil.id
        self.pupil = pupil
        stored = store.record(self.desk.db, pupil.id)
        code = f" · {pupil.code}" if pupil.code else ""
        place = _("số {n}").format(n=pupil.number) if pupil.number else _("chưa có số")
        self.set_title(pupil.name, f"{pupil.class_name} · {place}{code}")
        for form in (self.own, self.family):
            if fresh:
                form.set_values(stored)
                continue
            for key, box in form.boxes.items():
                if stored[key] != self._shown.get(key):
                    box.put(stored[key])
                    box.say("")
        if fresh:
            self._note("")
        self._shown = dict(stored)
        self._doubt()
        self._refill()

    def _keep(self, form: Form, key: str) -> None:
        box = form.boxes[key]
        if self.pupil is None:
            return
        try:
            value = box.field.parse(box.raw())
        except Refused as no:
            self._show_problems(form, key, no.problems)  # the keyboard goes on: nobody is held in a field
            return
        if value == self._shown.get(key):
            return
        box.say("")
        show_problems = partial(self._show_problems, form, key)
        if self.desk.do(store.save_pupil, self.pupil.id, {key: value}, on_problems=show_problems) is not None:
            self._shown[key] = value
            self._note(_("Đã lưu {time}").format(time=QTime.currentTime().toString("HH:mm")))

    def _show_problems(self, form: Form, key: str, problems: Sequence[Problem]) -> None:
        for problem in problems:
            form.boxes[key].say(f"{problem.message} {problem.next}".strip())

    def _note(self, text: str) -> None:
        self.note.setText(text)
        set_role(self.note, "role", "ok")

    def _doubt(self) -> None:
        """Say under the number what its digits and the rest of the record disagree on."""
        number, born = self._shown.get("personal_number"), self._shown.get("birth_date")
        box = self.own.boxes["personal_number"]
        if not number or box.input.hasFocus():
            return
        day = parse_date(str(born)) if born else None
        sex = str(self._shown["sex"]) if self._shown.get("sex") else None
        doubts = check_id_number(str(number), day, sex).warnings
        box.say(" ".join(problem.message for problem in doubts), bad=False)

    # -- the other tabs

    def _refill(self) -> None:
        assert self.pupil is not None
        _refilled(self._history, self._events(self.pupil))
        _refilled(self._choices, self._electives(self.pupil))

    def _events(self, pupil: Pupil) -> list[QWidget]:
        widgets: list[QWidget] = [label(_("Lớp đã học"), bold=True)]
        for year, class_name in store.class_history(self.desk.db, pupil.id):
            widgets.append(
                label(_("Năm học {year}: lớp {name}").format(year=year_name(year), name=class_name))
            )
        widgets.append(label(_("Thay đổi trạng thái"), bold=True))
        events = store_status.status_events(self.desk.db, pupil.id)
        for day, kind, note in events:
            message = f"{show_date(day)} · {_(STATUS_NAMES[kind])}" + (f" · {note}" if note else "")
            widgets.append(_wrapped(message))
        if not events:
            widgets.append(_wrapped(_("Chưa có thay đổi nào: em học từ đầu năm."), role="text2"))
        return widgets

    def _electives(self, pupil: Pupil) -> list[QWidget]:
        chosen = [
            lesson for lesson in class_subjects(self.desk.db, pupil.class_id) if lesson.taken == "chosen"
        ]
        if not chosen:
            message = _("Lớp này học chung mọi môn. Đặt môn cho từng em chọn trong trang Trường lớp.")
            return [_wrapped(message, role="text2")]
        choices = store_status.elective_choices(self.desk.db, self.desk.year, [pupil.id])
        widgets: list[QWidget] = [_wrapped(_("Môn em này học:"), role="text2")]
        for taught in chosen:
            tick = QCheckBox(taught.name)
            tick.setChecked(choices.get((pupil.id, taught.code), (False, False))[0])
            tick.clicked.connect(partial(self._choose, pupil, taught.code, tick))
            widgets.append(tick)
        return widgets

    def _choose(self, pupil: Pupil, code: str, tick: QCheckBox) -> None:
        action = store_status.choose_elective
        done = self.desk.do(action, self.desk.year, pupil.id, code, takes=tick.isChecked())
        if done is None:
            self._refill()


def _wrapped(text: str, role: str = "") -> QWidget:
    made = label(text, role=role)
    made.setWordWrap(True)
    return made


def _refilled(holder: QWidget, things: Sequence[QWidget]) -> None:
    """Put other widgets into a holder."""
    old = holder.layout()
    if old is not None:
        QWidget().setLayout(old)
    holder.setLayout(stack(*things, None))


class NewPupil(Drawer):
    """A blank record; nothing is kept until its button is pressed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.class_id = ""
        self.form = form_of(OWN)
        self.set_title(_("Thêm học sinh"))
        for arrow in self.arrows:
            arrow.hide()
        self.add_tab(_("Hồ sơ"), self.form)
        self.add = button(_("Thêm"), kind="main", icon="plus", on=self._add)
        self.set_buttons([button(_("Thôi"), on=self.closed.emit), self.add])

    def start(self, class_id: str, class_name: str) -> None:
        """Begin a record for a class."""
        self.class_id = class_id
        self.set_title(_("Thêm học sinh"), _("vào lớp {name}").format(name=class_name))
        self.form.set_values({"nationality": _("Việt Nam")})
        self.form.start()

    def _add(self) -> None:
        try:
            values = self.form.values()
        except Refused:
            return
        done = self.desk.do(
            store.add_pupil, self.desk.year, self.class_id, values,
            toast=_("Đã thêm {name}").format(name=values["name"]), on_problems=self.form.problems,
        )  # fmt: skip
        if done is not None:
            self.form.set_values({"nationality": _("Việt Nam")})
            self.form.start()
