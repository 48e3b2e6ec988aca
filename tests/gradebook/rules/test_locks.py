"""Which cells a lock holds and a permit opens."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from edudesk.gradebook.rules.locks import (
    Lock,
    LockBook,
    RegisterCell,
    Scope,
    UnlockPermit,
    check_lock,
    locked_problem,
)

TODAY = dt.date(2026, 11, 22)
CELL = RegisterCell(2026, frozenset({"c1"}), "toan", 1, "gk", "p1")
YEAR = Scope(2026)


def lock(scope: Scope, row: str = "l1", starts: dt.date | None = None) -> Lock:
    return Lock(row, scope, "nộp sổ.", "office", "2026-11-20T07:30:00+07:00", starts)


def permit(scope: Scope, *, days: int = 0, closed: bool = False, of: str = "l1") -> UnlockPermit:
    return UnlockPermit("s1", of, scope, "cô Lan", "nhập sót", "office", TODAY + dt.timedelta(days), closed)


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        (YEAR, True),
        (Scope(2025), False),
        (Scope(2026, "c1"), True),
        (Scope(2026, "c2"), False),
        (Scope(2026, code="toan", term=1), True),
        (Scope(2026, code="ngu_van"), False),
        (Scope(2026, term=2), False),
        (Scope(2026, slot="gk"), True),
        (Scope(2026, slot="ck"), False),
        (Scope(2026, "c1", "toan", 1, "gk", "p1"), True),
        (Scope(2026, pupil_id="p2"), False),
    ],
)
def test_what_a_scope_covers(scope: Scope, covers: bool) -> None:
    assert scope.covers(CELL) is covers
    assert (LockBook([lock(scope)], [], TODAY).against(CELL) is not None) is covers


def test_a_slot_covers_its_contents_and_no_other_slot() -> None:
    art = replace(CELL, slot="gk.am_nhac")
    assert Scope(2026, slot="gk").covers(art) and Scope(2026, slot="gk.am_nhac").covers(art)
    assert not Scope(2026, slot="tx1").covers(replace(CELL, slot="tx10"))


def test_a_cell_is_held_by_the_class_it_was_born_in_and_the_one_it_is_in() -> None:
    moved = replace(CELL, classes=frozenset({"c1", "c2"}))
    for class_id in ("c1", "c2"):
        assert LockBook([lock(Scope(2026, class_id))], [], TODAY).against(moved)


@pytest.mark.parametrize(
    ("scope", "kind"),
    [
        (YEAR, "school"),
        (Scope(2026, term=1), "term"),
        (Scope(2026, "c1", term=1), "class"),
        (Scope(2026, "c1", "toan"), "class_subject"),
        (Scope(2026, "c1", "toan", 1, "gk"), "column"),
        (Scope(2026, "c1", "toan", 1, "gk", "p1"), "cell"),
    ],
)
def test_the_kind_is_the_narrowest_thing_named(scope: Scope, kind: str) -> None:
    assert scope.kind == kind


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (YEAR, True),
        (Scope(2025), False),
        (Scope(2026, "c1"), True),
        (Scope(2026, "c2"), True),  # a class some of its marks were born in
        (Scope(2026, "c3"), False),
        (Scope(2026, code="ngu_van"), False),
        (Scope(2026, slot="gk.am_nhac"), True),
        (Scope(2026, slot="ck"), False),
        (Scope(2026, pupil_id="p9"), True),
    ],
)
def test_which_locks_a_permit_meets(other: Scope, meets: bool) -> None:
    assert Scope(2026, "c1", "toan", 1, "gk").meets(other, {"c2"}) is meets
    assert Scope(2026, "c1").meets(Scope(2026, slot="gk"), ())
    assert Scope(2026, slot="gk.am_nhac").meets(Scope(2026, slot="gk"), ())


def test_a_permit_opens_its_cells_of_one_lock_until_the_end_of_its_day() -> None:
    held = lock(Scope(2026, "c1"))
    column = Scope(2026, "c1", "toan", 1, "gk")
    assert LockBook([held], [permit(column)], TODAY).against(CELL) is None
    assert LockBook([held], [permit(column)], TODAY).against(replace(CELL, slot="ck")) == held
    assert LockBook([held], [permit(column, days=-1)], TODAY).against(CELL) == held
    assert LockBook([held], [permit(column, closed=True)], TODAY).against(CELL) == held
    later = lock(column, "l2")
    assert LockBook([held, later], [permit(column)], TODAY).against(CELL) == later


def test_a_calendar_lock_holds_from_its_day() -> None:
    dated = lock(YEAR, starts=TODAY)
    assert LockBook([dated], [], TODAY).against(CELL) == dated
    assert not LockBook([dated], [], TODAY - dt.timedelta(1))
    assert (dated.since, lock(YEAR).since) == ("22/11/2026", "20/11/2026")


def test_a_lock_that_is_there_whole() -> None:
    held = lock(Scope(2026, "c1"))
    assert LockBook([held], [], TODAY).holds(held.scope) == held
    assert LockBook([held], [], TODAY).holds(Scope(2026, "c1", "toan")) is None
    assert LockBook([held], [permit(CELL_SCOPE)], TODAY).holds(held.scope) is None
    assert LockBook([held], [], TODAY).holds(YEAR) is None


CELL_SCOPE = Scope(2026, "c1", "toan", 1, "gk", "p1")


def test_who_is_refused_hears_who_locked_why_and_whom_to_ask() -> None:
    problem = locked_problem(lock(YEAR), name="Lò Thị Ánh", row="m1")
    assert problem.sentence == (
        "Lò Thị Ánh: Đã khóa sổ từ 20/11/2026 (văn phòng): nộp sổ. "
        "Nhờ văn phòng lập phiếu mở khóa, ghi rõ lí do và thời hạn."
    )
    assert (problem.code, problem.table, problem.row) == ("LOCKED", "mark", "m1")


def test_a_lock_wants_a_reason_a_slot_and_a_term_that_exist() -> None:
    assert check_lock(CELL_SCOPE, "nộp sổ") == []
    found = check_lock(Scope(2026, slot="thi", term=3), "  ")
    assert [problem.code for problem in found] == ["LOCK_REASON", "MARK_SLOT", "TERM_UNKNOWN"]
