"""The words of the board's lines: what is missing and from whom, and the page that settles it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.gradebook.places import BOARD, LOCKS, HomeroomPlace, RegisterPlace
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.home.places import PROBLEMS
from edudesk.home.rules import SHOWN, YearEvent, days_left, due
from edudesk.home.rules_board import BoardFigures, Count, Owing
from edudesk.home.view_due import DueLine
from edudesk.kernel.calendar import show_date
from edudesk.kernel.duty import Duty
from edudesk.kernel.place import Place
from edudesk.kernel.state_problem import StateProblem
from edudesk.kernel.text import first_names
from edudesk.kernel.words import N_, _

ICONS = {
    "giua_ki": "table",
    "du_diem": "table",
    "ren_luyen": "check-square",
    "khoa_so": "lock",
    "xet_len_lop": "award",
    "hoc_ba": "book",
    "bao_cao": "file-text",
    "tu_cham_cds": "gauge",
}
DETAILS = {
    "tuu_truong": N_("Học sinh về lớp: soát danh sách và xếp lớp"),
    "khai_giang": N_("Danh sách lớp và phân công giảng dạy đã đủ chưa"),
    "ket_thuc": N_("Sau ngày này điểm còn thiếu phải có lí do"),
    "bao_cao": N_("Số liệu lấy ở trang Thống kê"),
    "xet_len_lop": N_("Xem mức học tập, rèn luyện và số buổi nghỉ của từng em"),
    "hoc_ba": N_("In phiếu kết quả từng em để ghi học bạ"),
    "tong_ket": N_("Danh hiệu và thống kê cả năm"),
    "tu_cham_cds": N_("Phê duyệt và báo cáo trước 31/5"),
}
PLACES = {  # where work that is not counted is done: verb, page
    "tuu_truong": (N_("Mở danh sách"), "students"),
    "khai_giang": (N_("Mở Trường lớp"), "school"),
    "bao_cao": (N_("Mở thống kê"), "statistics"),
    "xet_len_lop": (N_("Mở kết quả"), "results"),
    "hoc_ba": (N_("Mở kết quả"), "results"),
    "tong_ket": (N_("Mở thống kê"), "statistics"),
    "tu_cham_cds": (N_("Mở tự chấm"), "dx"),
}


def due_lines(
    events: Sequence[YearEvent], figures: BoardFigures | None, *, term: int, today: dt.date
) -> tuple[DueLine, ...]:
    """The lines of the board; `figures` None while the numbers are counted. What is to be looked at comes first, and
    what is late keeps a line."""
    finished = figures.finished() if figures else {f"khoa_so_{term}": False}
    lines = [_line(event, figures, today) for event in due(events, today, term=term, finished=finished)]
    duties = figures.duties if figures else ()
    late = [_duty_line(duty) for duty in duties if duty.late]
    other = [_duty_line(duty) for duty in duties if not duty.late]
    wrong = _problem_lines(figures.problems if figures else ())
    return tuple([*wrong, *lines[: SHOWN - len(wrong) - len(late)], *late, *other][:SHOWN])


def _problem_lines(problems: Sequence[StateProblem]) -> list[DueLine]:
    """One line for all that cannot be and is: it leads to the place of one alone, else to the list of them."""
    if not problems:
        return []
    first, alone = problems[0], len(problems) == 1 and problems[0].mend is None
    title = _("Cần xem lại: {n} chỗ").format(n=len(problems))
    verb, place = (_("Mở chỗ này"), first.place) if alone else (_("Xem từng chỗ"), PROBLEMS)
    detail = first.message
    return [DueLine("problems", title, "triangle", detail, "", "", late=True, verb=verb, place=place)]


def _duty_line(duty: Duty) -> DueLine:
    return DueLine(
        duty.key, duty.title, "list", duty.detail, "", duty.left, duty.late, verb=duty.verb, place=duty.place
    )


def _line(event: YearEvent, figures: BoardFigures | None, today: dt.date) -> DueLine:
    late = event.day < today
    given = _counted(event, figures) if figures and figures.term == event.term else None
    count, unit, detail = given or (None, "", _(DETAILS.get(event.work, "")))
    verb, place = _place(event, figures)
    return DueLine(
        key=event.key,
        title=event.title,
        icon=ICONS.get(event.work, "calendar-check"),
        detail=detail,
        day=show_date(event.day)[:5],
        left=days_left(event.day, today),
        late=late,
        count=count,
        unit=unit,
        verb=verb,
        place=place,
    )


def _counted(event: YearEvent, figures: BoardFigures) -> tuple[Count, str, str] | None:
    if event.work == "giua_ki":
        return figures.middle, "", _who([owing for owing in figures.owing if owing.kind == SlotKind.GK])
    if event.work == "du_diem":
        return figures.marks, "", _who(figures.owing)
    if event.work == "ren_luyen":
        names = [_named(unjudged.class_name, unjudged.teacher) for unjudged in figures.unjudged]
        return figures.conduct, _("lớp đã xong"), _first(_("Chưa xong: {names}"), names, _("{n} lớp nữa"))
    if event.work == "khoa_so":
        waiting = figures.ready.total - figures.ready.done
        message = (
            _("{n} lớp còn chờ điểm hoặc rèn luyện").format(n=waiting) if waiting else _("Mọi lớp đã đủ")
        )
        return figures.ready, _("lớp đủ điều kiện"), message
    return None


def _who(owing: Sequence[Owing]) -> str:
    several = len(owing) > 1
    names = [_named(f"{one.subject} {one.class_name}", "" if several else one.teacher) for one in owing]
    return _first("{names}", names, _("{n} chỗ nữa")) if names else _("Không thiếu điểm nào")


def _named(what: str, teacher: str) -> str:
    return f"{what} ({teacher})" if teacher else what


def _first(words: str, names: Sequence[str], rest: str) -> str:
    return words.format(names=first_names(names, rest)) if names else _("Mọi lớp đã xong")


def _place(event: YearEvent, figures: BoardFigures | None) -> tuple[str, Place | None]:
    if event.work in ("giua_ki", "du_diem"):
        return _("Xem ai thiếu"), RegisterPlace(tab=BOARD)
    if event.work == "ren_luyen":
        first = figures.unjudged[0].class_id if figures and figures.unjudged else ""
        return _("Mở rèn luyện"), HomeroomPlace(class_id=first)
    if event.work == "khoa_so":
        return _("Tới khóa sổ"), RegisterPlace(tab=LOCKS)
    verb, page = PLACES.get(event.work, ("", ""))
    return _(verb), Place(page=page) if page else None
