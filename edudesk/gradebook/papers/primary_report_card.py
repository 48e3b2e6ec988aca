"""The report card for parents of a primary pupil: one pupil, levels and tests, qualities, no rank, no comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edudesk.gradebook.papers.heading import NOT_YET, Frame, season
from edudesk.gradebook.register.roll import YEAR, Course
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.results.explanation import Explanation
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.primary import UNFINISHED, YEAR_LEVELS
from edudesk.gradebook.rules.qualities import is_competence, quality_name, quality_text
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import OUTCOME_WORDS, PRIMARY_TITLE_WORDS, mark_text_in, word_of
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, NewPage, Notes, Pairs, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Style
from edudesk.paper.table import Cell, Table, TableColumn

HEAD, BODY = Style(12, bold=True), Style(11.5)


@dataclass(frozen=True, slots=True)
class PrimaryReportCards:
    """The results of a class with its pages of subjects and what the homeroom teacher says of each pupil."""

    results: PrimaryResults
    sheets: Mapping[str, ClassSheet]
    remarks: Mapping[str, str]
    comments: Mapping[tuple[str, str], str]  # (pupil, subject) → what its teacher says


def primary_report_cards_paper(
    cards: PrimaryReportCards, wanted: Sequence[PrimaryResult], frame: Frame
) -> Paper:
    """A page for each pupil, a draft while anything of that pupil is missing."""
    blocks: list[Block] = []
    for result in wanted:
        blocks += [NewPage(restart=True, draft=bool(result.missing)), *_card(cards, result, frame)]
    return Paper(_title(), blocks, draft=any(outcome.missing for outcome in wanted))


def _title() -> str:
    return _("Phiếu kết quả học tập và rèn luyện")


def _card(cards: PrimaryReportCards, result: PrimaryResult, frame: Frame) -> list[Block]:
    roll = cards.results.roll
    remark = cards.remarks.get(result.pupil_id, "")
    return [
        frame.block,
        Title(_title(), (season(roll, cards.results.term),)),
        who(cards.results, result),
        Space(2),
        _subjects(cards, result),
        Space(2),
        *_qualities(cards.results, result),
        Space(1),
        Pairs(_outcome(cards.results, result)),
        *([Text(_("Nhận xét: {text}").format(text=remark))] if remark else []),
        Notes(_notes(result)),
        signs(frame, roll.homeroom_id),
    ]


def who(results: PrimaryResults, result: PrimaryResult) -> Pairs:
    """Whose page it is."""
    pupil = next(pupil for pupil in results.roll.pupils if pupil.id == result.pupil_id)
    pairs = [
        (_("Họ và tên"), result.name),
        (_("Ngày sinh"), show_date(pupil.birth_date)),
        (_("Lớp"), results.roll.class_name),
        (_("Mã học sinh"), pupil.code or ""),
    ]
    return Pairs([pair for pair in pairs if pair[1]])


def signs(frame: Frame, homeroom: str | None) -> Signatures:
    """Parents, homeroom teacher, principal."""
    three = [
        Signature(_("Cha mẹ học sinh")),
        Signature(_("Giáo viên chủ nhiệm"), frame.name(homeroom)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    return Signatures(three, frame.head.place, frame.day, room=14)


def _subjects(cards: PrimaryReportCards, result: PrimaryResult) -> Table:
    columns = [TableColumn(_("Môn học, hoạt động giáo dục"), 52)]
    if cards.results.term == YEAR:
        columns += [TableColumn(_("HK I"), 14, "center"), TableColumn(_("Cuối năm"), 17, "center")]
    else:
        columns += [TableColumn(_("Giữa kì"), 15, "center"), TableColumn(_("Cuối kì"), 15, "center")]
    columns += [TableColumn(_("Điểm KT"), 15, "center"), TableColumn(_("Nhận xét"))]
    courses = [course for course in cards.results.roll.courses if course.code in result.levels]
    return Table(columns, [_subject(cards, result, course) for course in courses], size=11, tight=True)


def _subject(cards: PrimaryReportCards, outcome: PrimaryResult, course: Course) -> list[str | Cell]:
    sheet = cards.sheets[course.code]
    line = next(line for line in sheet.lines if line.pupil_id == outcome.pupil_id)
    if cards.results.term == YEAR:
        first = line.terms[0]
    else:
        places = {column.slot: place for place, column in enumerate(sheet.columns)}
        first = line.marks[places[SlotKind.GK]]
    level = outcome.levels[course.code]
    said_of = cards.comments.get((outcome.pupil_id, course.code), "")
    result = Cell(level, bold=True) if level else Cell(_(NOT_YET), italic=True)
    return [course.name, mark_text_in(SlotKind.GK, first), result, _test(outcome, course.code), said_of]


def _test(result: PrimaryResult, code: str) -> str | Cell:
    if code not in result.tests:
        return "–"
    mark = result.tests[code]
    return Cell(_(NOT_YET), italic=True) if mark is None else mark_text_in(SlotKind.KCK, mark)


def _qualities(results: PrimaryResults, result: PrimaryResult) -> list[Block]:
    """Two lines of words: “Yêu nước: T; Nhân ái: Đ; …”."""
    blocks: list[Block] = []
    for competence, title in ((False, _("Phẩm chất")), (True, _("Năng lực"))):
        texts = [
            f"{quality_name(code)}: {quality_text(result.qualities[code]) or _(NOT_YET)}"
            for code in results.codes
            if is_competence(code) == competence
        ]
        blocks.append(Text(f"{title}: {'; '.join(texts)}.", BODY))
    return blocks


def _outcome(results: PrimaryResults, result: PrimaryResult) -> list[tuple[str, str]]:
    absences = _("{n} (có phép {excused}, không phép {unexcused})").format(
        n=result.absences, excused=result.absent_excused, unexcused=result.absent_unexcused
    )
    pairs = [(_("Số buổi nghỉ"), absences)]
    if results.term == YEAR:
        undecided = _("chờ hiệu trưởng quyết định") if result.level == UNFINISHED else _(NOT_YET)
        pairs += [
            (_("Kết quả giáo dục"), word_of(YEAR_LEVELS, result.level) or _(NOT_YET)),
            (_("Danh hiệu"), word_of(PRIMARY_TITLE_WORDS, result.title)),
            (_("Cuối năm"), word_of(OUTCOME_WORDS, result.promotion) or undecided),
        ]
    return [pair for pair in pairs if pair[1]]


def _notes(result: PrimaryResult) -> list[str]:
    lines = [
        _(
            "T: Hoàn thành tốt, H: Hoàn thành, C: Chưa hoàn thành; phẩm chất, năng lực T: Tốt, Đ: Đạt, C: Cần cố gắng."
        )
    ]
    if result.missing:
        lines.append(_("Chưa đủ kết quả: {what}.").format(what="; ".join(result.missing)))
    return lines


# -- why, for the parents


def primary_explanation_paper(
    results: PrimaryResults, pages: Sequence[tuple[PrimaryResult, Explanation]], frame: Frame
) -> Paper:
    """A page for each pupil with the conditions of each level; a draft while anything of that pupil is missing."""
    blocks: list[Block] = []
    for result, explanation in pages:
        blocks += [
            NewPage(restart=True, draft=bool(result.missing)),
            *_explanation(results, result, explanation, frame),
        ]
    return Paper(_("Giải thích kết quả giáo dục"), blocks, draft=any(one.missing for one, _why in pages))


def _explanation(
    results: PrimaryResults, result: PrimaryResult, explanation: Explanation, frame: Frame
) -> list[Block]:
    rows: list[list[str | Cell]] = []
    for row in explanation.rows:
        sign = "" if row.met is None else _("có") if row.met else _("chưa")
        bold = row.head or row.strong
        what = f"{row.what} ({row.how})" if row.how and not row.head else row.what
        rows.append(
            [Cell(what, bold=bold), Cell(row.value, bold=row.strong), Cell(sign, bold=row.met is False)]
        )
    columns = [
        TableColumn(_("Điều kiện")),
        TableColumn(_("Của em"), 62),
        TableColumn(_("Có chưa"), 18, "center"),
    ]
    notes = [_("Theo {article}.").format(article=explanation.article)]
    if explanation.missing:
        notes.insert(0, _("Chưa đủ để xét hết: {what}.").format(what="; ".join(explanation.missing)))
    notes.append(
        _("Chỉ nói về một em, không xếp hạng (TT 15/2026, Điều 22 khoản 2: chưa đối chiếu văn bản gốc).")
    )
    return [
        frame.block,
        Title(_("Giải thích kết quả giáo dục"), (season(results.roll, results.term),)),
        who(results, result),
        Space(2),
        *([Table(columns, rows, size=10.5, tight=True)] if rows else []),
        Notes(notes),
        signs(frame, results.roll.homeroom_id),
    ]
