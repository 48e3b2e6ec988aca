"""Writing marks, comments and the homeroom teacher's record; one Step per action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edudesk.gradebook.register.locks import ClassLocks
from edudesk.gradebook.register.roll import TERMS, Roll, read_roll
from edudesk.gradebook.rules.assessment import check_mark
from edudesk.gradebook.rules.bounds import LONGEST_COMMENT
from edudesk.gradebook.rules.locks import Lock, lock_words
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.slots import slot_label
from edudesk.gradebook.rules.term_record import check_record_field
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Change, Fields, Step, Value
from edudesk.kernel.errors import Problem, Refused, Stale
from edudesk.kernel.ids import name_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.students.store import Pupil


@dataclass(frozen=True, slots=True)
class SheetKey:
    """A page of the register: a class, a subject, a term (1 or 2)."""

    class_id: str
    code: str
    term: int


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """A cell to write: tenths, "D", "CD", an owed letter, or None to clear it."""

    pupil_id: str
    slot: str
    value: Mark


@dataclass(frozen=True, slots=True)
class HomeroomLine:
    """What the homeroom teacher records of a pupil in a term. `lock` says who locked it and why, "" while it is open."""

    pupil_id: str
    number: int | None
    name: str
    left_on: str | None
    owes: bool
    conduct: str | None
    absent_excused: int | None
    absent_unexcused: int | None
    comment: str
    lock: str = ""


# -- marks


def enter_mark(
    db: Database, key: SheetKey, entry: MarkEntry, *, reason: str = "", roll: Roll | None = None
) -> Step:
    """Write one cell. Raises Refused: MARK_RANGE, MARK_NOT_COMMENT, MARK_SLOT, NOT_ENROLLED, NOT_TAKEN, PUPIL_LEFT.

    A page that follows every Step gives its `roll`, so that it is not read again at every key.
    """
    label = _("Xóa điểm") if entry.value is None else _("Nhập điểm")
    return db.do(Step(label, mark_changes(db, key, [entry], roll=roll), reason))


def enter_marks(
    db: Database, key: SheetKey, entries: Sequence[MarkEntry], *, reason: str = "", label: str = ""
) -> Step:
    """Write many cells of a page as one Step, all or none. Raises Refused with every cell's problem."""
    message = label or _("Nhập {n} ô điểm").format(n=len(entries))
    return db.do(Step(message, mark_changes(db, key, entries), reason))


def mark_changes(
    db: Database, key: SheetKey, entries: Sequence[MarkEntry], *, roll: Roll | None = None
) -> tuple[Change, ...]:
    """What must change for the cells to hold the values; an empty cell that stays empty makes no row."""
    roll = roll or read_roll(db, key.class_id)
    problems = [problem for entry in entries if (problem := check_entry(roll, key, entry))]
    if problems:
        raise Refused(*problems)
    return cell_changes(db, roll, [(key, entry) for entry in entries])


def check_entry(roll: Roll, key: SheetKey, entry: MarkEntry) -> Problem | None:
    """What stands against writing a cell; None when nothing does."""
    course = roll.course(key.code)
    pupil = roll.by_id.get(entry.pupil_id)
    row = mark_id(roll, key, entry)
    if key.term not in TERMS or entry.slot not in course.slots:
        message = _("Môn {subject} không có cột “{slot}”.").format(subject=course.name, slot=entry.slot)
        known = ", ".join(course.slots)
        return Problem("MARK_SLOT", message, next=_("Các cột: {known}.").format(known=known), row=row)
    if pupil is None:
        return Problem(
            "NOT_ENROLLED", _("Em này không có trong lớp."), next=_("Xem lại danh sách lớp."), row=row
        )
    if not roll.takes(pupil.id, course):
        message = _("Em không học môn {subject}.").format(subject=course.name)
        return Problem("NOT_TAKEN", message, pupil.name, _("Sửa lựa chọn môn học nếu cần."), row=row)
    if not roll.owes(pupil, key.term):
        return _left(pupil, row)
    problem = check_mark(entry.value, course.kind, code=course.code, slot=entry.slot)
    return Problem(problem.code, problem.message, pupil.name, table="mark", row=row) if problem else None


def _left(pupil: Pupil, row: str) -> Problem:
    message = _("Em đã rời trường ngày {day}, không ghi điểm nữa.").format(day=show_date(pupil.left_on))
    return Problem("PUPIL_LEFT", message, pupil.name, _("Sửa trạng thái nếu em học lại."), row=row)


def mark_id(roll: Roll, key: SheetKey, entry: MarkEntry) -> str:
    """The identity of a cell: the same on every desk."""
    return _cell_id(entry.pupil_id, roll.year, key.code, key.term, entry.slot)


@lru_cache(maxsize=4096)
def _cell_id(pupil_id: str, year: int, code: str, term: int, slot: str) -> str:
    """Kept, because a plan, its checks and its writing ask for the same cells one after the other."""
    return name_id("mark", pupil_id, year, code, term, slot)


def cell_changes(db: Database, roll: Roll, cells: Iterable[tuple[SheetKey, MarkEntry]]) -> tuple[Change, ...]:
    """What must change for cells of a class, already checked, to hold their values.

    A cell keeps the class it was born in, and with it its scope; one that was never written and stays empty is not
    made.
    """
    wanted = {mark_id(roll, key, entry): (key, entry) for key, entry in cells}

    def born(row: str) -> Fields | None:
        key, entry = wanted[row]
        return None if entry.value is None else _born(roll, key, entry)

    return db.upsert_all(
        "mark", {row: {"value": entry.value} for row, (_key, entry) in wanted.items()}, born=born
    )


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A cell a plan will write, of the pupil `name`: `seen` is what it held when the plan was made and shown."""

    name: str
    key: SheetKey
    entry: MarkEntry
    seen: Mark


def planned_changes(db: Database, cells: Iterable[PlannedCell]) -> tuple[Change, ...]:
    """What must change for the cells of a plan, of any classes, to hold their values.

    Raises Stale with every cell written since the plan was shown: nobody agreed to replace that value.
    """
    by_class: dict[str, list[PlannedCell]] = {}
    for cell in cells:
        by_class.setdefault(cell.key.class_id, []).append(cell)
    changes: list[Change] = []
    problems: list[Problem] = []
    for class_id, planned in by_class.items():
        roll = read_roll(db, class_id)
        problems += _written_since(db, roll, planned)
        changes += cell_changes(db, roll, [(cell.key, cell.entry) for cell in planned])
    if problems:
        raise Stale(*problems)
    return tuple(changes)


def _written_since(db: Database, roll: Roll, planned: Sequence[PlannedCell]) -> Iterator[Problem]:
    by_row = {mark_id(roll, cell.key, cell.entry): cell for cell in planned}
    stored = db.rows_of("mark", by_row)
    for row, cell in by_row.items():
        mark = stored.get(row)
        if (mark["value"] if mark and not mark["gone"] else None) != cell.seen:
            place = f"{cell.name}, {roll.course(cell.key.code).name}, {slot_label(cell.entry.slot)}"
            message = _("Ô này đã được sửa sau khi xem trước.")
            yield Problem("STALE", message, place, _("Chọn lại tệp để xem trước lần nữa."), "mark", row)


def _born(roll: Roll, key: SheetKey, entry: MarkEntry) -> Fields:
    return {
        "pupil_id": entry.pupil_id,
        "year": roll.year,
        "code": key.code,
        "term": key.term,
        "slot": entry.slot,
        "class_id": roll.class_id,
        "value": entry.value,
    }


# -- comments by subject


def save_subject_comment(db: Database, key: SheetKey, pupil_id: str, text: str) -> Step:
    """Write what the subject's teacher says of a pupil in a term; empty text clears it. Raises Refused."""
    roll = read_roll(db, key.class_id)
    require_present(roll, pupil_id, key.term)
    words = _words(text)
    row = name_id("subject_comment", pupil_id, roll.year, key.code, key.term)
    if db.row("subject_comment", row) is not None:
        return db.do(Step(_("Ghi nhận xét môn học"), db.upsert("subject_comment", row, text=words)))
    changes = db.upsert(
        "subject_comment",
        row,
        pupil_id=pupil_id,
        year=roll.year,
        code=key.code,
        term=key.term,
        class_id=roll.class_id,
        text=words,
    )
    return db.do(Step(_("Ghi nhận xét môn học"), changes if words else ()))


def _words(text: str) -> str | None:
    words = squeeze(text)
    if len(words) > LONGEST_COMMENT:
        message = _("Nhận xét dài {n} chữ cái, nhiều nhất {most}.").format(n=len(words), most=LONGEST_COMMENT)
        raise Refused(Problem("COMMENT_LONG", message, next=_("Viết ngắn lại.")))
    return words or None


def require_present(roll: Roll, pupil_id: str, term: int) -> Pupil:
    """The pupil, who is in the class until the end of the term. Raises Refused NOT_ENROLLED, PUPIL_LEFT."""
    pupil = roll.by_id.get(pupil_id)
    if pupil is None:
        raise Refused(
            Problem("NOT_ENROLLED", _("Em này không có trong lớp."), next=_("Xem lại danh sách lớp."))
        )
    if not roll.owes(pupil, term):
        raise Refused(_left(pupil, pupil_id))
    return pupil


# -- the homeroom teacher's record


def homeroom_lines(db: Database, class_id: str, term: int) -> list[HomeroomLine]:
    """The record of every pupil of a class in a term, in the order of the register."""
    roll = read_roll(db, class_id)
    found = {
        pupil: rest
        for pupil, *rest in db.all(
            """select pupil_id, conduct, absent_excused, absent_unexcused, comment from term_record
            where year = ? and term = ? and gone = 0
            and pupil_id in (select pupil_id from enrolment where class_id = ? and gone = 0)""",
            (roll.year, term, class_id),
        )
    }
    locks = ClassLocks(db, roll)
    return [
        _homeroom_line(roll, pupil, term, [*found.get(pupil.id, [None] * 4), locks.record(pupil.id, term)])
        for pupil in roll.pupils
    ]


def _homeroom_line(roll: Roll, pupil: Pupil, term: int, record: Sequence[object]) -> HomeroomLine:
    conduct, excused, unexcused, comment, lock = record
    return HomeroomLine(
        pupil_id=pupil.id,
        number=pupil.number,
        name=pupil.name,
        left_on=pupil.left_on,
        owes=roll.owes(pupil, term),
        conduct=str(conduct) if conduct else None,
        absent_excused=excused if isinstance(excused, int) else None,
        absent_unexcused=unexcused if isinstance(unexcused, int) else None,
        comment=str(comment or ""),
        lock=lock_words(lock if isinstance(lock, Lock) else None),
    )


def save_term_record(db: Database, class_id: str, term: int, *, pupil_id: str, **fields: Value) -> Step:
    """Set some of conduct, absent_excused, absent_unexcused, comment of a pupil in a term. Raises Refused."""
    roll = read_roll(db, class_id)
    require_present(roll, pupil_id, term)
    problems = [problem for key, value in fields.items() if (problem := check_record_field(key, value))]
    if problems:
        raise Refused(*problems)
    if "comment" in fields:
        fields["comment"] = _words(str(fields["comment"] or ""))
    row = name_id("term_record", pupil_id, roll.year, term)
    if db.row("term_record", row) is None:
        born: dict[str, Value] = {"pupil_id": pupil_id, "year": roll.year, "term": term, "class_id": class_id}
        return db.do(Step(_("Ghi rèn luyện và chuyên cần"), db.upsert("term_record", row, **born, **fields)))
    return db.do(Step(_("Ghi rèn luyện và chuyên cần"), db.upsert("term_record", row, **fields)))


def mark_name(db: Database, row_id: str) -> str:
    """What people call a mark: the pupil and the column."""
    row = db.one(
        "select p.name, m.slot from mark m join pupil p on p.id = m.pupil_id where m.id = ?", (row_id,)
    )
    return f"{row[0]} · {slot_label(str(row[1]))}" if row else ""
