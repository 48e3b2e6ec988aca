"""The words of statistics: title, shares, differences."""

from __future__ import annotations

from edudesk.gradebook.results.statistics_kinds import (
    BYS,
    COMMENTS,
    SCORES,
    SPLITS,
    STAGED,
    WHATS,
    Statistics,
    StatisticsQuery,
)
from edudesk.gradebook.rules.slots import slot_label
from edudesk.kernel.calendar import year_name
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject

MISSING = N_("Chưa đủ điểm")
_ALL = {
    SCORES: N_("mọi môn điểm số"),
    COMMENTS: N_("mọi môn nhận xét"),
    STAGED: N_("mọi môn tiểu học"),
}


def subject_words(code: str) -> str:
    """The name of a subject, or of a whole kind of them."""
    return _(_ALL[code]) if code in _ALL else subject(code).name


def what_words(asked: StatisticsQuery) -> str:
    """“Kết quả học tập”, “Điểm kiểm tra ĐĐGck môn Toán”."""
    what = _(WHATS[asked.what])
    if asked.of_pupils:
        return what
    parts = [
        what,
        *([slot_label(asked.slot)] if asked.what == "slot" else []),
        "–",
        subject_words(asked.subject),
    ]
    return " ".join(parts)


def season_words(statistics: Statistics) -> str:
    """“Học kì I – Năm học 2026–2027”, with the grade and the pupils it is limited to."""
    term = _("Học kì {term}").format(term="I" * statistics.term) if statistics.term else _("Cả năm")
    parts = [term, _("Năm học {year}").format(year=year_name(statistics.year))]
    if statistics.query.grade:
        parts.insert(0, _("Khối {grade}").format(grade=statistics.query.grade))
    if statistics.query.split != "all":
        parts.append(_(SPLITS[statistics.query.split]))
    return " – ".join(parts)


def by_words(asked: StatisticsQuery) -> str:
    """The heading of the groups."""
    return _(BYS[asked.by])


def total_words(asked: StatisticsQuery) -> str:
    """What is counted: pupils, or results of pupils in subjects."""
    return _("Học sinh") if asked.of_pupils or asked.subject not in _ALL else _("Lượt")


def share_words(tenths: int | None) -> str:
    """“34,3”; “–” for none."""
    return "–" if tenths is None else show_tenths(tenths)


def difference_words(now: int | None, other: int | None) -> str:
    """“+1,2”, “−0,5”, “0,0”; “–” where one of both is not there."""
    if now is None or other is None:
        return "–"
    sign = "+" if now > other else "−" if now < other else ""
    return sign + show_tenths(abs(now - other))
