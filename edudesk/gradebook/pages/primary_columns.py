"""The columns of the results page in primary school: subjects with level and test, counts, the year's level, title."""

from __future__ import annotations

from collections.abc import Callable

from edudesk.gradebook.entry.level_chips import OUTCOMES, year_level_chip
from edudesk.gradebook.pages.results_columns import absent_look, name_look, number_look, wide
from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.primary import UNFINISHED, YEAR_LEVELS
from edudesk.gradebook.rules.qualities import quality_name, shown_quality
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import PRIMARY_TITLE_WORDS, PRIMARY_TITLES, said, shown_in
from edudesk.kernel.words import _
from edudesk.ui.cells import CellLook
from edudesk.ui.table.columns import Column

LOW = 50  # tenths under which a test stands in red
LETTERS = ("T", "H", "C")


def primary_columns(results: PrimaryResults) -> list[Column]:
    """Number, name, subjects, how many of each letter, absences; for the year its level, title and outcome."""
    courses = results.roll.courses
    columns = [
        Column("number", _("STT"), lambda line: str(line.number or ""), 42, "right", look=number_look),
        Column("name", _("Họ và tên"), lambda line: line.name, 0, names=True, rule=True, look=name_look),
        *(_course(course, last=course is courses[-1]) for course in courses),
        Column(
            "subjects", "T/H/C", _subjects, 64, "center", look=_subjects_look, tip=_("Số môn mức T, H, C")
        ),
        Column("qualities", "T/Đ/C", _qualities, 64, "center", look=_qualities_look, tip=_qualities_tip()),
        Column("absent", _("Vắng"), lambda line: str(line.absences), 46, "right", look=absent_look),
    ]
    return columns if results.term else [*columns, *_year()]


def _year() -> list[Column]:
    return [
        Column("level", _("Mức cuối năm"), lambda line: said(YEAR_LEVELS, line.level), 138, look=_level),
        Column("title", _("Danh hiệu"), lambda line: said(PRIMARY_TITLES, line.title), 86, look=_title),
        Column("promotion", _("Lên lớp"), lambda line: said(OUTCOMES, line.promotion), 84, look=_up),
    ]


def _qualities_tip() -> str:
    return _("Số phẩm chất, năng lực Tốt, Đạt, Cần cố gắng")


def _course(course: Course, *, last: bool) -> Column:
    tested = SlotKind.KCK in course.slots
    tip = (
        _("{name}: mức đạt được và điểm kiểm tra cuối kì").format(name=course.name) if tested else course.name
    )
    width = wide(course.short, 46 if tested else 34)
    return Column(
        course.code,
        course.short,
        _words(course.code),
        width,
        "center",
        look=_of(course.code),
        rule=last,
        tip=tip,
    )


def _words(code: str) -> Callable[[PrimaryResult], str]:
    def words(line: PrimaryResult) -> str:
        test = line.tests.get(code)
        parts = (line.levels.get(code) or "", shown_in(SlotKind.KCK, test) if test is not None else "")
        return " ".join(part for part in parts if part)

    return words


def _of(code: str) -> Callable[[PrimaryResult], CellLook]:
    said_of = _words(code)

    def look(line: PrimaryResult) -> CellLook:
        if not line.owes or code not in line.levels:
            return CellLook("–", off=True)
        level, test = line.levels[code], line.tests.get(code)
        owed = level is None or (code in line.tests and test is None)
        low = level == "C" or (test is not None and test < LOW)
        tip = _("Chưa đủ mức hoặc điểm kiểm tra.") if owed else ""
        return CellLook(said_of(line), "center", owed=owed, bold=low, colour="bad" if low else "", tip=tip)

    return look


def _subjects(line: PrimaryResult) -> str:
    return "/".join(str(line.count(letter)) for letter in LETTERS)


def _subjects_look(line: PrimaryResult) -> CellLook:
    return CellLook(_subjects(line), "center", colour="text2") if line.owes else CellLook("–", off=True)


def _qualities(line: PrimaryResult) -> str:
    values = list(line.qualities.values())
    return "/".join(str(values.count(letter)) for letter in ("T", "D", "C"))


def _qualities_look(line: PrimaryResult) -> CellLook:
    if not line.owes:
        return CellLook("–", off=True)
    blank = any(value is None for value in line.qualities.values())
    below = [
        f"{quality_name(code)} {shown_quality(value)}"
        for code, value in line.qualities.items()
        if value not in (None, "T")
    ]
    return CellLook(_qualities(line), "center", owed=blank, colour="text2", tip="\n".join(below))


def _level(line: PrimaryResult) -> CellLook:
    if line.level:
        return CellLook(said(YEAR_LEVELS, line.level), chips=(year_level_chip(line.level),))
    if not line.owes:
        return CellLook("–", off=True)
    return CellLook(_("chưa có"), colour="ask", small=True, tip="\n".join(line.missing))


def _title(line: PrimaryResult) -> CellLook:
    best = line.title == "HS_XUAT_SAC"
    words, tip = said(PRIMARY_TITLES, line.title), said(PRIMARY_TITLE_WORDS, line.title)
    return CellLook(words, bold=best, colour="accent_text", small=True, tip=tip)


def _up(line: PrimaryResult) -> CellLook:
    if line.level == UNFINISHED and line.promotion is None:
        return CellLook(_("chờ xét"), small=True, colour="ask", tip="\n".join(line.notes))
    usual = line.promotion in ("LEN_LOP", "HOAN_THANH_CHUONG_TRINH")
    words = said(OUTCOMES, line.promotion)
    return CellLook(words, small=True, bold=not usual, colour="text2" if usual else "ask")
