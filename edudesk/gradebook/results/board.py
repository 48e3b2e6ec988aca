"""Who still owes which marks: every class and subject with its teacher, and how full each kind of mark is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from edudesk.gradebook.register.filled import ColumnFill, completeness
from edudesk.gradebook.rules.slots import SlotKind, period_of
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.names import name_key
from edudesk.kernel.words import N_, _
from edudesk.school.store import classes
from edudesk.staff.store import names
from edudesk.storage.database import Database

KINDS: dict[str, str] = {
    SlotKind.TX: N_("Thường xuyên"),
    SlotKind.GK: N_("Giữa kì"),
    SlotKind.CK: N_("Cuối kì"),
}


@dataclass(frozen=True, slots=True)
class FillShare:
    """How many of the `owed` marks are `filled`; `slot` is the first column of the kind that is not full, else its first."""

    filled: int
    owed: int
    slot: str

    @property
    def missing(self) -> int:
        """How many marks are still owed."""
        return max(0, self.owed - self.filled)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A subject of a class; `shares` by kind (tx, gk, ck). `teacher` is "" where nobody is assigned."""

    class_id: str
    class_name: str
    grade: int
    code: str
    subject: str
    teacher_id: str
    teacher: str
    shares: Mapping[str, FillShare]

    @property
    def filled(self) -> int:
        """Marks that are there."""
        return sum(share.filled for share in self.shares.values())

    @property
    def owed(self) -> int:
        """Marks that must be there."""
        return sum(share.owed for share in self.shares.values())

    @property
    def missing(self) -> int:
        """Marks that are still owed."""
        return sum(share.missing for share in self.shares.values())

    @property
    def slot(self) -> str:
        """Where work is waiting: the first column that is not full, else the first."""
        shares = list(self.shares.values())
        return next((share.slot for share in shares if share.missing), shares[0].slot)


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The lines of one teacher or one class under its name."""

    title: str
    lines: tuple[BoardLine, ...]

    @property
    def missing(self) -> int:
        """Marks still owed in all of them."""
        return sum(line.missing for line in self.lines)

    @property
    def owed(self) -> int:
        """Marks that must be there in all of them."""
        return sum(line.owed for line in self.lines)


def board(db: Database, year: int, term: int) -> tuple[BoardLine, ...]:
    """Every subject that is due from somebody in a term (1 or 2), in the order of classes and subjects.

    Raises Refused TERM_WANTED for the whole year, which has no marks of its own.
    """
    if not term:
        message = _("Tiến độ nhập điểm xem theo từng học kì.")
        raise Refused(Problem("TERM_WANTED", message, next=_("Chọn học kì 1 hoặc 2.")))
    grades = {school_class.id: school_class.grade for school_class in classes(db, year)}
    staff = names(db)
    fillings = completeness(db, year, term)
    pages = [
        list(all_fillings)
        for _key, all_fillings in groupby(fillings, key=lambda filling: (filling.class_id, filling.code))
    ]
    return tuple(_line(page, grades, staff) for page in pages if page[0].owed)


def _line(columns: Sequence[ColumnFill], grades: Mapping[str, int], staff: Mapping[str, str]) -> BoardLine:
    first = columns[0]
    kinds = {kind: [filling for filling in columns if period_of(filling.slot) == kind] for kind in KINDS}
    return BoardLine(
        class_id=first.class_id,
        class_name=first.class_name,
        grade=grades[first.class_id],
        code=first.code,
        subject=first.subject,
        teacher_id=first.teacher_id or "",
        teacher=staff.get(first.teacher_id or "", ""),
        shares={kind: _share(fillings) for kind, fillings in kinds.items() if fillings},
    )


def _share(columns: Sequence[ColumnFill]) -> FillShare:
    waiting = next((filling.slot for filling in columns if not filling.full), columns[0].slot)
    return FillShare(
        sum(filling.filled for filling in columns), sum(filling.owed for filling in columns), waiting
    )


def chosen(lines: Sequence[BoardLine], *, grade: int = 0, unfinished: bool = False) -> list[BoardLine]:
    """The lines of a grade (0 for all), of those only what is not finished where asked for."""
    return [line for line in lines if grade in (0, line.grade) and (line.missing or not unfinished)]


def grouped(lines: Sequence[BoardLine], view: str) -> list[BoardGroup]:
    """By "teacher", who owes most first, or by "class" in the school's order."""
    if view == "class":
        pairs = groupby(lines, key=lambda line: line.class_id)
        return [_group(_("Lớp {name}"), list(held)) for _id, held in pairs]
    by: dict[str, list[BoardLine]] = {}
    for line in lines:
        by.setdefault(line.teacher_id if line.teacher else "", []).append(line)
    groups = [BoardGroup(rows[0].teacher or _("Chưa phân công"), tuple(rows)) for rows in by.values()]
    return sorted(groups, key=lambda group: (-group.missing, name_key(group.title)))


def _group(words: str, lines: list[BoardLine]) -> BoardGroup:
    return BoardGroup(words.format(name=lines[0].class_name), tuple(lines))
