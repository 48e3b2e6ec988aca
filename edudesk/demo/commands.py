"""The command demo: an invented school."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel import clock
from edudesk.kernel.calendar import school_year_of, year_name
from edudesk.kernel.words import N_, _
from edudesk.school.commands import LEVELS
from edudesk.storage.command import Answer, Call, Command

MOST_PUPILS = 20_000


def demo(call: Call) -> Answer:
    """A complete invented school; the same seed gives the same school."""
    from edudesk.demo.build import make_demo
    from edudesk.school.demo import require_level

    folder = Path(call.args.out)
    year = call.args.year or school_year_of(clock.today())
    level = call.args.level.replace("-", "_")
    require_level(level)
    with call.doors.new_school(folder) as db:
        made = make_demo(db, level=level, year=year, pupils=call.args.pupils, seed=call.args.seed)
        name = db.setting("school.name")
    data = {
        "folder": str(folder),
        "name": name,
        "level": level,
        "year": year,
        "classes": made.classes,
        "pupils": made.pupils,
        "marks": made.marks,
        "accounts": [{"name": "office", "role": "office", "password": None}],
    }
    lines = (
        _("Đã lập {name}, năm học {year}, trong {folder}.").format(
            name=name, year=year_name(year), folder=folder
        ),
        _("{classes} lớp, {pupils} học sinh, {marks} điểm.").format(
            classes=made.classes, pupils=made.pupils, marks=made.marks
        ),
        _("Tài khoản: chưa cần đăng nhập, mọi việc ghi tên “office” (văn phòng)."),
    )
    return Answer(data, lines)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_PUPILS:
        raise ValueError
    return number


_count.__name__ = "N"  # what argparse calls a value it cannot take


def _add_demo(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("thư mục mới của trường"))
    parser.add_argument("--level", default="thcs", choices=LEVELS, help=_("cấp học"))
    parser.add_argument("--pupils", type=_count, metavar="N", help=_("số học sinh"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("cùng số thì cùng một trường"))


COMMANDS = (Command("demo", N_("lập một trường mẫu"), demo, _add_demo),)
