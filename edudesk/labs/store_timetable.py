"""The timetable of the computer rooms, the prices the school reckons with, and the check of all its rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import N_, _
from edudesk.labs.rules_check import Facts, Lab, LabClass, LevelCheck, Site, check
from edudesk.labs.rules_ratio import Prices, limits
from edudesk.labs.store_machines import Machine, machines
from edudesk.premises.fields import LAB, LEARNING, OFFICE, STUDIO, TEACHING
from edudesk.premises.store import Room, rooms
from edudesk.school.rules import LEVEL_GRADES
from edudesk.school.store import classes, sites
from edudesk.storage.database import Database
from edudesk.students.store import pupils

SESSIONS = (("SANG", N_("Sáng")), ("CHIEU", N_("Chiều")))
WEEKDAYS = (2, 3, 4, 5, 6, 7)  # as people say: thứ hai is 2
PERIODS = (1, 2, 3, 4, 5)
PRICES = ("repair", "buy")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One period of the week in a computer room (“tiết”): `weekday` 2–7, `session` a code, `period` 1–5."""

    room_id: str
    weekday: int
    session: str
    period: int
    class_id: str
    class_name: str


@dataclass(frozen=True, slots=True)
class When:
    """A period of the week."""

    weekday: int
    session: str
    period: int


def lessons(db: Database, year: int, *, room_id: str | None = None) -> list[Lesson]:
    """The timetable of a year, of every computer room or of one."""
    rows = db.all(
        f"""select l.room_id, l.weekday, l.session, l.period, l.class_id, c.name
        from lab_slot l join school_class c on c.id = l.class_id and c.gone = 0
        where l.gone = 0 and l.year = ? {"and l.room_id = ?" if room_id else ""}
        order by l.weekday, l.session, l.period""",
        (year, room_id) if room_id else (year,),
    )
    return [Lesson(*row) for row in rows]


def set_lesson(db: Database, year: int, room_id: str, when: When, class_id: str | None) -> Step:
    """Give a period in a room to a class, or to nobody. Raises Refused CLASS_ELSEWHERE, SLOT_UNKNOWN."""
    known = when.weekday in WEEKDAYS and when.session in dict(SESSIONS) and when.period in PERIODS
    if not known:
        raise Refused(Problem("SLOT_UNKNOWN", _("Không có tiết này trong tuần."), next=_("Chọn tiết khác.")))
    row = name_id("lab_slot", room_id, year, when.weekday, when.session, when.period)
    if class_id is None:
        return db.do(Step(_("Bỏ tiết ở phòng máy"), _emptied(db, year, room_id, when)))
    _require_here(db, year, room_id, when, class_id)
    changes = _emptied(db, year, room_id, when, keep=row) + db.upsert(
        "lab_slot",
        row,
        room_id=room_id,
        year=year,
        weekday=when.weekday,
        session=when.session,
        period=when.period,
        class_id=class_id,
    )
    return db.do(Step(_("Xếp tiết ở phòng máy"), changes))


def _emptied(db: Database, year: int, room_id: str, when: When, *, keep: str = "") -> tuple[Change, ...]:
    """What must change for nobody to be in a room in a period, but the row to `keep`."""
    rows = db.all(
        """select id from lab_slot where room_id = ? and year = ? and weekday = ? and session = ? and period = ?
        and gone = 0 and id <> ?""",
        (room_id, year, when.weekday, when.session, when.period, keep),
    )
    return tuple(change for (row,) in rows for change in db.drop("lab_slot", row))


def _require_here(db: Database, year: int, room_id: str, when: When, class_id: str) -> None:
    names = {room.id: room.name for room in rooms(db)}
    for lesson in lessons(db, year):
        same = (lesson.weekday, lesson.session, lesson.period) == (when.weekday, when.session, when.period)
        if same and lesson.class_id == class_id and lesson.room_id != room_id:
            message = _("Tiết này lớp {name} đang ở {room}.")
            sentence = message.format(name=lesson.class_name, room=names.get(lesson.room_id, ""))
            raise Refused(Problem("CLASS_ELSEWHERE", sentence, next=_("Chọn tiết khác."), field="class_id"))


def prices(db: Database) -> Prices:
    """What a repair and a new machine cost, in whole đồng, as the school said."""
    return Prices(*(db.setting(f"facility.price.{name}") for name in PRICES))


def save_prices(db: Database, *, repair: int | None, buy: int | None) -> Step:
    """Set the prices; None where the school does not say one."""
    changes = (
        *db.put_setting("facility.price.repair", repair),
        *db.put_setting("facility.price.buy", buy),
    )
    return db.do(Step(_("Lưu giá để tính chi phí"), changes))


def check_labs(db: Database, year: int) -> tuple[LevelCheck, ...]:
    """Every level of the school against the computer rooms it has. Raises Refused for a rule file with a hole."""
    return check(read_facts(db, year))


def read_facts(db: Database, year: int) -> Facts:
    """Everything the check looks at. What names no site is at the main one."""
    places = [(row, name) for row, name, _address in sites(db)] or [("", _("Trường"))]
    class_sizes = Counter(pupil.class_id for pupil in pupils(db, year) if not pupil.gone)
    groups = [
        LabClass(
            school_class.id,
            school_class.name,
            _level(school_class.grade),
            place_of(school_class.site_id, places),
            class_sizes[school_class.id],
        )
        for school_class in classes(db, year)
    ]
    all_rooms, all_machines = rooms(db), machines(db)
    labs = [
        _lab(db, year, room, all_machines, site=place_of(room.site_id, places))
        for room in all_rooms
        if room.lab
    ]
    levels = tuple(level for level in LEVEL_GRADES if level in db.setting("school.levels", []))
    where = {room.id: room for room in all_rooms}
    return Facts(
        levels,
        limits(),
        [
            _site(
                row, name, [(machine, where.get(machine.room_id or "")) for machine in all_machines], places
            )
            for row, name in places
        ],
        groups,
        labs,
        prices(db),
    )


def _level(grade: int) -> str:
    return next(level for level, grades in LEVEL_GRADES.items() if grade in grades)


def place_of(site_id: str | None, places: Sequence[tuple[str, str]]) -> str:
    """The site something is at; what names none, or one that is gone, is at the first."""
    return site_id if site_id in dict(places) and site_id else places[0][0]


def _lab(db: Database, year: int, room: Room, all_machines: Sequence[Machine], *, site: str) -> Lab:
    own = [machine for machine in all_machines if machine.room_id == room.id and machine.use == TEACHING]
    classes_here = frozenset(lesson.class_id for lesson in lessons(db, year, room_id=room.id))
    usable = sum(machine.working for machine in own)
    return Lab(room.id, room.name, site, len(own), usable, room.levels, classes_here)


def _site(
    row: str, name: str, rows: Sequence[tuple[Machine, Room | None]], places: Sequence[tuple[str, str]]
) -> Site:
    """What a site could lend: working machines that stand in none of its computer rooms, or serve the office."""
    here = [
        (machine, room)
        for machine, room in rows
        if machine.working and place_of(room.site_id if room else None, places) == row
    ]
    office = sum(machine.use == OFFICE for machine, _room in here)
    loose = sum(machine.use == TEACHING and not (room and room.kind == LAB) for machine, room in here)
    return Site(row, name, office, loose)


def equipped_words(db: Database) -> str:
    """How many rooms where pupils are taught have projection and Internet, and whether there is a studio (1.7.1, 1.7.3)."""
    places = rooms(db)
    taught = [room for room in places if room.kind in LEARNING]
    ready, studios = (
        sum(room.projector and room.internet for room in taught),
        sum(room.kind == STUDIO for room in places),
    )
    words = _("{ready}/{all} phòng học có trình chiếu và Internet, {n} phòng làm học liệu số")
    return words.format(ready=ready, all=len(taught), n=studios) if places else ""
