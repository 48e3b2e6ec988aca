"""Closing a term (“đóng sổ học kì”): what the cells become that say a mark is owed.

K (không nộp) counts 0 or Chưa đạt when the term is closed, V (vắng) and P (có phép) only where somebody confirms of that
cell that no make-up test was taken, M (miễn thực hành) and a blank cell never. Nothing is turned that was not
confirmed: what is left stays owed, and its average stays open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _

TURNED = ("K", "V", "P")  # what closing can turn; PROPOSED is ticked from the start
PROPOSED = "K"


class CellKey(NamedTuple):
    """A cell of the term that is closed."""

    pupil_id: str
    code: str
    slot: str


@dataclass(frozen=True, slots=True)
class OwedCell:
    """A cell with V, P or K: whose it is, what it `becomes` when confirmed. `locked`, it cannot become anything."""

    key: CellKey
    number: int | None
    name: str
    value: str
    becomes: Mark
    locked: bool = False

    @property
    def proposed(self) -> bool:
        """Whether it is ticked before anybody has looked."""
        return self.value == PROPOSED and not self.locked


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A subject of a class: the cells to decide on, and how many are blank (or M) and stay so."""

    class_id: str
    class_name: str
    code: str
    subject: str
    cells: tuple[OwedCell, ...]
    blank: int
    article: str


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """What closing a term of a class, or of the school (`class_id` None), would do: pages where something is owed."""

    year: int
    term: int
    class_id: str | None
    classes: int
    pages: tuple[ClosingPage, ...]

    @property
    def cells(self) -> tuple[OwedCell, ...]:
        """Every cell with V, P or K."""
        return tuple(cell for page in self.pages for cell in page.cells)

    @property
    def blank(self) -> int:
        """How many cells have nothing, and stay so."""
        return sum(page.blank for page in self.pages)

    @property
    def articles(self) -> tuple[str, ...]:
        """What the turning rests on, saying when it was not checked."""
        return tuple(dict.fromkeys(page.article for page in self.pages))

    def chosen(self, letters: Collection[str]) -> tuple[CellKey, ...]:
        """The cells that hold one of the letters and may be turned."""
        return tuple(cell.key for cell in self.cells if cell.value in letters and not cell.locked)


def owed_cells(slots: Sequence[str], marks: Mapping[str, Mark]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The slots that hold V, P or K with the letter, and how many are blank or exempt."""
    owed = tuple((slot, str(marks[slot])) for slot in slots if marks.get(slot) in TURNED)
    open_ = sum(marks.get(slot) in (None, "M") for slot in slots)
    return owed, open_


def check_confirmed(shown: ClosingPlan, now: ClosingPlan, confirmed: Collection[CellKey]) -> list[Problem]:
    """The problems of the confirmed cells: each must still have the value that was shown, and be open."""
    then = {cell.key: cell for cell in shown.cells}
    cells = {cell.key: cell for cell in now.cells}
    problems = []
    for key in confirmed:
        old, new = then.get(key), cells.get(key)
        if old is None or new is None or old.value != new.value:
            message, next_step = _("Ô này đã thay đổi sau khi xem."), _("Xem lại danh sách rồi xác nhận.")
            name = old.name if old else ""
            problems.append(Problem("CLOSING_STALE", message, name, next_step))
        elif new.locked:
            message, next_step = _("Ô này đã khóa, không tính 0 được nữa."), _("Lập phiếu mở khóa trước.")
            problems.append(Problem("CLOSING_HELD", message, new.name, next_step))
    return problems
