"""What is done with one pupil or one class from the page, each after asking what must be known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel import checks
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school.store import SchoolClass
from edudesk.students import store, store_status
from edudesk.students.fields import STATUSES
from edudesk.students.report import class_list, class_list_paper
from edudesk.students.store import Pupil
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems

STATUS_FIELDS = (
    Field("kind", N_("Trạng thái"), "choice", choices=STATUSES, required=True),
    Field("on_date", N_("Từ ngày"), "date", required=True),
    Field("note", N_("Ghi chú"), width=240, stored=checks.NOTE),
)

KEYS = (
    ("F2, Enter", N_("Mở hồ sơ của em đang chọn")),
    ("Ctrl+N", N_("Thêm học sinh vào lớp đang xem")),
    ("Ctrl+F", N_("Tìm theo tên không dấu, số định danh, điện thoại")),
    ("Esc", N_("Đóng hồ sơ")),
)


def move_pupil(desk: Desk, pupil: Pupil, school_classes: Sequence[SchoolClass]) -> None:
    """Ask for the other class and move the pupil there."""
    others = tuple(
        (school_class.id, school_class.name)
        for school_class in school_classes
        if school_class.id != pupil.class_id
    )
    field = Field("class_id", N_("Lớp mới"), "choice", choices=others, required=True)

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        class_id = str(values["class_id"])
        toast = _("Đã chuyển {pupil} sang lớp {name}").format(pupil=pupil.name, name=dict(others)[class_id])
        return desk.do(store.move_to_class, pupil.id, desk.year, class_id, toast=toast, on_problems=problems)

    FormDialog(_("Chuyển lớp"), [field], yes=_("Chuyển"), action=action, sentence=pupil.name).start({})


def change_status(desk: Desk, pupil: Pupil) -> None:
    """Ask what became of the pupil and when."""

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        day = parse_date(str(values["on_date"]))
        toast = _("Đã đổi trạng thái của {name}").format(name=pupil.name)
        kind, note = str(values["kind"]), str(values["note"] or "")
        return desk.do(
            store_status.set_status,
            pupil.id,
            desk.year,
            kind,
            day,
            note=note,
            toast=toast,
            on_problems=problems,
        )

    sentence = _("{name}: em chuyển đi hoặc thôi học không còn nợ điểm từ ngày này.").format(name=pupil.name)
    dialog = FormDialog(_("Đổi trạng thái"), STATUS_FIELDS, yes=_("Ghi"), action=action, sentence=sentence)
    dialog.start({"kind": pupil.status, "on_date": _today_in(desk.year).isoformat()})


def _today_in(year: int) -> dt.date:
    """Today, or the first day of the school year when today is outside it."""
    today = dt.date.today()
    return today if dt.date(year, 8, 1) <= today <= dt.date(year + 1, 8, 31) else dt.date(year, 9, 5)


def print_list(desk: Desk, chosen: SchoolClass) -> None:
    """Write the class list where the person says."""
    name = _("Danh sách lớp {name}").format(name=chosen.name)
    path = desk.save_file(_("In danh sách lớp"), f"{name}.pdf", "PDF (*.pdf)")
    if path is None:
        return
    from edudesk.paper.document import write_pdf

    paper = class_list_paper(class_list(desk.db, desk.year, chosen.id))
    message = _("Đã ghi {file}").format(file=path.name)
    desk.work.run(name, lambda progress: write_pdf(path, paper, progress), lambda _n: desk.toast(message))
