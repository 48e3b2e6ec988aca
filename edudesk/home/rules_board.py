"""What the board counts, as frozen records. Pure: they come from a worker and are shown as they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from edudesk.gradebook.rules.slots import SlotKind
from edudesk.kernel.duty import Duty
from edudesk.kernel.state_problem import StateProblem
from edudesk.kernel.words import _


@dataclass(frozen=True, slots=True)
class Count:
    """`done` of `total`."""

    done: int
    total: int

    @property
    def full(self) -> bool:
        """Whether nothing is left; nothing at all is not full."""
        return self.done >= self.total > 0


@dataclass(frozen=True, slots=True)
class Owing:
    """Marks of one kind that a class still owes in a subject: `whole` when not one of them is there."""

    class_id: str
    class_name: str
    code: str
    subject: str
    teacher: str
    slot: str
    column: str
    kind: str
    missing: int
    whole: bool

    @property
    def words(self) -> str:
        """“3 em thiếu ĐĐGck”, “cả lớp chưa có ĐĐGck”, “thiếu 12 điểm ĐĐGtx”."""
        if self.kind == SlotKind.TX:
            return _("thiếu {n} điểm thường xuyên").format(n=self.missing)
        if self.whole:
            return _("cả lớp chưa có {column}").format(column=self.column)
        return _("{n} em thiếu {column}").format(n=self.missing, column=self.column)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A class some of whose pupils have no rèn luyện in the term."""

    class_id: str
    class_name: str
    teacher: str
    missing: int


@dataclass(frozen=True, slots=True)
class FillLine:
    """How full the marks of a class or a teacher are; `class_id` "" and `code` "" where it names a teacher."""

    name: str
    count: Count
    class_id: str
    code: str
    slot: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock that waits for its day, or a permit that is open until one."""

    words: str
    day: dt.date
    is_permit: bool


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """Everything the board shows of one term."""

    term: int
    middle: Count
    marks: Count
    conduct: Count
    ready: Count
    owing: tuple[Owing, ...]
    unjudged: tuple[Unjudged, ...]
    classes: tuple[FillLine, ...]
    teachers: tuple[FillLine, ...]
    locks: tuple[Locked, ...]
    duties: tuple[Duty, ...] = ()
    problems: tuple[StateProblem, ...] = ()

    def finished(self) -> dict[str, bool]:
        """Which countable work of the term is done, by the key of its event."""
        done = {"giua_ki": self.middle, "du_diem": self.marks, "ren_luyen": self.conduct}
        found = {f"{work}_{self.term}": count.full for work, count in done.items()}
        return found | {f"khoa_so_{self.term}": False}
