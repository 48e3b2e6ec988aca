"""The form for a teacher without the program: written for a page, a class or a teacher; read back with a preview."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from edudesk.gradebook.entry.page_key import PageKey, page_name, term_words
from edudesk.gradebook.exchange.form_template import FormPage, Template
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.marks import SheetKey
from edudesk.kernel.errors import Failure, Problem, Refused
from edudesk.kernel.field import Field, Value
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import N_, _
from edudesk.school.store import class_by_id, classes
from edudesk.school.store_subjects import class_subjects
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems

EXCEL = "Excel (*.xlsx)"
READS = "*.xlsx *.xlsm *.ods *.xls"


def save_form(desk: Desk, place: PageKey, name: str) -> None:
    """“Lấy phiếu nhập điểm (Excel)…”: for the page that is open, its class, or all of its teacher's pages."""
    if not place.term:
        desk.toast(_("Phiếu nhập điểm lập theo từng học kì. Chọn học kì ở trên."))
        return
    choices = _whose(desk.db, place)
    field = Field("what", N_("Phiếu cho"), "choice", choices=choices, required=True)
    sentence = _(
        "Thầy cô nhập ở nhà bằng Excel rồi gửi lại tệp; chỉ các ô điểm sửa được. "
        "Khi đọc lại, EduDesk cho xem trước từng ô."
    )
    action = partial(_save, desk, place, name)
    dialog = FormDialog(
        _("Lấy phiếu nhập điểm"), [field], yes=_("Lấy phiếu…"), action=action, sentence=sentence
    )
    dialog.start({"what": "page"})


def _whose(db: Database, place: PageKey) -> tuple[tuple[str, str], ...]:
    name = class_by_id(db, place.class_id).name
    taught = next(lesson for lesson in class_subjects(db, place.class_id) if lesson.code == place.code)
    choices = [
        ("page", _("{subject} · lớp {name}").format(subject=taught.name, name=name)),
        ("class", _("Mọi môn của lớp {name}").format(name=name)),
    ]
    teacher = names(db).get(taught.teacher_id or "")
    if teacher:
        choices.append(("teacher", _("Mọi lớp, mọi môn của {teacher}").format(teacher=teacher)))
    return tuple(choices)


def _save(desk: Desk, place: PageKey, name: str, values: dict[str, Value], _told: OnProblems) -> object:
    """Ask where to, then write in the background; None (and words) when it cannot be."""
    what = str(values["what"])
    titled = {"page": name, "class": _class_title(desk.db, place), "teacher": _teacher_title(desk.db, place)}
    path = desk.save_file(_("Lấy phiếu nhập điểm"), _("Phiếu {name}.xlsx").format(name=titled[what]), EXCEL)
    if path is None:
        return None
    path = path if path.suffix else path.with_suffix(".xlsx")
    db = desk.db

    def job(progress: Progress) -> Path:
        from edudesk.gradebook.exchange.form import write_form

        progress.step(0, 1, path.name)
        with closing(db.clone()) as twin:
            write_form(twin, path, _pages(twin, place, what))
        return path

    def done(made: Path) -> None:
        desk.toast(_("Đã ghi phiếu {name}").format(name=made.name))

    desk.work.run(_("Lấy phiếu nhập điểm"), job, done, failed=lambda no: desk.alert(no.problems))
    return path


def _class_title(db: Database, place: PageKey) -> str:
    return f"{_('Lớp {name}').format(name=class_by_id(db, place.class_id).name)} {term_words(place.term)}"


def _teacher_title(db: Database, place: PageKey) -> str:
    return f"{names(db).get(_teacher(db, place), '')} {term_words(place.term)}"


def _teacher(db: Database, place: PageKey) -> str:
    teacher_ids = (
        taught.teacher_id for taught in class_subjects(db, place.class_id) if taught.code == place.code
    )
    return next(teacher_ids, None) or ""


def _pages(db: Database, place: PageKey, what: str) -> list[SheetKey]:
    from edudesk.gradebook.exchange.form import class_pages, teacher_pages

    if what == "class":
        return class_pages(db, place.class_id, place.term)
    if what == "teacher":
        return teacher_pages(db, place.year, _teacher(db, place), place.term)
    return [SheetKey(place.class_id, place.code, place.term)]


# -- reading back


def open_form(desk: Desk, place: PageKey, parent: QWidget) -> None:
    """“Đọc phiếu nhập điểm…”: choose a file, look whose it is, show what it would do."""
    path = desk.choose_file(_("Chọn phiếu nhập điểm"), _("Bảng tính ({kinds})").format(kinds=READS))
    if path is not None:
        read_form(desk, place, parent, path)


def read_form(desk: Desk, place: PageKey, parent: QWidget, path: Path) -> None:
    """Show what a file would do; a form of another page is offered where it belongs, a damaged one as a sheet."""
    try:
        template = _template(desk.db, path)
    except Refused as no:
        if no.code not in ("FORM_DAMAGED", "FORM_MISSING"):
            desk.alert(no.problems)
        elif desk.ask(_("Nhập tệp này như một bảng điểm thường?"), yes=_("Xem trước"), detail=no.message):
            _preview(desk, parent, path, plain=True)
        return
    except Failure as no:
        desk.alert(no.problems)
        return
    if not _is_here(place, template):
        _offer(desk, template, parent, path)
        return
    _preview(desk, parent, path)


def _template(db: Database, path: Path) -> Template:
    from edudesk.gradebook.exchange.form_file import read_template
    from edudesk.gradebook.exchange.form_read import require_ours

    template = read_template(path)
    if template is None:
        message = _("Tệp này không phải phiếu nhập điểm của EduDesk.")
        raise Refused(Problem("FORM_MISSING", message))
    require_ours(db, template)
    return template


def _is_here(place: PageKey, template: Template) -> bool:
    return any((page.year, page.term, page.class_id, page.code) == place for page in template.pages)


def _offer(desk: Desk, template: Template, parent: QWidget, path: Path) -> None:
    """A form of another page than the open one: say so, and go there if that is wanted."""
    page = next((sheet for sheet in template.pages if _there(desk.db, sheet)), None)
    if page is None:
        message = _("Phiếu này của lớp {name}, mà trường không còn lớp ấy.")
        name = template.pages[0].class_name if template.pages else "–"
        desk.alert([Problem("CLASS_UNKNOWN", message.format(name=name), next=_("Chọn phiếu khác."))])
        return
    question = _("Phiếu này không phải của trang đang mở.")
    detail = _("Phiếu của {page}. Mở trang đó rồi xem trước phiếu?").format(page=page_name(page))
    if desk.ask(question, yes=_("Mở trang đó"), detail=detail):
        desk.set_season(year=page.year, term=page.term)
        desk.go(GradebookPlace(class_id=page.class_id, code=page.code))
        _preview(desk, parent, path)


def _there(db: Database, page: FormPage) -> bool:
    return any(school_class.id == page.class_id for school_class in classes(db, page.year))


def _preview(desk: Desk, parent: QWidget, path: Path, *, plain: bool = False) -> None:
    """Work the plan out in the background, then show it."""
    from edudesk.gradebook.entry.form_preview import FormPlanDialog
    from edudesk.gradebook.exchange.form_plain import plan_plain
    from edudesk.gradebook.exchange.form_read import FormPlan, plan_form

    db, year = desk.db, desk.year

    def job(progress: Progress) -> FormPlan:
        with closing(db.clone()) as twin:
            if plain:
                return plan_plain(twin, path, year=year, progress=progress)
            return plan_form(twin, path, progress=progress)

    def done(plan: FormPlan) -> None:
        FormPlanDialog(desk, plan, parent).open()

    failed: Callable[[Failure], object] = lambda no: desk.alert(no.problems)  # noqa: E731
    desk.work.run(_("Đọc {file}").format(file=path.name), job, done, failed=failed)
