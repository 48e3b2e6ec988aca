"""What makes a school year, a class list and a subject plan whole. Pure; every checker answers all problems."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import Field
from edudesk.kernel.text import fold, squeeze
from edudesk.kernel.words import N_, _

LEVEL_GRADES: dict[str, tuple[int, ...]] = {
    "tieu_hoc": (1, 2, 3, 4, 5),
    "thcs": (6, 7, 8, 9),
    "thpt": (10, 11, 12),
}
LEVEL_NAMES = {"tieu_hoc": N_("Tiểu học"), "thcs": N_("THCS"), "thpt": N_("THPT")}
LEVEL_WORDS = {
    "tieu_hoc": ("tieu hoc", "th"),
    "thcs": ("thcs", "trung hoc co so"),
    "thpt": ("thpt", "trung hoc pho thong"),
}
MOST_PERIODS = 500
CLASS_NAME = Field("name", N_("Tên lớp"), required=True)
SCHOOL_NAME = Field("name", N_("Tên trường"), required=True, width=300)
PLACE = Field("place", N_("Xã, phường (in trước ngày tháng trên giấy tờ)"), width=300)


@dataclass(frozen=True, slots=True)
class Term:
    """A term (“học kì”) of a school year, first and last day included."""

    number: int
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True)
class Year:
    """A school year (“năm học”), by the calendar year it begins in."""

    year: int
    starts: dt.date
    ends: dt.date
    terms: tuple[Term, ...]

    @property
    def name(self) -> str:
        return year_name(self.year)


@dataclass(frozen=True, slots=True)
class PlannedSubject:
    """A subject of a grade in a year: yearly `periods`, `kind` "score" or "comment", `taken` "all", "chosen", "optional"."""

    code: str
    periods: int | None
    kind: str
    taken: str
    position: int


def usual_year(year: int) -> Year:
    """The dates most schools have; the province's own plan may move them, so they are only proposed."""
    first = Term(1, dt.date(year, 9, 5), dt.date(year + 1, 1, 15))
    second = Term(2, dt.date(year + 1, 1, 18), dt.date(year + 1, 5, 31))
    return Year(year, first.starts, second.ends, (first, second))


def check_year(year: Year) -> list[Problem]:
    """A year needs two terms, in order, apart, and inside it."""
    place = _("Năm học {name}").format(name=year.name)
    numbers = [term.number for term in year.terms]
    if numbers != [1, 2]:
        message = _("Năm học phải có học kì I và học kì II.")
        return [Problem("YEAR_TERMS", message, place, _("Thêm ngày bắt đầu và kết thúc cho cả hai học kì."))]
    first, second = year.terms
    problems = [_backwards(place, term) for term in year.terms if term.starts >= term.ends]
    if second.starts <= first.ends:
        message = _("Học kì II bắt đầu {start} khi học kì I chưa kết thúc ({end}).")
        sentence = message.format(start=show_date(second.starts), end=show_date(first.ends))
        problems.append(
            Problem("TERMS_OVERLAP", sentence, place, _("Sửa ngày để hai học kì không chồng nhau."))
        )
    if year.starts > first.starts or year.ends < second.ends:
        message = _("Học kì nằm ngoài năm học {start} – {end}.")
        sentence = message.format(start=show_date(year.starts), end=show_date(year.ends))
        problems.append(Problem("TERM_OUTSIDE", sentence, place, _("Sửa ngày của năm học hoặc của học kì.")))
    if not year.year <= year.starts.year <= year.year + 1:
        message = _("Ngày bắt đầu {start} không thuộc năm học này.").format(start=show_date(year.starts))
        problems.append(Problem("YEAR_START", message, place, _("Sửa ngày bắt đầu.")))
    return problems


def _backwards(place: str, term: Term) -> Problem:
    message = _("Học kì {number} kết thúc trước khi bắt đầu.").format(number="I" * term.number)
    return Problem("TERM_BACKWARDS", message, place, _("Sửa ngày kết thúc."))


def class_name(text: str) -> str:
    """A class's name in one spelling: "9 a2" is 9A2."""
    return squeeze(text).replace(" ", "").upper()


def class_key(name: str) -> str:
    """What makes two class names the same for a reader: letters and digits, without marks of punctuation."""
    return re.sub(r"[\W_]+", "", class_name(name))


def class_meaning(year: int, name: str) -> tuple[int, str]:
    """What a class is called at its birth, of which its identity is made: two desks that make 6A1 make one class."""
    return year, class_key(name)


def grade_of(name: str) -> int | None:
    """The grade a class name begins with: 9 for 9A2, 12 for 12.1; None when it begins with no grade."""
    match = re.match(r"(1[0-2]|[1-9])(?!\d)", class_name(name))
    return int(match.group(1)) if match else None


def levels_named(school: str) -> tuple[str, ...]:
    """The levels a school's name speaks of: Tiểu học and THCS for “Trường TH&THCS Nậm Mu”."""
    words = " " + re.sub(r"[^a-z]+", " ", fold(school)) + " "
    return tuple(level for level, names in LEVEL_WORDS.items() if any(f" {name} " in words for name in names))


def check_classes(names: Sequence[str], taken: Iterable[str], grades: Sequence[int]) -> list[Problem]:
    """New class names: not empty, not twice, of a grade the school has."""
    used = {class_key(name) for name in taken}
    counted = Counter(class_key(name) for name in names)
    problems = []
    for name in dict.fromkeys(names):
        place = _("Lớp {name}").format(name=name[:40]) if name else _("Danh sách lớp")
        if long := CLASS_NAME.problems(name or "?"):
            problems += [replace(problem, place=place) for problem in long]
        elif not class_key(name):
            problems.append(Problem("CLASS_NAME", _("Thiếu tên lớp."), place, _("Gõ tên lớp, như 9A2.")))
        elif class_key(name) in used or counted[class_key(name)] > 1:
            problems.append(
                Problem("CLASS_TWICE", _("Lớp này đã có."), place, _("Đặt tên khác hoặc bỏ bớt."))
            )
        elif grade_of(name) not in grades:
            message = _("Tên lớp phải bắt đầu bằng khối của trường ({grades}).")
            sentence = message.format(grades=", ".join(map(str, grades)))
            problems.append(
                Problem("CLASS_GRADE", sentence, place, _("Gõ lại, như {grade}A1.").format(grade=grades[0]))
            )
    return problems


def check_plan(grade: int, planned: Sequence[PlannedSubject], names: dict[str, str]) -> list[Problem]:
    """A grade's subjects: each once, each with its yearly periods."""
    problems = []
    counted = Counter(subject.code for subject in planned)
    for subject in planned:
        name = names.get(subject.code, subject.code)
        place = _("Khối {grade}, môn {name}").format(grade=grade, name=name)
        if counted[subject.code] > 1:
            counted[subject.code] = 0
            problems.append(Problem("SUBJECT_TWICE", _("Môn này có hai lần."), place, _("Bỏ bớt một dòng.")))
        if not subject.periods:
            message = _("Chưa có số tiết cả năm, nên không biết cần mấy điểm thường xuyên.")
            problems.append(Problem("SUBJECT_PERIODS", message, place, _("Gõ số tiết cả năm.")))
        elif not 0 < subject.periods <= MOST_PERIODS:
            message = _("Số tiết phải từ 1 đến {most}.").format(most=MOST_PERIODS)
            problems.append(Problem("SUBJECT_PERIODS", message, place, _("Gõ lại số tiết cả năm.")))
    return problems
