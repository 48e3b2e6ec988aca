"""Commands about the school as a whole: init, doctor."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel import clock
from edudesk.kernel.calendar import school_year_of, year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_GRADES, usual_year
from edudesk.school.store_setup import require_school, set_up
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.doctor import examine

LEVELS = ("tieu-hoc", "thcs", "thpt", "lien-cap")


def init(call: Call) -> Answer:
    """A new school with subjects proposed from the programme, and no classes yet."""
    folder = Path(call.args.out)
    year = call.args.year or school_year_of(clock.today())
    level = call.args.level.replace("-", "_")
    levels = list(LEVEL_GRADES) if level == "lien_cap" else [level]
    require_school(call.args.name, levels)
    with call.doors.new_school(folder) as db:
        set_up(db, name=call.args.name, levels=levels, year=usual_year(year))
        subjects = db.value("select count(*) from subject_plan where gone = 0")
    data = {
        "folder": str(folder),
        "name": call.args.name,
        "levels": levels,
        "year": year,
        "subjects": subjects,
    }
    message = _("Đã lập {name}, năm học {year}, trong {folder}.")
    return Answer(data, (message.format(name=call.args.name, year=year_name(year), folder=folder),))


def doctor(call: Call) -> Answer:
    """Look whether the data is what its journal says; refused when it is not."""
    with call.reading() as db:
        findings = examine(db)
    broken = [Problem(f.code, f.message, next=f.next) for f in findings if not f.fine]
    if broken:
        raise Refused(*broken)
    data = [{"code": f.code, "fine": f.fine, "message": f.message, "next": f.next} for f in findings]
    return Answer(data, tuple(f.message for f in findings))


def _add_init(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("thư mục mới của trường"))
    parser.add_argument("--name", required=True, metavar=_("TÊN"), help=_("tên trường"))
    parser.add_argument("--level", required=True, choices=LEVELS, help=_("cấp học"))


COMMANDS = (
    Command("init", N_("lập một trường mới"), init, _add_init),
    Command("doctor", N_("kiểm tra dữ liệu và nhật kí"), doctor),
)
