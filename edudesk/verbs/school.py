"""Verbs about the school as a whole: init, demo, doctor."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel import clock
from edudesk.kernel.calendar import school_year_of, year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_GRADES, usual_year
from edudesk.school.store_setup import require_school, set_up
from edudesk.slices import new_school
from edudesk.storage.doctor import examine
from edudesk.verbs.verb import Answer, Call, Verb

MOST_PUPILS = 20_000
DEMO_LEVELS = ("tieu-hoc", "thcs", "thpt", "lien-cap")


def init(call: Call) -> Answer:
    """A new school with subjects proposed from the programme, and no classes yet."""
    folder = Path(call.args.out)
    year = call.args.year or school_year_of(clock.today())
    level = call.args.level.replace("-", "_")
    levels = list(LEVEL_GRADES) if level == "lien_cap" else [level]
    require_school(call.args.name, levels)
    with new_school(folder) as db:
        set_up(db, name=call.args.name, levels=levels, year=usual_year(year))
        subjects = db.value("select count(*) from subject_plan where gone = 0")
    data = {
        "folder": str(folder),
        "name": call.args.name,
        "levels": levels,
        "year": year,
        "subjects": subjects,
    }
    said = _("Đã lập {name}, năm học {year}, trong {folder}.")
    return Answer(data, (said.format(name=call.args.name, year=year_name(year), folder=folder),))


def demo(call: Call) -> Answer:
    """A complete invented school; the same seed gives the same school."""
    from edudesk.demo.build import make_demo
    from edudesk.demo.school import require_level

    folder = Path(call.args.out)
    year = call.args.year or school_year_of(clock.today())
    level = call.args.level.replace("-", "_")
    require_level(level)
    with new_school(folder) as db:
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


def doctor(call: Call) -> Answer:
    """Look whether the data is what its journal says; refused when it is not."""
    with call.reading() as db:
        findings = examine(db)
    broken = [Problem(f.code, f.message, next=f.next) for f in findings if not f.fine]
    if broken:
        raise Refused(*broken)
    data = [{"code": f.code, "fine": f.fine, "message": f.message, "next": f.next} for f in findings]
    return Answer(data, tuple(f.message for f in findings))


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_PUPILS:
        raise ValueError
    return number


_count.__name__ = "N"  # what argparse calls a value it cannot take


def _add_init(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("thư mục mới của trường"))
    parser.add_argument("--name", required=True, metavar=_("TÊN"), help=_("tên trường"))
    parser.add_argument("--level", required=True, choices=DEMO_LEVELS, help=_("cấp học"))


def _add_demo(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("thư mục mới của trường"))
    parser.add_argument("--level", default="thcs", choices=DEMO_LEVELS, help=_("cấp học"))
    parser.add_argument("--pupils", type=_count, metavar="N", help=_("số học sinh"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("cùng số thì cùng một trường"))


VERBS = (
    Verb("init", N_("lập một trường mới"), init, _add_init),
    Verb("demo", N_("lập một trường mẫu"), demo, _add_demo),
    Verb("doctor", N_("kiểm tra dữ liệu và nhật kí"), doctor),
)
