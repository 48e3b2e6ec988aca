"""The report card for parents (“Phiếu kết quả học tập và rèn luyện”): one pupil, no rank, no comparison with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.gradebook.papers.heading import NOT_YET, Frame, season
from edudesk.gradebook.register.roll import YEAR, Roll
from edudesk.gradebook.results.secondary import PupilResult
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.words import LEVEL_WORDS, OUTCOME_WORDS, TITLE_WORDS, mark_text, word_of
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, NewPage, Notes, Pairs, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn


@dataclass(frozen=True, slots=True)
class ReportCardSubject:
    """A subject on the report card: in a term its marks (regular together, midterm, final), for the year its two terms."""

    name: str
    columns: tuple[str, ...]
    result: Mark
    comment: str


@dataclass(frozen=True, slots=True)
class ReportCard:
    """Everything one pupil's report card says."""

    roll: Roll
    term: int
    result: PupilResult
    born: str | None
    code: str | None
    subjects: tuple[ReportCardSubject, ...]
    remark: str


def report_cards_paper(cards: Sequence[ReportCard], frame: Frame) -> Paper:
    """A page for each pupil, a draft while anything of that pupil is missing."""
    blocks: list[Block] = []
    for card in cards:
        blocks += [NewPage(restart=True, draft=bool(card.result.missing)), *_card(card, frame)]
    name = _("Phiếu kết quả học tập và rèn luyện")
    return Paper(name, blocks, draft=any(card.result.missing for card in cards))


def _card(card: ReportCard, frame: Frame) -> list[Block]:
    result, roll = card.result, card.roll
    signs = [
        Signature(_("Cha mẹ học sinh")),
        Signature(_("Giáo viên chủ nhiệm"), frame.name(roll.homeroom_id)),
        Signature(_("Hiệu trưởng"), frame.head.principal),
    ]
    who = [
        (_("Họ và tên"), result.name),
        (_("Ngày sinh"), show_date(card.born)),
        (_("Lớp"), roll.class_name),
        (_("Mã học sinh"), card.code or ""),
    ]
    return [
        frame.block,
        Title(_("Phiếu kết quả học tập và rèn luyện"), (season(roll, card.term),)),
        Pairs([pair for pair in who if pair[1]]),
        Space(2),
        Table(_columns(card.term), [_row(subject) for subject in card.subjects], size=11, tight=True),
        Space(3),
        Pairs([pair for pair in _outcome(card) if pair[1]]),
        *([Text(_("Nhận xét: {text}").format(text=card.remark))] if card.remark else []),
        Notes(_notes(card)),
        Signatures(signs, frame.head.place, frame.day, room=16),
    ]


def _columns(term: int) -> list[TableColumn]:
    if term == YEAR:
        middle = [TableColumn(_("HK I"), 15, "center"), TableColumn(_("HK II"), 15, "center")]
        last = TableColumn(_("Cả năm"), 15, "center")
    else:
        middle = [
            TableColumn(_("ĐĐGtx"), 36, "center"),
            TableColumn(_("ĐĐGgk"), 15, "center"),
            TableColumn(_("ĐĐGck"), 15, "center"),
        ]
        last = TableColumn(_("Kết quả"), 15, "center")
    return [TableColumn(_("Môn học"), 44), *middle, last, TableColumn(_("Nhận xét"))]


def _row(subject: ReportCardSubject) -> list[str | Cell]:
    return [subject.name, *subject.columns, _result(subject), subject.comment]


def _result(subject: ReportCardSubject) -> Cell:
    return (
        Cell(mark_text(subject.result), bold=True)
        if subject.result is not None
        else Cell(_(NOT_YET), italic=True)
    )


def _outcome(card: ReportCard) -> list[tuple[str, str]]:
    result = card.result
    absences = _("{n} (có phép {excused}, không phép {unexcused})").format(
        n=result.absences, excused=result.absent_excused, unexcused=result.absent_unexcused
    )
    return [
        (_("Kết quả học tập"), word_of(LEVEL_WORDS, result.learning) or _(NOT_YET)),
        (_("Kết quả rèn luyện"), word_of(LEVEL_WORDS, result.conduct) or _(NOT_YET)),
        (_("Số buổi nghỉ"), absences),
        (_("Danh hiệu"), word_of(TITLE_WORDS, result.title)),
        (
            _("Cuối năm"),
            word_of(OUTCOME_WORDS, result.promotion) or (_(NOT_YET) if card.term == YEAR else ""),
        ),
    ]


def _notes(card: ReportCard) -> list[str]:
    result, lines = card.result, []
    if result.missing:
        lines.append(_("Chưa đủ kết quả: {what}.").format(what="; ".join(result.missing)))
    if result.adjusted_subject:
        clause = card.roll.regulation.articles["adjustment"].cited
        base = word_of(LEVEL_WORDS, result.base_learning)
        subject = card.roll.course(result.adjusted_subject).name
        words = _(
            "Học tập được điều chỉnh lên mức liền kề từ mức {base}, do chỉ một môn {subject} ({clause})."
        )
        lines.append(words.format(base=base, subject=subject, clause=clause))
    return lines
