"""The results of a primary class on paper (“Bảng tổng hợp kết quả đánh giá giáo dục”): subjects, then qualities."""

from __future__ import annotations

from edudesk.gradebook.papers.heading import NOT_YET, Frame, foot, season, tally
from edudesk.gradebook.register.roll import YEAR, Course
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.primary import STAGES, UNFINISHED, YEAR_LEVELS
from edudesk.gradebook.rules.qualities import LOWEST, is_competence, quality_head, quality_text
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import (
    OUTCOME_WORDS,
    PRIMARY_TITLE_WORDS,
    SHORT_YEAR_LEVELS,
    mark_text_in,
    word_of,
)
from edudesk.kernel.words import N_, _
from edudesk.paper.blocks import Block, NewPage, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Style
from edudesk.paper.table import Cell, Table, TableColumn

HEAD = Style(12, bold=True)
OWED, NOTHING = "…", "–"
LOW = 50  # tenths under which a test stands in bold
_TITLES = {"HS_XUAT_SAC": N_("Xuất sắc"), "HS_TIEU_BIEU": N_("Tiêu biểu")}
_OUTCOMES = {
    "LEN_LOP": N_("Lên lớp"),
    "KHONG_LEN_LOP": N_("Không lên lớp"),
    "HOAN_THANH_CHUONG_TRINH": N_("Hoàn thành"),
    "CHUA_HOAN_THANH": N_("Chưa hoàn thành"),
}
Cells = list[str | Cell]


def primary_results_paper(results: PrimaryResults, frame: Frame, *, seal: str = "") -> Paper:
    """A4 on its side; a draft while something is missing. `seal` is the line of its seal, at the foot."""
    roll = results.roll
    title = Title(_("Bảng tổng hợp kết quả đánh giá giáo dục"), (season(roll, results.term),))
    left = {pupil.id: pupil.status_words for pupil in roll.pupils if pupil.gone}
    subjects = [_subject_row(results, result, left) for result in results.pupils]
    qualities = [_quality_row(results, result, left) for result in results.pupils]
    signs = [
        Signature(_("Giáo viên chủ nhiệm"), frame.name(roll.homeroom_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    blocks: list[Block] = [
        frame.block,
        title,
        Text(_("1. Môn học và hoạt động giáo dục"), HEAD),
        Table(_subject_columns(results), subjects, size=10, tight=True),
        NewPage(),
        Text(_("2. Phẩm chất và năng lực"), HEAD),
        Table(_quality_columns(results), qualities, size=10, tight=True),
        Space(2),
        Notes(_notes(results)),
        Signatures(signs, frame.head.place, frame.day),
        *foot(seal),
    ]
    return Paper(f"{title.text} {roll.class_name}", blocks, landscape=True, draft=not results.complete)


def _people() -> list[TableColumn]:
    return [TableColumn(_("STT"), 9, "center"), TableColumn(_("Họ và tên"))]


def _subject_columns(results: PrimaryResults) -> list[TableColumn]:
    columns = _people()
    for course in results.roll.courses:
        if _tested(course):
            columns.append(TableColumn(_("Mức"), 8.5, "center", course.short))
            columns.append(TableColumn(_("KT"), 8, "center", course.short))
        else:
            columns.append(TableColumn(course.short, 11, "center"))
    columns.append(TableColumn(_("Nghỉ"), 10, "center"))
    if results.term == YEAR:
        columns.append(TableColumn(_("Mức cuối năm"), 24, "center"))
        columns += [TableColumn(_("Danh hiệu"), 18, "center"), TableColumn(_("Kết quả"), 20, "center")]
    return columns


def _tested(course: Course) -> bool:
    return SlotKind.KCK in course.slots


def _subject_row(results: PrimaryResults, result: PrimaryResult, left: dict[str, str]) -> Cells:
    if not result.owes:
        return _gone(result, left, len(_subject_columns(results)))
    cells: Cells = [str(result.number or ""), result.name]
    for course in results.roll.courses:
        level = result.levels.get(course.code, NOTHING)
        cells.append(Cell(OWED, tinted=True) if level is None else Cell(level, bold=level == "C"))
        if _tested(course):
            cells.append(_test(result, course.code))
    cells.append(str(result.absences or NOTHING))
    if results.term == YEAR:
        cells += [
            word_of(SHORT_YEAR_LEVELS, result.level) or _not_yet(),
            word_of(_TITLES, result.title) or _no_title(result),
        ]
        cells.append(word_of(_OUTCOMES, result.promotion) or _undecided(result))
    return cells


def _test(result: PrimaryResult, code: str) -> str | Cell:
    if code not in result.tests:
        return NOTHING
    mark = result.tests[code]
    return (
        Cell(OWED, tinted=True) if mark is None else Cell(mark_text_in(SlotKind.KCK, mark), bold=mark < LOW)
    )


def _no_title(result: PrimaryResult) -> str | Cell:
    return "" if result.level else _not_yet()


def _undecided(result: PrimaryResult) -> Cell:
    return Cell(_("Chờ xét"), italic=True) if result.level == UNFINISHED else _not_yet()


def _not_yet() -> Cell:
    return Cell(_(NOT_YET), italic=True)


def _gone(result: PrimaryResult, left: dict[str, str], columns: int) -> Cells:
    name = f"{result.name} ({left.get(result.pupil_id, '')})"
    return [Cell(text, italic=True) for text in (str(result.number or ""), name, *[NOTHING] * (columns - 2))]


def _quality_columns(results: PrimaryResults) -> list[TableColumn]:
    groups = {False: _("Phẩm chất chủ yếu"), True: _("Năng lực cốt lõi")}
    columns = [
        TableColumn(" ".join(quality_head(code)), 12.5, "center", groups[is_competence(code)])
        for code in results.codes
    ]
    return [*_people(), *columns]


def _quality_row(results: PrimaryResults, result: PrimaryResult, left: dict[str, str]) -> Cells:
    if not result.owes:
        return _gone(result, left, len(results.codes) + 2)
    cells: Cells = [str(result.number or ""), result.name]
    for code in results.codes:
        value = result.qualities[code]
        cells.append(Cell(quality_text(value), bold=value == LOWEST) if value else Cell(OWED, tinted=True))
    return cells


def _notes(results: PrimaryResults) -> list[str]:
    owing = [result for result in results.pupils if result.owes]
    counts = [
        (_("Mức cuối năm"), tally((one.level for one in owing), YEAR_LEVELS)),
        (_("Danh hiệu"), tally((one.title for one in owing), PRIMARY_TITLE_WORDS)),
        (_("Cuối năm"), tally((one.promotion for one in owing), OUTCOME_WORDS)),
    ]
    lines = [f"{what}: {said_of}." for what, said_of in counts if said_of]
    waiting = sum(bool(result.missing) for result in owing)
    if waiting:
        lines.append(_("Còn {n} học sinh chưa đủ kết quả (ô “…”).").format(n=waiting))
    signs = "; ".join(f"{code}: {_(words)}" for code, words in STAGES.items())
    lines.append(_("Mức đạt được: {signs}. KT: điểm kiểm tra định kì cuối kì.").format(signs=signs))
    lines.append(_("Phẩm chất, năng lực: T: Tốt; Đ: Đạt; C: Cần cố gắng."))
    shorts = [f"{c.short}: {c.name}" for c in results.roll.courses if c.short != c.name]
    lines.append(", ".join(shorts) + ".")
    article = "levels" if results.term == YEAR else "stages"
    lines.append(_("Theo {article}.").format(article=results.regulation.cite(article)))
    return lines
