"""The columns of the results page in primary school: subjects with level and test, counts, the year's level, title."""

from __future__ import annotations

from collections.abc import Callable

from edudesk.gradebook.entry.level_chips import OUTCOMES, year_level_chip
from edudesk.gradebook.pages.results_columns import absent_style, name_style, number_style, wide
from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.primary import UNFINISHED, YEAR_LEVELS
from edudesk.gradebook.rules.qualities import quality_name, quality_text
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import PRIMARY_TITLE_WORDS, PRIMARY_TITLES, mark_text_in, word_of
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle
from edudesk.ui.table.columns import Column

LOW = 50  # tenths under which a test stands in red
LETTERS = ("T", "H", "C")


def primary_columns(results: PrimaryResults) -> list[Column]:
    """Number, name, subjects, how many of each letter, absences; for the year its level, title and outcome."""
    courses = results.roll.courses
    columns = [
        Column("number", _("STT"), lambda line: str(line.number or ""), 42, "right", style=number_style),
        Column("name", _("Họ và tên"), lambda line: line.name, 0, names=True, rule=True, style=name_style),
        *(_course(course, last=course is courses[-1]) for course in courses),
        Column(
            "subjects", "T/H/C", _subjects, 64, "center", style=_subjects_style, tip=_("Số môn mức T, H, C")
        ),
        Column("qualities", "T/Đ/C", _qualities, 64, "center", style=_qualities_style, tip=_qualities_tip()),
        Column("absent", _("Vắng"), lambda line: str(line.absences), 46, "right", style=absent_style),
    ]
    return columns if results.term else [*columns, *_year()]


def _year() -> list[Column]:
    return [
        Column("level", _("Mức cuối năm"), lambda line: word_of(YEAR_LEVELS, line.level), 138, style=_level),
        Column("title", _("Danh hiệu"), lambda line: word_of(PRIMARY_TITLES, line.title), 86, style=_title),
        Column("promotion", _("Lên lớp"), lambda line: word_of(OUTCOMES, line.promotion), 84, style=_up),
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
        style=_of(course.code),
        rule=last,
        tip=tip,
    )


def _words(code: str) -> Callable[[PrimaryResult], str]:
    def words(line: PrimaryResult) -> str:
        test = line.tests.get(code)
        parts = (line.levels.get(code) or "", mark_text_in(SlotKind.KCK, test) if test is not None else "")
        return " ".join(part for part in parts if part)

    return words


def _of(code: str) -> Callable[[PrimaryResult], CellStyle]:
    said_of = _words(code)

    def style(line: PrimaryResult) -> CellStyle:
        if not line.owes or code not in line.levels:
            return CellStyle("–", off=True)
        level, test = line.levels[code], line.tests.get(code)
        owed = level is None or (code in line.tests and test is None)
        low = level == "C" or (test is not None and test < LOW)
        tip = _("Chưa đủ mức hoặc điểm kiểm tra.") if owed else ""
        return CellStyle(said_of(line), "center", owed=owed, bold=low, colour="bad" if low else "", tip=tip)

    return style


def _subjects(line: PrimaryResult) -> str:
    return "/".join(str(line.count(letter)) for letter in LETTERS)


def _subjects_style(line: PrimaryResult) -> CellStyle:
    return CellStyle(_subjects(line), "center", colour="text2") if line.owes else CellStyle("–", off=True)


def _qualities(line: PrimaryResult) -> str:
    values = list(line.qualities.values())
    return "/".join(str(values.count(letter)) for letter in ("T", "D", "C"))


def _qualities_style(line: PrimaryResult) -> CellStyle:
    if not line.owes:
        return CellStyle("–", off=True)
    blank = any(value is None for value in line.qualities.values())
    below = [
        f"{quality_name(code)} {quality_text(value)}"
        for code, value in line.qualities.items()
        if value not in (None, "T")
    ]
    return CellStyle(_qualities(line), "center", owed=blank, colour="text2", tip="\n".join(below))


def _level(line: PrimaryResult) -> CellStyle:
    if line.level:
        return CellStyle(word_of(YEAR_LEVELS, line.level), chips=(year_level_chip(line.level),))
    if not line.owes:
        return CellStyle("–", off=True)
    return CellStyle(_("chưa có"), colour="ask", small=True, tip="\n".join(line.missing))


def _title(line: PrimaryResult) -> CellStyle:
    best = line.title == "HS_XUAT_SAC"
    words, tip = word_of(PRIMARY_TITLES, line.title), word_of(PRIMARY_TITLE_WORDS, line.title)
    return CellStyle(words, bold=best, colour="accent_text", small=True, tip=tip)


def _up(line: PrimaryResult) -> CellStyle:
    if line.level == UNFINISHED and line.promotion is None:
        return CellStyle(_("chờ xét"), small=True, colour="ask", tip="\n".join(line.notes))
    usual = line.promotion in ("LEN_LOP", "HOAN_THANH_CHUONG_TRINH")
    words = word_of(OUTCOMES, line.promotion)
    return CellStyle(words, small=True, bold=not usual, colour="text2" if usual else "ask")
