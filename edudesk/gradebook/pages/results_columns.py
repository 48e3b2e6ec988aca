"""The columns of the results page: subjects by pupils, levels, titles, going up."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFontMetrics

from edudesk.gradebook.entry.level_chips import OUTCOMES, TITLES, level_chip, level_word
from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.results.families import AnyLine
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.words import shown
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.ui.cells import Align, CellLook, Chip
from edudesk.ui.table.columns import Column
from edudesk.ui.theme import SMALL, font

LOW = 50  # tenths under which an average stands in red


def result_columns(results: ClassResults) -> list[Column]:
    """Number, name, scores, comments, absences, levels, and for the year titles and going up."""
    courses = results.roll.courses
    scores = [course for course in courses if course.kind == CourseKind.SCORE]
    comments = [course for course in courses if course.kind != CourseKind.SCORE]
    return [
        Column("number", _("STT"), lambda line: str(line.number or ""), 42, "right", look=number_look),
        Column("name", _("Họ và tên"), lambda line: line.name, 0, names=True, rule=True, look=name_look),
        *_courses(scores, 42, "right"),
        *_courses(comments, 30, "center"),
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
            look=_of(course.code),
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
        Column("absent", _("Vắng"), lambda line: str(line.absences), 44, "right", look=absent_look),
        Column("conduct", _("Rèn luyện"), lambda line: level_word(line.conduct), 72, look=_conduct),
        Column("learning", _("Học tập"), lambda line: level_word(line.learning), 146, look=_learning),
    ]
    if not year:
        return columns
    return [
        *columns,
        Column("title", _("Danh hiệu"), lambda line: _(TITLES.get(line.title, "")), 90, look=_title),
        Column("promotion", _("Lên lớp"), lambda line: _(OUTCOMES.get(line.promotion, "")), 88, look=_up),
    ]


def _words_of(code: str) -> Callable[[PupilResult], str]:
    return lambda line: shown(line.value(code))


def _of(code: str) -> Callable[[PupilResult], CellLook]:
    def look(line: PupilResult) -> CellLook:
        if not line.owes or not (code in line.averages or code in line.comments):
            return CellLook("–", off=True)
        value = line.value(code)
        if value is None:
            return CellLook(owed=True, tip=_("Chưa đủ điểm."))
        low = value == "CD" or (isinstance(value, int) and value < LOW)
        side: Align = "right" if isinstance(value, int) else "center"
        return CellLook(shown(value), side, bold=low, colour="bad" if low else "")

    return look


def number_look(line: AnyLine) -> CellLook:
    """The number in the register."""
    return CellLook(str(line.number or ""), "right", colour="text2")


def name_look(line: AnyLine) -> CellLook:
    """The name, pale of who left."""
    left = _("Rời trường {day}").format(day=show_date(line.left_on)) if line.left_on else ""
    return CellLook(line.name, muted=not line.owes, italic=not line.owes, tip=left)


def absent_look(line: AnyLine) -> CellLook:
    """Sessions missed."""
    return CellLook(str(line.absences) if line.absences else "–", "right", off=not line.absences)


def _conduct(line: PupilResult) -> CellLook:
    return _level(line.conduct, line)


def _learning(line: PupilResult) -> CellLook:
    if line.learning and line.adjusted:
        base = Chip(_("gốc {level}").format(level=level_word(line.base_learning)), "grey")
        return CellLook(level_word(line.learning), chips=(level_chip(line.learning, raised=True), base))
    return _level(line.learning, line)


def _level(level: str | None, line: PupilResult) -> CellLook:
    if level:
        return CellLook(level_word(level), chips=(level_chip(level),))
    if not line.owes:
        return CellLook("–", off=True)
    return CellLook(_("chưa có"), colour="ask", small=True, tip="\n".join(line.missing[:12]))


def _title(line: PupilResult) -> CellLook:
    best = line.title == "HS_XUAT_SAC"
    return CellLook(_(TITLES.get(line.title or "", "")), bold=best, colour="accent_text", small=True)


def _up(line: PupilResult) -> CellLook:
    usual = line.promotion in ("LEN_LOP", "HOAN_THANH_CHUONG_TRINH")
    words = _(OUTCOMES.get(line.promotion or "", ""))
    return CellLook(words, small=True, bold=not usual, colour="text2" if usual else "ask")
