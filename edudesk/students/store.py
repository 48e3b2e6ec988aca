"""Pupils as they are kept: lists, records, classes, status; one Step per write."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.names import name_key
from edudesk.kernel.text import matches
from edudesk.kernel.words import _
from edudesk.storage.births import born, proposed_id
from edudesk.storage.database import Database
from edudesk.storage.slice import RecordFind
from edudesk.students.fields import BY_KEY, LEAVING, STATUSES
from edudesk.students.places import StudentsPlace

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil (“học sinh”) as a list shows them: in one class of one year, with what became of them.

    `status` is the code of the last event of the year; `left_on` the ISO day they left, when they have.
    """

    id: str
    number: int | None
    name: str
    birth_date: str | None
    sex: str | None
    ethnic: str | None
    personal_number: str | None
    code: str | None
    phone: str | None
    class_id: str
    class_name: str
    status: str
    left_on: str | None

    @property
    def gone(self) -> bool:
        """Whether they have left: then they owe nothing after `left_on`."""
        return self.left_on is not None

    @property
    def status_words(self) -> str:
        """Their status and since when, for who has left: “Chuyển đi 12/10/2026”."""
        return f"{_(dict(STATUSES)[self.status])} {show_date(self.left_on)}"


_LIST = """select p.id, e.number, p.name, p.birth_date, p.sex, p.ethnic, p.personal_number, p.code, p.phone,
    c.id, c.name
    from enrolment e join pupil p on p.id = e.pupil_id and p.gone = 0
    join school_class c on c.id = e.class_id and c.gone = 0
    where e.gone = 0 and e.year = ?"""


LONGEST_FIND = 300  # letters


def pupils(db: Database, year: int, *, class_id: str | None = None, find: str = "") -> list[Pupil]:
    """The pupils of a year, or of one class of it, in the order of class and number; those that match `find`."""
    if len(find) > LONGEST_FIND:
        return []  # no name and no number is as long
    sql, params = (_LIST, (year,)) if class_id is None else (f"{_LIST} and e.class_id = ?", (year, class_id))
    order = "order by c.grade, c.position, length(c.name), c.name, e.number is null, e.number"
    events = _last_events(db, year)
    listed = [_listed(row, events) for row in db.all(f"{sql} {order}", params)]
    if class_id is not None or not find:
        listed = _numbered(listed)
    return [pupil for pupil in listed if not find or _matches(pupil, find)]


def _listed(row: tuple[Any, ...], events: dict[str, tuple[str, str | None]]) -> Pupil:
    return Pupil(*(*row, *events.get(str(row[0]), ("DANG_HOC", None))))


def _numbered(listed: list[Pupil]) -> list[Pupil]:
    """Pupils without a number come after the others of their class, by name."""
    blank = [pupil for pupil in listed if pupil.number is None]
    if not blank:
        return listed
    order: dict[str, int] = {}
    for pupil in listed:
        order.setdefault(pupil.class_id, len(order))
    return sorted(
        listed, key=lambda p: (order[p.class_id], p.number is None, p.number or 0, name_key(p.name))
    )


def _matches(pupil: Pupil, find: str) -> bool:
    digits = find.replace(" ", "")
    if digits.isdigit() and len(digits) >= 4:
        return any(digits in (number or "") for number in (pupil.personal_number, pupil.code, pupil.phone))
    return matches(find, pupil.name, pupil.class_name)


def _last_events(db: Database, year: int) -> dict[str, tuple[str, str | None]]:
    """pupil → (status code, ISO day they left or None) by the last event of the year."""
    rows = db.all(
        "select pupil_id, kind, on_date from status_event where year = ? and gone = 0 order by on_date, id",
        (year,),
    )
    return {pupil: (kind, day if kind in LEAVING else None) for pupil, kind, day in rows}


def record(db: Database, pupil_id: str) -> dict[str, Value]:
    """Every field of a pupil. Raises Refused PUPIL_UNKNOWN."""
    stored = db.row("pupil", pupil_id)
    if stored is None or stored["gone"]:
        raise Refused(
            Problem("PUPIL_UNKNOWN", _("Không còn hồ sơ học sinh này."), next=_("Chọn học sinh khác."))
        )
    return stored


def pupil_named(db: Database, year: int, who: str, *, class_id: str | None = None) -> Pupil:
    """A pupil by id, sector code, 12-digit number, or `#7` for the number in the class.

    Raises Refused PUPIL_UNKNOWN, PUPIL_TWICE.
    """
    candidates = pupils(db, year, class_id=class_id)
    if who.startswith("#"):
        matching = [pupil for pupil in candidates if class_id and str(pupil.number) == who[1:]]
    else:
        matching = [pupil for pupil in candidates if who in (pupil.id, pupil.code, pupil.personal_number)]
    if not matching:
        message = (
            _("Không có học sinh “{who}” trong lớp này.") if class_id else _("Không có học sinh “{who}”.")
        )
        next_step = _("Dùng mã, số định danh 12 chữ số, hoặc #số thứ tự cùng với lớp.")
        raise Refused(Problem("PUPIL_UNKNOWN", message.format(who=who), next=next_step))
    if len(matching) > 1:
        raise Refused(several_pupils(who, matching))
    return matching[0]


def several_pupils(who: str, named: Sequence[Pupil]) -> Problem:
    """What is said when a code or a number is more than one pupil's: nobody is chosen."""
    names = _(" hay ").join(pupil.name for pupil in named[:3])
    message = _("“{who}” là của {n} em: {names}.").format(who=who, n=len(named), names=names)
    return Problem("PUPIL_TWICE", message, next=_("Dùng mã khác của em, hoặc sửa số thứ tự trong lớp."))


# -- records


def check_record(db: Database, fields: Mapping[str, Value], pupil_id: str | None = None) -> list[Problem]:
    """What stands against a record: no name, or a number another pupil has."""
    problems = []
    if not fields.get("name", pupil_id):  # a change that leaves the name alone does not give one
        problems.append(
            Problem("FIELD_MISSING", _("Thiếu họ và tên."), next=_("Gõ họ và tên."), field="name")
        )
    for key in ("personal_number", "code"):
        other = _other_with(db, key, fields.get(key), pupil_id)
        if other:
            message = _("Trùng với {name}.").format(name=other)
            next_step = _("Gõ lại số, hoặc xem lại hồ sơ kia.")
            problems.append(Problem("NUMBER_TAKEN", message, _(BY_KEY[key].label), next_step, field=key))
    return problems


def _other_with(db: Database, key: str, value: Value, pupil_id: str | None) -> str | None:
    if not value:
        return None
    holder = db.one(
        f"""select p.name, c.name from pupil p
        left join enrolment e on e.pupil_id = p.id and e.gone = 0
        left join school_class c on c.id = e.class_id
        where p.{key} = ? and p.id is not ? and p.gone = 0 order by e.year desc""",
        (value, pupil_id),
    )
    if not holder or holder[1] is None:
        return str(holder[0]) if holder else None
    return _("{name}, lớp {class_name}").format(name=holder[0], class_name=holder[1])


def new_pupil_id(db: Database, fields: Mapping[str, Value], *, taken: Collection[str] = ()) -> str:
    """The identity of a new pupil: the same on every desk when they have a code or a number of their own.

    They may be one who was taken back and comes again. Whoever else has the derived identity, be he here or gone, is
    somebody whose code was corrected: then, and without a code, a random one. `taken` as for `proposed_id`.
    """
    own = fields.get("code") or fields.get("personal_number")
    return proposed_id(db, "pupil", (own,), again=partial(_is_pupil, own, fields), taken=taken)


def _is_pupil(own: Value, fields: Mapping[str, Value], stored: Mapping[str, Value]) -> bool:
    """Whether a row is of the same person: number, name and birth date."""
    same = own in (stored["code"], stored["personal_number"])
    return same and all(stored[key] == fields.get(key) for key in ("name", "birth_date"))


def add_pupil(db: Database, year: int, class_id: str, fields: Mapping[str, Value]) -> Step:
    """A new pupil in a class, last in its list. Raises Refused with every problem of the record."""
    problems = check_record(db, fields)
    if problems:
        raise Refused(*problems)
    pupil_id = new_pupil_id(db, fields)
    changes = born(db, "pupil", {pupil_id: fields})
    return db.do(Step(_("Thêm học sinh"), changes + enrol_changes(db, pupil_id, year, class_id)))


def save_pupil(db: Database, pupil_id: str, fields: Mapping[str, Value]) -> Step:
    """Change fields of a record. Raises Refused with every problem."""
    problems = check_record(db, fields, pupil_id)
    if problems:
        raise Refused(*problems)
    return db.do(Step(_("Sửa hồ sơ học sinh"), db.update("pupil", pupil_id, **fields)))


# -- classes


def enrol_changes(
    db: Database,
    pupil_id: str,
    year: int,
    class_id: str,
    *,
    number: int | None = None,
    joined_on: str | None = None,
) -> Changes:
    """What must change for the pupil to be in the class; the number is the next free one unless given."""
    row = name_id("enrolment", pupil_id, year)
    number = number if number is not None else next_number(db, class_id)
    fields: dict[str, Value] = {"pupil_id": pupil_id, "year": year, "class_id": class_id, "number": number}
    if joined_on:
        fields["joined_on"] = joined_on
    return db.upsert("enrolment", row, **fields)


def next_number(db: Database, class_id: str) -> int:
    """The number after the last in the class's list."""
    return int(
        db.value(
            "select coalesce(max(number), 0) + 1 from enrolment where class_id = ? and gone = 0", (class_id,)
        )
    )


def move_to_class(db: Database, pupil_id: str, year: int, class_id: str) -> Step:
    """Move a pupil to another class of the year, last in its list."""
    return db.do(Step(_("Chuyển lớp"), enrol_changes(db, pupil_id, year, class_id)))


def renumber(db: Database, year: int, class_id: str) -> Step:
    """Number a class from 1 in Vietnamese order of names (tên, then họ đệm)."""
    class_pupils = sorted(
        pupils(db, year, class_id=class_id), key=lambda pupil: (name_key(pupil.name), pupil.birth_date or "")
    )
    changes = tuple(
        change
        for number, pupil in enumerate(class_pupils, 1)
        for change in db.update("enrolment", name_id("enrolment", pupil.id, year), number=number)
    )
    return db.do(Step(_("Đánh lại số thứ tự theo tên"), changes))


def class_history(db: Database, pupil_id: str) -> list[tuple[int, str]]:
    """(year, class name) of every year the pupil has been here, newest first."""
    return db.all(
        """select e.year, c.name from enrolment e join school_class c on c.id = e.class_id
        where e.pupil_id = ? and e.gone = 0 order by e.year desc""",
        (pupil_id,),
    )


def pupil_finds(db: Database, year: int) -> list[RecordFind]:
    """Every pupil of a year for Ctrl+K, class by class: the name, with the class and the birthday beside it."""
    rows = db.all(
        """select p.id, p.name, p.birth_date, c.id, c.name from enrolment e
        join pupil p on p.id = e.pupil_id and p.gone = 0
        join school_class c on c.id = e.class_id and c.gone = 0
        where e.year = ? and e.gone = 0 order by c.grade, c.name, e.number""",
        (year,),
    )
    return [
        RecordFind(
            f"pupil:{pupil_id}",
            name,
            "user",
            StudentsPlace(pupil=pupil_id, class_id=class_id),
            _("Lớp {name}").format(name=class_name) + (f" · {show_date(born)}" if born else ""),
        )
        for pupil_id, name, born, class_id, class_name in rows
    ]
