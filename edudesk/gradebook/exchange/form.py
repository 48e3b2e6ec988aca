"""The form for a teacher without the program (“phiếu nhập điểm”): an Excel file whose mark cells alone can be written.

Filled in at home and brought back, it is read by `form_read`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edudesk.gradebook.exchange.form_template import HIDDEN, FormPage, FormRow, Template, encode
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.roll import TERMS, Course
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet
from edudesk.gradebook.rules.marks import OWED, is_owed, owed_letters
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.school.store import classes, letterhead
from edudesk.school.store_subjects import class_subjects
from edudesk.sheets.fillable import FillCell, FillSheet, InputRule, write_fillable
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.storage.identity import school_identity

NUMBER, NAME, NOTE = "form-number", "form-name", "form-note"  # hidden names of the columns that hold no marks
NUMBERS = (
    'OR({cell}&""="10",{cell}&""="10,0",{cell}&""="10.0",'
    'AND(LEN({cell})=1,COUNT(FIND(UPPER({cell}),"0123456789VPK"))=1),'
    "AND(LEN({cell})=3,"
    'COUNT(FIND(LEFT({cell}),"0123456789"),FIND(MID({cell},2,1),",."),FIND(RIGHT({cell}),"0123456789"))=3))'
)
TAB = 28  # letters that fit on a tab, with a number after them
WIDE = 7  # columns of marks from which the page lies on its side


@dataclass(frozen=True, slots=True)
class MadeForm:
    """What was written: the template, and how many cells wait to be filled."""

    template: Template
    empty: int


def class_pages(db: Database, class_id: str, term: int) -> list[SheetKey]:
    """Every subject of a class in a term, in the order of its plan."""
    return [SheetKey(class_id, taught.code, term) for taught in class_subjects(db, class_id)]


def teacher_pages(db: Database, year: int, teacher_id: str, term: int) -> list[SheetKey]:
    """Every page of the register that somebody teaches, by class and subject."""
    return [
        SheetKey(school_class.id, taught.code, term)
        for school_class in classes(db, year)
        for taught in class_subjects(db, school_class.id)
        if taught.teacher_id == teacher_id
    ]


def write_form(db: Database, path: Path, keys: Sequence[SheetKey]) -> MadeForm:
    """Write one workbook with a sheet for each page that has pupils.

    Raises Refused FORM_TERM, FORM_EMPTY, CLASS_UNKNOWN, SUBJECT_NOT_TAUGHT; Unavailable as `write_sheet`.
    """
    sheets = [_sheet(db, key) for key in keys]
    sheets = [sheet for sheet in sheets if sheet.lines]
    if not sheets:
        message = _("Không có môn nào có học sinh để lập phiếu.")
        raise Refused(Problem("FORM_EMPTY", message, next=_("Xem phân công giảng dạy và danh sách lớp.")))
    pages = tuple(_page(sheet, n) for n, sheet in enumerate(sheets, 1))
    template = Template(new_id(), school_identity(db), letterhead(db).school, db.wall(), pages)
    staff, titles = names(db), _titles(sheets)
    made = [
        _Paper(sheet, template, page, staff.get(sheet.course.teacher_id or "", "")).made(title)
        for sheet, page, title in zip(sheets, pages, titles, strict=True)
    ]
    write_fillable(path, made, hidden=HIDDEN, told=encode(template))
    return MadeForm(template, sum(map(_empty, sheets)))


def _sheet(db: Database, key: SheetKey) -> ClassSheet:
    if key.term not in TERMS:
        message = _("Phiếu nhập điểm lập theo từng học kì.")
        raise Refused(Problem("FORM_TERM", message, next=_("Chọn học kì I hoặc II.")))
    return class_sheet(db, key.class_id, key.code, key.term)


def _page(sheet: ClassSheet, n: int) -> FormPage:
    slots = tuple(column.slot for column in sheet.columns)
    rows = tuple(FormRow(line.pupil_id, line.name, line.marks) for line in sheet.lines)
    roll = sheet.roll
    return FormPage(n, roll.year, roll.class_id, roll.class_name, sheet.course.code, sheet.term, slots, rows)


def _empty(sheet: ClassSheet) -> int:
    return sum(
        is_open(line, at) and is_owed(mark) for line in sheet.lines for at, mark in enumerate(line.marks)
    )


def is_open(line: SheetLine, at: int) -> bool:
    """Whether the cell may be written: a pupil who is there, and no lock."""
    return line.owes and not line.lock(at)


def _titles(sheets: Sequence[ClassSheet]) -> list[str]:
    """A name for each tab: the subject, with its class when there are several."""
    several = len({sheet.roll.class_id for sheet in sheets}) > 1
    named = [
        f"{sheet.roll.class_name} {sheet.course.short}" if several else _tab(sheet.course) for sheet in sheets
    ]
    clean = ["".join("-" if letter in "[]:*?/\\'" else letter for letter in name)[:TAB] for name in named]
    return [name if clean.count(name) == 1 else f"{name} {n}" for n, name in enumerate(clean, 1)]


def _tab(course: Course) -> str:
    return course.name if len(course.name) <= TAB else course.short


class _Paper:
    """One page as it looks in Excel."""

    def __init__(self, sheet: ClassSheet, template: Template, page: FormPage, teacher: str) -> None:
        self._sheet = sheet
        self._template = template
        self._page = page
        self._teacher = teacher
        self._slots = [column.slot for column in sheet.columns]
        self._lines = _with_exempt(sheet)

    def made(self, name: str) -> FillSheet:
        """The page with its protected names, open cells and words."""
        marks = len(self._slots)
        return FillSheet(
            name=name,
            token=self._template.token(self._page),
            columns=(NUMBER, NAME, *self._slots, NOTE),
            keys=[line.pupil_id for line, _why in self._lines],
            lines=self._words(),
            heads=(_("STT"), _("Họ và tên"), *(one.label for one in self._sheet.columns), _("Ghi chú")),
            rows=[self._row(line, why) for line, why in self._lines],
            widths=(5, 28, *[10] * marks, 24),
            rules=_asked(self._sheet),
            open_from=3,
            open_to=2 + marks,
            foot=[_("Ô xám không nhập: sổ đã khóa, hoặc em không được đánh giá ở môn này.")],
            landscape=marks >= WIDE,
        )

    def _words(self) -> tuple[str, ...]:
        roll, course = self._sheet.roll, self._sheet.course
        what = _("Lớp: {class_name} · Môn: {subject} · Học kì {term} · Năm học {year}")
        day = show_date(self._template.moment.date())
        clock = f"{self._template.moment:%H:%M}"
        made = _("Phiếu nhập điểm của {school}, lập lúc {clock} ngày {day}.")
        message = made.format(school=self._template.school_name, clock=clock, day=day)
        if self._teacher:
            message += " " + _("Giáo viên: {name}.").format(name=self._teacher)
        title = what.format(
            class_name=roll.class_name,
            subject=course.name,
            term="I" * self._sheet.term,
            year=year_name(roll.year),
        )
        return title, message, _instruction(self._sheet)

    def _row(self, line: SheetLine, why: str) -> list[FillCell]:
        grey = bool(why)
        cells = [FillCell(str(line.number or ""), grey=grey, centred=True), FillCell(line.name, grey=grey)]
        for at, mark in enumerate(line.marks):
            can = not why and is_open(line, at)
            cells.append(FillCell(mark_text(mark), open=can, grey=not can, centred=True))
        locked = any(line.lock(at) for at in range(len(line.marks)))
        return [*cells, FillCell(why or (_("Đã khóa sổ") if locked else ""), grey=grey)]


def _with_exempt(sheet: ClassSheet) -> list[tuple[SheetLine, str]]:
    """The lines of the page with why nothing is wanted; where all of the class study, also who is exempt."""
    lines = {line.pupil_id: line for line in sheet.lines}
    blank: tuple[None, ...] = (None,) * len(sheet.columns)
    rows = []
    for pupil in sheet.roll.pupils:
        line = lines.get(pupil.id)
        if line is not None:
            rows.append((line, "" if line.owes else pupil.status_words))
        elif sheet.course.taken == "all":
            line = SheetLine(
                *(pupil.id, pupil.number, pupil.name, pupil.left_on, False, blank, None, (), (), None, "")
            )
            rows.append((line, _("Không học môn này")))
    return rows


def _letters(sheet: ClassSheet) -> str:
    return "; ".join(f"{letter}: {_(OWED[letter])}" for letter in owed_letters(sheet.course.code))


def _instruction(sheet: ClassSheet) -> str:
    if sheet.course.kind == CourseKind.COMMENT:
        return _(
            "Chỉ nhập ở ô trắng. Đ: Đạt; CĐ: Chưa đạt; {letters}. Lưu tệp rồi gửi lại nhà trường."
        ).format(letters=_letters(sheet))
    message = _(
        "Chỉ nhập ở ô trắng. Điểm từ 0 đến 10, một chữ số thập phân, như 8,5; {letters}. Lưu tệp rồi gửi lại."
    )
    return message.format(letters=_letters(sheet))


def _asked(sheet: ClassSheet) -> InputRule:
    if sheet.course.kind == CourseKind.COMMENT:
        choices = ("Đ", "CĐ", *owed_letters(sheet.course.code))
        prompt = _("Đ hoặc CĐ. {letters}.").format(letters=_letters(sheet))
        refusal = _("Ô này chỉ nhận: {choices}.").format(choices=", ".join(choices))
        return InputRule(_("Nhận xét"), prompt, refusal, choices=choices)
    prompt = _("0 đến 10, như 8,5. {letters}.").format(letters=_letters(sheet))
    refusal = _("Điểm từ 0 đến 10, nhiều nhất một chữ số thập phân, như 8,5; hoặc V, P, K. Số 85 ghi là 8,5.")
    return InputRule(_("Điểm"), prompt, refusal, formula=NUMBERS)
