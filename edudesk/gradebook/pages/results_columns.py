"""The columns of the results page: subjects by pupils, levels, titles, going up."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFontMetrics

from edudesk.gradebook.entry.level_chips import OUTCOMES, TITLES, level_chip, level_word
from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.results.families import AnyLine
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.ui.cells import Align, CellStyle, Chip
from edudesk.ui.table.columns import Column
from edudesk.ui.theme import SMALL, font

LOW = 50  # tenths under which an average stands in red


def result_columns(results: ClassResults) -> list[Column]:
    """Number, name, scores, comments, absences, levels, and for the year titles and going up."""
    courses = results.roll.courses
    scores = [course for course in courses if course.kind == CourseKind.SCORE]
    comments = [course for course in courses if course.kind != CourseKind.SCORE]
    return [
        Column("number", _("STT"), lambda line: str(line.number or ""), 42, "right", style=number_style),
        Column("name", _("Họ và tên"), lambda line: line.name, 0, names=True, rule=True, style=name_style),
        *_courses(scores, 42, "right"),
        *_courses(comments, 36, "center"),
        *_levels(year=not results.term),
    ]


def _courses(courses: Sequence[Course], least: int, align: Align) -> list[Column]:
    return [
        Column(
            course.code,
            course.short,
            _words_of(course.code),
            wide(course.short, least),
            align,
            style=_of(course.code),
            rule=course is courses[-1],
            tip=course.name,
        )
        for course in courses
    ]


def wide(words: str, least: int) -> int:
    """As wide as the heading needs, in pixels."""
    return max(least, QFontMetrics(font(SMALL, True)).horizontalAdvance(words) + 15)


def _levels(*, year: bool) -> list[Column]:
    columns = [
        Column("absent", _("Vắng"), lambda line: str(line.absences), 44, "right", style=absent_style),
        Column("conduct", _("Rèn luyện"), lambda line: level_word(line.conduct), 72, style=_conduct),
        Column("learning", _("Học tập"), lambda line: level_word(line.learning), 146, style=_learning),
    ]
    if not year:
        return columns
    return [
        *columns,
        Column("title", _("Danh hiệu"), lambda line: _(TITLES.get(line.title, "")), 90, style=_title),
        Column("promotion", _("Lên lớp"), lambda line: _(OUTCOMES.get(line.promotion, "")), 88, style=_up),
    ]


def _words_of(code: str) -> Callable[[PupilResult], str]:
    return lambda line: mark_text(line.value(code))


def _of(code: str) -> Callable[[PupilResult], CellStyle]:
    def style(line: PupilResult) -> CellStyle:
        if not line.owes or not (code in line.averages or code in line.comments):
            return CellStyle("–", off=True)
        value = line.value(code)
        if value is None:
            return CellStyle(owed=True, tip=_("Chưa đủ điểm."))
        low = value == "CD" or (isinstance(value, int) and value < LOW)
        side: Align = "right" if isinstance(value, int) else "center"
        return CellStyle(mark_text(value), side, bold=low, colour="bad" if low else "")

    return style


def number_style(line: AnyLine) -> CellStyle:
    """The number in the register."""
    return CellStyle(str(line.number or ""), "right", colour="text2")


def name_style(line: AnyLine) -> CellStyle:
    """The name, pale of who left."""
    left = _("Rời trường {day}").format(day=show_date(line.left_on)) if line.left_on else ""
    return CellStyle(line.name, muted=not line.owes, italic=not line.owes, tip=left)


def absent_style(line: AnyLine) -> CellStyle:
    """Sessions missed."""
    return CellStyle(str(line.absences) if line.absences else "–", "right", off=not line.absences)


def _conduct(line: PupilResult) -> CellStyle:
    return _level(line.conduct, line)


def _learning(line: PupilResult) -> CellStyle:
    if line.learning and line.adjusted:
        base = Chip(_("gốc {level}").format(level=level_word(line.base_learning)), "grey")
        return CellStyle(level_word(line.learning), chips=(level_chip(line.learning, raised=True), base))
    return _level(line.learning, line)


def _level(level: str | None, line: PupilResult) -> CellStyle:
    if level:
        return CellStyle(level_word(level), chips=(level_chip(level),))
    if not line.owes:
        return CellStyle("–", off=True)
    return CellStyle(_("chưa có"), colour="ask", small=True, tip="\n".join(line.missing[:12]))


def _title(line: PupilResult) -> CellStyle:
    best = line.title == "HS_XUAT_SAC"
    return CellStyle(_(TITLES.get(line.title or "", "")), bold=best, colour="accent_text", small=True)


def _up(line: PupilResult) -> CellStyle:
    usual = line.promotion in ("LEN_LOP", "HOAN_THANH_CHUONG_TRINH")
    words = _(OUTCOMES.get(line.promotion or "", ""))
    return CellStyle(words, small=True, bold=not usual, colour="text2" if usual else "ask")
