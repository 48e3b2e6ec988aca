"""What a question about a page of marks says: one sentence with the numbers, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from edudesk.gradebook.rules.anomalies import LOW, Question
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import N_, _


class Who(NamedTuple):
    """A pupil as people point at one: number and name."""

    number: int | None
    name: str


_ADVICE = {
    "FAR": N_("Xem lại điểm của em này trên bài làm."),
    "LOW": N_("Điểm dưới 3,5."),
    "EQUAL_COLUMN": N_("Xem lại có nhập nhầm cột không."),
    "RUN": N_("Xem lại các điểm này trên bài làm."),
    "SHIFTED": N_("Đối chiếu vài em với bài làm trước khi dời."),
    "SWAPPED": N_("Xem lại bài của hai em."),
    "ORDER": N_("Xem lại thứ tự các dòng, hoặc có lẫn lớp khác không."),
    "REPLACED": N_("Xem lại có đúng cột đang nhập không."),
}


def sentence(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    """The sentence of an anomaly. `heads` name the columns of the page, `people` its rows."""
    return _SENTENCES[question.code](question, heads, people)


def advice(question: Question) -> str:
    """The advice for an anomaly: what to do about it."""
    return _(_ADVICE[question.code])


def mend_words(question: Question, people: Sequence[Who]) -> str:
    """The button and Step that puts a SHIFTED or SWAPPED column right."""
    if question.code == "SWAPPED":
        return _("Đổi điểm của số {one} và số {other}").format(
            one=people[question.rows[0]].number, other=people[question.rows[1]].number
        )
    words = (
        _("Dời điểm từ số {n} xuống một dòng") if question.other > 0 else _("Dời điểm từ số {n} lên một dòng")
    )
    return words.format(n=people[question.rows[0]].number)


def _far(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    mark, mean = question.numbers
    return _("{who}: {column} được {mark}, các điểm khác trung bình {mean}.").format(
        who=_person_words(people[question.rows[0]]),
        column=heads[question.place],
        mark=show_tenths(mark),
        mean=show_tenths(mean),
    )


def _low(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    return _("{who}: {column} được {mark}, dưới {low}.").format(
        who=_person_words(people[question.rows[0]]),
        column=heads[question.place],
        mark=show_tenths(question.numbers[0]),
        low=show_tenths(LOW),
    )


def _equal(question: Question, heads: Sequence[str], _people: Sequence[Who]) -> str:
    same, both = question.numbers
    return _("Cột {column} giống cột {other}: {same}/{both} em cùng điểm.").format(
        column=heads[question.place], other=heads[question.other], same=same, both=both
    )


def _run(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    count, mark = question.numbers
    return _("Cột {column} có {n} em liền nhau cùng {mark}, từ số {first} đến số {last}.").format(
        column=heads[question.place],
        n=count,
        mark=show_tenths(mark),
        first=people[question.rows[0]].number,
        last=people[question.rows[-1]].number,
    )


def _shifted(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    down = _("Cột {column} khớp hơn nếu dời xuống một dòng từ khoảng số {n} ({helped}/{all} em).")
    up = _("Cột {column} khớp hơn nếu dời lên một dòng từ khoảng số {n} ({helped}/{all} em).")
    count, helped = question.numbers
    return (down if question.other > 0 else up).format(
        column=heads[question.place], n=people[question.rows[0]].number, helped=helped, all=count
    )


def _swapped(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    mark, mean, other, other_mean = map(show_tenths, question.numbers)
    words = _(
        "Cột {column}: {one} ({mark}, thường {mean}) và {other} ({other_mark}, thường {other_mean}) như đổi chỗ."
    )
    return words.format(
        column=heads[question.place],
        one=_person_words(people[question.rows[0]]),
        mark=mark,
        mean=mean,
        other=_person_words(people[question.rows[1]]),
        other_mark=other,
        other_mean=other_mean,
    )


def _order(question: Question, heads: Sequence[str], _people: Sequence[Who]) -> str:
    return _("Cột {column} không khớp với các điểm khác của {n} em, còn các cột kia khớp nhau.").format(
        column=heads[question.place], n=question.numbers[0]
    )


def _replaced(question: Question, heads: Sequence[str], people: Sequence[Who]) -> str:
    return _("Cột {column} đã có điểm từ trước; vừa thay {n} điểm, từ số {first}.").format(
        column=heads[question.place], n=question.numbers[0], first=people[question.rows[0]].number
    )


def _person_words(who: Who) -> str:
    return f"{who.number}. {who.name}" if who.number else who.name


_SENTENCES = {
    "FAR": _far,
    "LOW": _low,
    "EQUAL_COLUMN": _equal,
    "RUN": _run,
    "SHIFTED": _shifted,
    "SWAPPED": _swapped,
    "ORDER": _order,
    "REPLACED": _replaced,
}
