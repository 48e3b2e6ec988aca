"""The results of a class on paper (“Bảng tổng hợp kết quả đánh giá”)."""

from __future__ import annotations

from edudesk.gradebook.papers.heading import NOT_YET, Frame, foot, season, tally
from edudesk.gradebook.register.roll import YEAR, Course
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.words import LEVEL_WORDS, OUTCOME_WORDS, TITLE_WORDS, mark_text, word_of
from edudesk.kernel.words import N_, _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn

LOW = 50  # tenths under which an average stands in bold
_SHORT_TITLES = {"HS_XUAT_SAC": N_("Xuất sắc"), "HS_GIOI": N_("Giỏi")}
_SHORT_OUTCOMES = {
    "LEN_LOP": N_("Lên lớp"),
    "DANH_GIA_LAI": N_("Đánh giá lại"),
    "REN_LUYEN_HE": N_("Rèn luyện hè"),
    "KHONG_LEN_LOP": N_("Không lên lớp"),
    "HOAN_THANH_CHUONG_TRINH": N_("Hoàn thành"),
    "CHUA_HOAN_THANH": N_("Chưa hoàn thành"),
}
RAISED, OWED = "*", "…"


def results_paper_of(results: ClassResults, frame: Frame, *, seal: str = "") -> Paper:
    """A4 on its side; a draft while something is missing. `seal` is the line of its seal, at the foot."""
    roll = results.roll
    title = Title(_("Bảng tổng hợp kết quả đánh giá"), (season(roll, results.term),))
    left = {pupil.id: pupil.status_words for pupil in roll.pupils if pupil.gone}
    courses = _in_order(results)
    rows = [_row(results, result, courses, left) for result in results.pupils]
    signs = [
        Signature(_("Giáo viên chủ nhiệm"), frame.name(roll.homeroom_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    blocks: list[Block] = [
        frame.block,
        title,
        Table(_columns(courses, results.term), rows, size=10, tight=True),
        Space(2),
        Notes(_notes(results, courses)),
        Signatures(signs, frame.head.place, frame.day),
        *foot(seal),
    ]
    return Paper(f"{title.text} {roll.class_name}", blocks, landscape=True, draft=not results.complete)


def _in_order(results: ClassResults) -> list[Course]:
    """Scores before comments; a subject nobody of the class takes is left out."""
    taken = {code for result in results.pupils for code in (*result.averages, *result.comments)}
    courses = [course for course in results.roll.courses if course.code in taken]
    return sorted(courses, key=lambda course: course.kind == CourseKind.COMMENT)


def _columns(courses: list[Course], term: int) -> list[TableColumn]:
    columns = [TableColumn(_("STT"), 9, "center"), TableColumn(_("Họ và tên"))]
    columns += [
        TableColumn(course.short, 13.2 if course.kind == CourseKind.SCORE else 8, "center")
        for course in courses
    ]
    columns += [
        TableColumn(_("Nghỉ"), 10, "center"),
        TableColumn(_("Rèn luyện"), 16.5, "center"),
        TableColumn(_("Học tập"), 16, "center"),
    ]
    if term == YEAR:
        columns += [TableColumn(_("Danh hiệu"), 16.5, "center"), TableColumn(_("Kết quả"), 21, "center")]
    return columns


def _row(
    results: ClassResults, result: PupilResult, courses: list[Course], left: dict[str, str]
) -> list[str | Cell]:
    if not result.owes:
        name = f"{result.name} ({left.get(result.pupil_id, '')})"
        blanks = len(courses) + (5 if results.term == YEAR else 3)
        cells = [str(result.number or ""), name, *["–"] * blanks]
        return [Cell(text, italic=True) for text in cells]
    learned: str | Cell = _level(result.learning)
    if isinstance(learned, str) and result.adjusted:
        learned += RAISED
    cells_: list[str | Cell] = [
        str(result.number or ""),
        result.name,
        *(_value(result, course) for course in courses),
    ]
    cells_ += [str(result.absences or "–"), _level(result.conduct), learned]
    if results.term == YEAR:
        known = bool(result.learning and result.conduct)
        cells_.append(word_of(_SHORT_TITLES, result.title) if known else _not_yet())
        cells_.append(word_of(_SHORT_OUTCOMES, result.promotion) or _not_yet())
    return cells_


def _level(level: str | None) -> str | Cell:
    return word_of(LEVEL_WORDS, level) or _not_yet()


def _not_yet() -> Cell:
    return Cell(_(NOT_YET), italic=True)


def _value(result: PupilResult, course: Course) -> str | Cell:
    if course.code not in result.averages and course.code not in result.comments:
        return "–"
    value = result.value(course.code)
    if value is None:
        return Cell(OWED, tinted=True)
    low = value == "CD" or (isinstance(value, int) and value < LOW)
    return Cell(mark_text(value), bold=low)


def _notes(results: ClassResults, courses: list[Course]) -> list[str]:
    owing = [result for result in results.pupils if result.owes]
    counts = [
        (_("Học tập"), tally((one.learning for one in owing), LEVEL_WORDS)),
        (_("Rèn luyện"), tally((one.conduct for one in owing), LEVEL_WORDS)),
        (_("Danh hiệu"), tally((one.title for one in owing), TITLE_WORDS)),
        (_("Cuối năm"), tally((one.promotion for one in owing), OUTCOME_WORDS)),
    ]
    lines = [
        _("Sĩ số {n}. ").format(n=len(owing)) + "; ".join(f"{what}: {many}" for what, many in counts if many)
    ]
    raised = [result for result in owing if result.adjusted_subject]
    if raised:
        clause = results.roll.regulation.articles["adjustment"].cited
        who = "; ".join(f"{result.name} ({_subject(courses, result.adjusted_subject)})" for result in raised)
        lines.append(
            _("{sign} Mức được điều chỉnh theo {clause}: {who}.").format(sign=RAISED, clause=clause, who=who)
        )
    lines += _waiting(owing)
    shorts = ", ".join(f"{course.short}: {course.name}" for course in courses if course.short != course.name)
    lines.append(shorts + ".")
    lines.append(_("Tính theo {article}.").format(article=results.roll.regulation.cite("levels")))
    return lines


def _waiting(owing: list[PupilResult]) -> list[str]:
    """How much cannot be worked out yet: pupils, subjects and levels of conduct that are owed."""
    waiting = sum(bool(result.missing) for result in owing)
    if not waiting:
        return []
    subjects = sum(
        value is None for result in owing for value in (*result.averages.values(), *result.comments.values())
    )
    conduct = sum(result.conduct is None for result in owing)
    parts = [(subjects, _("{n} kết quả môn học (ô “…”)")), (conduct, _("{n} kết quả rèn luyện"))]
    what = ", ".join(words.format(n=count) for count, words in parts if count)
    lines = [_("Còn {n} học sinh chưa đủ kết quả.").format(n=waiting)]
    return [f"{lines[0]} {_('“Chưa có” vì còn thiếu: {what}.').format(what=what)}"] if what else lines


def _subject(courses: list[Course], code: str | None) -> str:
    return next((course.name for course in courses if course.code == code), "")
