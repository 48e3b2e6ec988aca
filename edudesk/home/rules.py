"""The dated work of a school year: which day each piece has, what is due, what comes next. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edudesk.kernel.words import N_, _

TITLES = {
    "tuu_truong": N_("Tựu trường"),
    "khai_giang": N_("Khai giảng"),
    "giua_ki_1": N_("Nhập điểm giữa kì I"),
    "du_diem_1": N_("Nhập đủ điểm học kì I"),
    "ren_luyen_1": N_("Đánh giá rèn luyện học kì I"),
    "khoa_so_1": N_("Khóa sổ học kì I"),
    "ket_thuc_1": N_("Kết thúc học kì I"),
    "bao_cao_1": N_("Báo cáo học kì I"),
    "giua_ki_2": N_("Nhập điểm giữa kì II"),
    "du_diem_2": N_("Nhập đủ điểm học kì II"),
    "ren_luyen_2": N_("Đánh giá rèn luyện học kì II"),
    "khoa_so_2": N_("Khóa sổ học kì II"),
    "ket_thuc_2": N_("Kết thúc năm học"),
    "xet_len_lop": N_("Xét lên lớp"),
    "hoc_ba": N_("Ghi và kí học bạ"),
    "tong_ket": N_("Tổng kết năm học"),
    "bao_cao_2": N_("Báo cáo năm học"),
    "tu_cham_cds": N_("Tự chấm mức độ chuyển đổi số"),
}
LATE_FOR = 60  # days for which unfinished work stays on the board after its day
SHOWN = 5  # lines on the board


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a day is found: fixed (`month`, `day`, `next_year`), or `days` after another day named `start`.

    `start` is "term1.starts", "term1.ends", "term2.starts", "term2.ends" or the key of a fixed event.
    """

    key: str
    article: str
    verified: bool
    month: int = 0
    day: int = 0
    next_year: bool = False
    start: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class YearEvent:
    """A piece of the year's work on its day. `own` when the school has set the day itself."""

    key: str
    day: dt.date
    article: str
    verified: bool
    own: bool = False

    @property
    def title(self) -> str:
        return _(TITLES[self.key])

    @property
    def work(self) -> str:
        """What is done by that day: "giua_ki", "du_diem", … without the term."""
        return self.key.removesuffix("_1").removesuffix("_2")

    @property
    def term(self) -> int:
        """The term it belongs to; 0 for the year."""
        return int(self.key[-1]) if self.key[-1].isdigit() else 0


def season(
    year: int, anchors: Sequence[Anchor], terms: Mapping[str, dt.date], *, moved: Mapping[str, dt.date]
) -> tuple[YearEvent, ...]:
    """Every event of a year by day. `terms` has the four days of the terms; `moved` the school's own days.

    An event counted from a day that is not known is left out.
    """
    known = dict(terms)
    for anchor in anchors:
        if anchor.month:
            known[anchor.key] = dt.date(year + anchor.next_year, anchor.month, anchor.day)
    known |= {key: day for key, day in moved.items() if key in known}
    events = []
    for anchor in anchors:
        start = known.get(anchor.start or anchor.key)
        day = moved.get(anchor.key, start + dt.timedelta(anchor.days) if start else None)
        if day is not None:
            events.append(
                YearEvent(anchor.key, day, anchor.article, anchor.verified, own=anchor.key in moved)
            )
    order = list(TITLES)
    return tuple(sorted(events, key=lambda event: (event.day, order.index(event.key))))


def due(
    events: Iterable[YearEvent], today: dt.date, *, term: int, finished: Mapping[str, bool]
) -> tuple[YearEvent, ...]:
    """What the board shows: work of the term that is late and not finished, then what comes, at most five lines.

    `finished` says of work that can be counted whether it is done; what cannot be counted is over with its day.
    """
    shown = []
    for event in events:
        late = (today - event.day).days
        current = late <= 0 or (late <= LATE_FOR and event.key in finished)
        if current and event.term in (0, term) and not finished.get(event.key, False):
            shown.append(event)
    return tuple(shown[:SHOWN])


def coming(events: Iterable[YearEvent], today: dt.date, most: int) -> tuple[YearEvent, ...]:
    """The next days from today on."""
    return tuple(event for event in events if event.day >= today)[:most]


def days_left(day: dt.date, today: dt.date) -> str:
    """“còn 6 ngày”, “hôm nay”, “quá 3 ngày”."""
    left = (day - today).days
    if left == 0:
        return _("hôm nay")
    return _("còn {n} ngày").format(n=left) if left > 0 else _("quá {n} ngày").format(n=-left)


def term_of(terms: Mapping[str, dt.date], today: dt.date) -> int:
    """The term a day is in: 2 from the second term's first day on."""
    second = terms.get("term2.starts")
    return 2 if second is not None and today >= second else 1


def heading(events: Sequence[YearEvent], today: dt.date) -> str:
    """“Tháng 12: khóa sổ học kì I”, or the month alone when nothing is to come."""
    following = coming(events, today, 1)
    month = _("Tháng {n}").format(n=today.month)
    if not following:
        return month
    title = following[0].title
    return f"{month}: {title[:1].lower()}{title[1:]}"
