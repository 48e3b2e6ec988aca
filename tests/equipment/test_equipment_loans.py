"""What is lent, to whom, until when, and how it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import make_school

from edudesk.equipment.rules import BROKEN, LENT, Amount
from edudesk.equipment.store import add_equipment, register
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.equipment.store_loans import Loan, loans, monday_of, of_week, return_loan
from edudesk.kernel.errors import Refused
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database

MONDAY = dt.date(2026, 11, 16)
GLOBES = {"name": "Quả địa cầu", "kind": "TBDH", "tracked": "lot", "code": "QDC", "bought_on": "2024-08-01"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ()) as found:
        save_member(found, {"name": "Lò Thị Ánh"})
        add_equipment(found, GLOBES, quantity=5)
        yield found


def lend(db: Database, n: int, on: dt.date, due: dt.date) -> Loan:
    action = NewEvent(LENT, on, n, staff_id=members(db)[0].id, due=due, lesson="Tiết 2, lớp 8A1")
    record_event(db, [register(db)[0].id], action)
    return next(loan for loan in loans(db) if (loan.on, loan.due) == (on, due))


def amount(db: Database) -> Amount:
    return register(db)[0].amount


def test_a_loan_comes_back_in_parts_one_of_it_broken(db: Database) -> None:
    loan = lend(db, 3, MONDAY, MONDAY + dt.timedelta(1))
    assert (loan.teacher, loan.lesson, loan.left) == ("Lò Thị Ánh", "Tiết 2, lớp 8A1", 3)
    return_loan(db, [loan.id], on=MONDAY, quantity=1)
    assert amount(db) == Amount(5, 0, 2) and loans(db)[0].left == 2
    return_loan(db, [loan.id], on=MONDAY + dt.timedelta(2), broken=1)
    (back,) = loans(db)
    assert (back.left, back.returned, amount(db)) == (0, MONDAY + dt.timedelta(2), Amount(5, 1, 0))
    assert loans(db, still_out=True) == []
    db.undo()
    assert amount(db) == Amount(5, 0, 2)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"quantity": 4}, "LOAN_MORE"),
        ({"quantity": 0}, "LOAN_MORE"),
        ({"quantity": 1, "broken": 2}, "LOAN_MORE"),
        ({"on": MONDAY - dt.timedelta(1)}, "LOAN_EARLY"),
        ({"on": dt.date(2999, 1, 1)}, "EQUIPMENT_DAY"),
    ],
)
def test_a_return_that_cannot_be(db: Database, how: dict[str, object], code: str) -> None:
    loan = lend(db, 3, MONDAY, MONDAY)
    with pytest.raises(Refused) as caught:
        return_loan(db, [loan.id], **{"on": MONDAY, **how})  # type: ignore[arg-type]
    assert caught.value.code == code and amount(db) == Amount(5, 0, 3)


def test_what_is_back_does_not_come_back_again(db: Database) -> None:
    loan = lend(db, 1, MONDAY, MONDAY)
    return_loan(db, [loan.id], on=MONDAY)
    with pytest.raises(Refused) as caught:
        return_loan(db, [loan.id], on=MONDAY)
    assert caught.value.code == "LOAN_NOTHING"


def test_a_loan_is_not_undone_under_its_return(db: Database) -> None:
    loan = lend(db, 1, MONDAY, MONDAY)
    return_loan(db, [loan.id], on=MONDAY)
    from edudesk.kernel.change import Step

    with pytest.raises(Refused) as caught:
        db.do(Step("Thử", db.drop("equipment_event", loan.id)))
    assert caught.value.code == "EQUIPMENT_NEEDED"


def test_a_week_shows_what_is_late_first_then_what_is_out(db: Database) -> None:
    late = lend(db, 1, MONDAY - dt.timedelta(9), MONDAY - dt.timedelta(5))
    now = lend(db, 1, MONDAY - dt.timedelta(3), MONDAY + dt.timedelta(1))
    next_week = lend(db, 1, MONDAY + dt.timedelta(2), MONDAY + dt.timedelta(8))
    back = lend(db, 1, MONDAY - dt.timedelta(20), MONDAY - dt.timedelta(19))
    return_loan(db, [back.id], on=MONDAY - dt.timedelta(18))
    today = MONDAY + dt.timedelta(1)
    first, rest = of_week(loans(db), MONDAY, today)
    assert [one.id for one in first] == [late.id] and [one.id for one in rest] == [now.id, next_week.id]
    assert (late.overdue(today), now.overdue(today)) == (6, 0)
    assert of_week(loans(db), MONDAY - dt.timedelta(21), today)[1][0].id == back.id
    assert [one.id for one in of_week(loans(db), MONDAY + dt.timedelta(7), today)[1]] == [
        now.id,
        next_week.id,
    ]
    assert monday_of(MONDAY + dt.timedelta(6)) == MONDAY


def test_what_is_lent_is_not_broken_in_the_room(db: Database) -> None:
    lend(db, 5, MONDAY, MONDAY)
    with pytest.raises(Refused) as caught:
        record_event(db, [register(db)[0].id], NewEvent(BROKEN, MONDAY, 1))
    assert caught.value.code == "EQUIPMENT_SHORT"
