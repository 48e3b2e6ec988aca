"""What can be counted of a school's results, by what and among whom; the categories of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from edudesk.gradebook.rules.marks import FAILED, PASSED, Mark
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import LEVELS, TITLES
from edudesk.gradebook.rules.statistics import Band, Tally, band_of, reached_bands
from edudesk.gradebook.rules.words import COMMENT_WORDS, LEVEL_WORDS, SHORT_YEAR_LEVELS, TITLE_WORDS
from edudesk.kernel.words import N_, _
from edudesk.students.store import Pupil

WHATS = {
    "learning": N_("Kết quả học tập"),
    "conduct": N_("Kết quả rèn luyện"),
    "title": N_("Danh hiệu"),
    "promotion": N_("Lên lớp"),
    "subject": N_("Điểm môn học"),
    "slot": N_("Điểm kiểm tra"),
    "primary": N_("Tiểu học: mức năm"),
    "stage": N_("Tiểu học: mức môn"),
}
BYS = {"class": N_("Lớp"), "grade": N_("Khối"), "subject": N_("Môn"), "teacher": N_("Giáo viên")}
SPLITS = {
    "all": N_("Tất cả học sinh"),
    "girls": N_("Nữ"),
    "minority": N_("Dân tộc thiểu số"),
    "minority_girls": N_("Nữ dân tộc thiểu số"),
}
OF_PUPILS = (
    "learning",
    "conduct",
    "title",
    "promotion",
    "primary",
)  # counted once a pupil, not once a subject
OF_YEAR = ("title", "promotion", "primary")
OF_PRIMARY = ("primary", "stage")  # counted among primary classes, all else among the others
SCORES, COMMENTS, STAGED = "score", "comment", "primary"  # instead of a subject: all that are assessed so
KINDS_OF_SUBJECT = (SCORES, COMMENTS, STAGED)
KINH = "01"
NO_TITLE = "NONE"
_SHORT = {
    "LEN_LOP": N_("Lên lớp"),
    "DANH_GIA_LAI": N_("Đánh giá lại"),
    "REN_LUYEN_HE": N_("Rèn luyện hè"),
    "KHONG_LEN_LOP": N_("Không lên lớp"),
}
_OUTCOMES = {
    "LEN_LOP": ("LEN_LOP", "HOAN_THANH_CHUONG_TRINH"),
    "DANH_GIA_LAI": ("DANH_GIA_LAI",),
    "REN_LUYEN_HE": ("REN_LUYEN_HE",),
    "KHONG_LEN_LOP": ("KHONG_LEN_LOP", "CHUA_HOAN_THANH"),
}


_PRIMARY = {"primary": (SHORT_YEAR_LEVELS, 3, N_("Từ HT")), "stage": (STAGES, 2, N_("Từ H"))}


@dataclass(frozen=True, slots=True)
class StatisticsQuery:
    """What is counted. `subject` is a code, or SCORES, COMMENTS or STAGED for all of the kind; `grade` 0 is every grade."""

    what: str = "learning"
    by: str = "class"
    split: str = "all"
    subject: str = SCORES
    slot: str = "ck"
    grade: int = 0

    def but(self, **choice: Any) -> StatisticsQuery:
        """The same with some of its fields chosen otherwise; names it does not have are passed over."""
        return replace(self, **{key: value for key, value in choice.items() if key in self.__slots__})

    @property
    def of_pupils(self) -> bool:
        """Whether a pupil is counted once."""
        return self.what in OF_PUPILS


@dataclass(frozen=True, slots=True)
class Category:
    """One of the kinds counted: its code and its words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class StatRow:
    """A group. `before` is the share that reached enough in term I, `peers` that of the whole grade, in tenths of %."""

    key: str
    label: str
    note: str
    tally: Tally
    before: int | None = None
    peers: int | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The table: `good` of the categories, from the first, are those that count as reached (`good_words`)."""

    query: StatisticsQuery
    year: int
    term: int
    categories: tuple[Category, ...]
    good: int
    good_words: str
    rows: tuple[StatRow, ...]
    total: StatRow
    notes: tuple[str, ...] = ()


def is_minority(pupil: Pupil) -> bool:
    """Whether the pupil belongs to an ethnic minority (“dân tộc thiểu số”): any group but Kinh that was written down."""
    return pupil.ethnic not in (None, KINH)


def in_split(pupil: Pupil, split: str) -> bool:
    """Whether the pupil belongs to a part of them."""
    girl = pupil.sex == "NU"
    return {
        "all": True,
        "girls": girl,
        "minority": is_minority(pupil),
        "minority_girls": girl and is_minority(pupil),
    }[split]


Placed = Callable[[Mark], int | None]
Scheme = tuple[tuple[Category, ...], Placed, int, str]


def scheme(what: str, kind: str, among: Sequence[Band]) -> Scheme:
    """The categories of what is counted (`kind` of subject, bands of marks), where a value falls, how many of them
    from the first count as reached, and what that is called."""
    if what in ("learning", "conduct"):
        return *_coded(LEVELS, LEVEL_WORDS), 2, _("Từ Khá")
    if what == "title":
        return *_coded((*TITLES, NO_TITLE), {**TITLE_WORDS, NO_TITLE: N_("Không")}), 2, _("Có danh hiệu")
    if what == "promotion":
        return (*_outcomes(), 1, _("Lên lớp"))
    if what in OF_PRIMARY:
        levels, reached, words = _PRIMARY[what]
        return *_coded(tuple(levels), levels), reached, _(words)
    if kind == COMMENTS:
        return *_coded((PASSED, FAILED), COMMENT_WORDS), 1, _("Đạt")
    return (*_banded(among), reached_bands(among), _("Từ 5,0"))


def _coded(codes: Sequence[str], words: Mapping[str, str]) -> tuple[tuple[Category, ...], Placed]:
    places: dict[Mark, int] = {code: place for place, code in enumerate(codes)}
    return tuple(Category(code, _(words[code])) for code in codes), places.get


def _outcomes() -> tuple[tuple[Category, ...], Placed]:
    places: dict[Mark, int] = {
        code: place for place, codes in enumerate(_OUTCOMES.values()) for code in codes
    }
    return tuple(Category(code, _(_SHORT[code])) for code in _OUTCOMES), places.get


def _banded(among: Sequence[Band]) -> tuple[tuple[Category, ...], Placed]:
    def placed(mark: Mark) -> int | None:
        return band_of(mark, among) if isinstance(mark, int) else None

    return tuple(Category(band.key, band.label) for band in among), placed
