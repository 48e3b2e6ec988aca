"""Law: whatever is done in whatever order, the journal alone tells the averages, a locked or sealed cell never changes,
and a seal that holds vouches for the page."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import Register
from schools import YEAR

from edudesk.gradebook.register import locks
from edudesk.gradebook.register.closing import close_term, closing_plan
from edudesk.gradebook.register.locks import close_expired, lock_marks, unlock_marks
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark, enter_marks
from edudesk.gradebook.register.sealed_pages import read_seals
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.assessment import term_result
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.gradebook.seals.verifying import verify_seal
from edudesk.kernel.errors import Refused
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.recovery.replay import replay

SLOTS = ("tx1", "tx2", "gk", "ck")
PUPILS = 2
Cell = tuple[int, str]
Where = tuple[int | None, str | None]

pupil = st.integers(0, PUPILS - 1)
slot = st.sampled_from(SLOTS)
value = st.sampled_from((None, 0, 35, 50, 65, 72, 100, "V", "K"))
where = st.tuples(st.none() | pupil, st.none() | slot)
action = st.one_of(
    st.tuples(st.just("enter"), pupil, slot, value),
    st.tuples(st.just("paste"), st.lists(st.tuples(pupil, slot, value), max_size=6)),
    st.tuples(st.just("lock"), where),
    st.tuples(st.just("unlock"), where, st.integers(0, 2)),
    st.tuples(st.just("finish"), st.sampled_from(("", "K", "VPK"))),
    st.tuples(st.sampled_from(("undo", "rest", "redo", "day", "close", "seal", "unseal"))),
)


class Oracle:
    """Locks, permits and the seal as a clerk would keep them on paper, and the cells they hold."""

    def __init__(self) -> None:
        self.day = dt.date(2026, 11, 22)
        self.locks: list[Where] = []
        self.permits: list[tuple[Where, frozenset[int], dt.date]] = []
        self.sealed = False

    def holds(self, cell: Cell) -> bool:
        return self.sealed or any(
            fits(lock, cell)
            and not any(
                n in of and fits(opened, cell) and self.day <= until for opened, of, until in self.permits
            )
            for n, lock in enumerate(self.locks)
        )

    def open(self, cells: Where, days: int) -> None:
        of = frozenset(
            n
            for n, lock in enumerate(self.locks)
            if all(one is None or two is None or one == two for one, two in zip(lock, cells, strict=True))
        )
        self.permits.append((cells, of, self.day + dt.timedelta(days)))


def fits(cells: Where, cell: Cell) -> bool:
    return all(one in (None, two) for one, two in zip(cells, cell, strict=True))


class Desk:
    """A school on which actions are done, with the oracle beside it."""

    def __init__(self, db: Database, class_id: str, pupils: list[str]) -> None:
        self.db, self.key, self.pupils = db, SheetKey(class_id, "gdcd", 1), pupils
        self.oracle = Oracle()

    def do(self, name: str, *rest: object) -> None:
        """One action; a refusal changes nothing, and nothing that was locked before has changed after."""
        before, held = self.marks(), {cell for cell in self.cells() if self.oracle.holds(cell)}
        try:
            getattr(self, name)(*rest)
        except Refused:
            assert self.marks() == before
        after = self.marks()
        assert {cell for cell in before if before[cell] != after[cell]} & held == set()

    def enter(self, who: int, cell: str, mark: int | str | None) -> None:
        enter_mark(self.db, self.key, MarkEntry(self.pupils[who], cell, mark))

    def paste(self, block: list[tuple[int, str, int | str | None]]) -> None:
        cells = {(who, cell): mark for who, cell, mark in block}
        enter_marks(self.db, self.key, [MarkEntry(self.pupils[w], c, mark) for (w, c), mark in cells.items()])

    def lock(self, cells: Where) -> None:
        lock_marks(self.db, [self.scope(cells)], reason="nộp sổ")
        self.oracle.locks.append(cells)

    def unlock(self, cells: Where, days: int) -> None:
        until = self.oracle.day + dt.timedelta(days)
        unlock_marks(self.db, [self.scope(cells)], until=until, reason="sửa")
        self.oracle.open(cells, days)

    def undo(self) -> None:
        self.db.undo()

    def rest(self) -> None:
        self.db.undo(rest=True)

    def redo(self) -> None:
        self.db.redo()

    def day(self) -> None:
        self.oracle.day += dt.timedelta(1)

    def close(self) -> None:
        close_expired(self.db)

    def finish(self, letters: str) -> None:
        plan = closing_plan(self.db, YEAR, 1, self.key.class_id)
        if close_term(self.db, plan, plan.chosen(letters), "hết kì").touches("mark_lock"):
            self.oracle.locks.append((None, None))

    def seal(self) -> None:
        seal_page(self.db, self.key.class_id, 1, code="gdcd", reason="hết kì", accept_missing=True)
        self.oracle.sealed = True

    def unseal(self) -> None:
        for seal in read_seals(self.db.all, YEAR):
            if seal.opened is None:
                open_seal(self.db, seal, reason="phúc khảo")
        self.oracle.sealed = False

    def scope(self, cells: Where) -> Scope:
        who, cell = cells
        named = None if who is None else self.pupils[who]
        return Scope(YEAR, self.key.class_id, "gdcd", 1, cell, named)

    def cells(self) -> list[Cell]:
        return [(who, cell) for who in range(PUPILS) for cell in SLOTS]

    def marks(self) -> dict[Cell, object]:
        lines = {line.pupil_id: line for line in self.sheet().lines}
        return {(w, c): lines[self.pupils[w]].marks[SLOTS.index(c)] for w, c in self.cells()}

    def sheet(self):  # type: ignore[no-untyped-def]
        return class_sheet(self.db, self.key.class_id, "gdcd", 1)

    def check(self) -> None:
        """Averages from the journal alone, locks as the sheet shows them, and a whole school."""
        told: dict[str, dict[str, object]] = {}
        for (table, _id), row in replay(self.db.connection, self.db.tables):
            if table == "mark" and not row["gone"]:
                told.setdefault(str(row["pupil_id"]), {})[str(row["slot"])] = row["value"]
        sheet = self.sheet()
        for who, one in enumerate(self.pupils):
            line = next(line for line in sheet.lines if line.pupil_id == one)
            result = term_result(SLOTS, told.get(one, {}), "score", regulation=sheet.roll.regulation)  # type: ignore[arg-type]
            assert (line.result, line.missing) == (result.value, result.missing)
            shown = [bool(line.lock(place)) for place in range(len(SLOTS))]
            assert shown == [self.oracle.holds((who, cell)) for cell in SLOTS]
        held = [seal for seal in read_seals(self.db.all, YEAR) if seal.opened is None]
        assert len(held) == self.oracle.sealed
        assert all(verify_seal(self.db, seal.code).holds for seal in held)
        assert all(finding.fine for finding in examine(self.db))


@pytest.fixture(scope="module")
def open_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    """A way to a fresh copy of a small school, as often as wanted."""
    folder = tmp_path_factory.mktemp("khóa")
    register = Register(folder / "mẫu")
    class_id, pupils = register.class_id, register.pupils[:PUPILS]
    register.db.forget_undo()
    register.db.close()
    numbers, opened = count(), []

    def copy() -> Desk:
        there = Path(shutil.copytree(folder / "mẫu", folder / str(next(numbers))))
        opened.append(open_school(there))
        return Desk(opened[-1], class_id, pupils)

    yield copy
    for db in opened:
        db.close()


@given(actions=st.lists(action, max_size=14))
def test_locked_cells_stay_and_the_journal_tells_the_averages(
    open_copy: Callable[[], Desk], actions: list[tuple[object, ...]]
) -> None:
    desk = open_copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "today", lambda: desk.oracle.day)
        for name, *rest in actions:
            desk.do(str(name), *rest)
        desk.check()
    desk.db.close()


def test_a_seal_is_among_what_is_tried(open_copy: Callable[[], Desk]) -> None:
    """The actions reach a seal, and what it holds against: a permit of everything, then a mark."""
    desk = open_copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "today", lambda: desk.oracle.day)
        for name, *rest in (("enter", 0, "gk", "K"), ("finish", "K"), ("seal",), ("unlock", (None, None), 1)):
            desk.do(name, *rest)
        desk.do("enter", 0, "gk", 50)
        assert desk.oracle.sealed and desk.oracle.permits == [] and desk.marks()[0, "gk"] == 0
        desk.do("unseal")
        desk.do("unlock", (None, None), 1)
        desk.do("enter", 0, "gk", 50)
        assert desk.marks()[0, "gk"] == 50
        desk.check()


def test_the_law_sees_a_register_without_its_guards(open_copy: Callable[[], Desk]) -> None:
    """A law that cannot fail says nothing: with the guards taken out, the same actions break it."""
    desk = open_copy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "today", lambda: desk.oracle.day)
        desk.do("lock", (None, None))
        desk.db._guards = ()
        with pytest.raises(AssertionError):
            desk.do("enter", 0, "gk", 50)
