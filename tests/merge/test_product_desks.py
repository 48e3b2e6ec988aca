"""Two desks of one school do what the product's own functions let them do, apart, and meet."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from schools import YEAR, make_school
from two_desks import School, rules_of, two_desks

from edudesk.gradebook.register.locks import lock_marks, unlock_marks
from edudesk.gradebook.register.marks import (
    MarkEntry,
    SheetKey,
    enter_mark,
    save_subject_comment,
    save_term_record,
)
from edudesk.gradebook.rules.locks import Scope
from edudesk.kernel.merge.merge import merge
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil, move_to_class, pupils, save_pupil

SEEDS = range(12)
Draw = random.Random
TERM, CODE = 1, "toan"


def _class(db: Database, draw: Draw) -> str:
    return draw.choice(classes(db, YEAR)).id


def _pupil(db: Database, draw: Draw) -> tuple[str, str]:
    pupil = draw.choice(pupils(db, YEAR))
    return pupil.id, str(pupil.class_id)


def _mark(draw: Draw, db: Database) -> None:
    pupil, class_id = _pupil(db, draw)
    entry = MarkEntry(pupil, draw.choice(["tx1", "gk"]), draw.choice([None, 50, 60, 70]))
    enter_mark(db, SheetKey(class_id, CODE, TERM), entry)


def _comment(draw: Draw, db: Database) -> None:
    pupil, class_id = _pupil(db, draw)
    save_subject_comment(db, SheetKey(class_id, CODE, TERM), pupil, draw.choice(["", "Chăm", "Ngoan"]))


def _conduct(draw: Draw, db: Database) -> None:
    pupil, class_id = _pupil(db, draw)
    save_term_record(db, class_id, TERM, pupil_id=pupil, conduct=draw.choice(["TOT", "KHA", None]))


def _record(draw: Draw, db: Database) -> None:
    pupil, _class_id = _pupil(db, draw)
    save_pupil(db, pupil, {draw.choice(["note", "name", "home"]): draw.choice(["An", "Bình", "Chi"])})


def _new(draw: Draw, db: Database) -> None:
    code = f"HS{draw.randint(1, 3)}"
    add_pupil(db, YEAR, _class(db, draw), {"name": draw.choice(["Dũng", "Em"]), "code": code})


def _move(draw: Draw, db: Database) -> None:
    pupil, _class_id = _pupil(db, draw)
    move_to_class(db, pupil, YEAR, _class(db, draw))


def _lock(draw: Draw, db: Database) -> None:
    lock_marks(db, [Scope(YEAR, _class(db, draw), CODE, TERM)], reason="Hết hạn")


def _unlock(draw: Draw, db: Database) -> None:
    day = dt.date(2099, 1, 1)
    unlock_marks(db, [Scope(YEAR, _class(db, draw), CODE, TERM)], until=day, reason="Nhập sót")


def _undo(_draw: Draw, db: Database) -> None:
    db.undo()


DEEDS: dict[Callable[[Draw, Database], None], int] = {
    _mark: 10,
    _comment: 2,
    _conduct: 2,
    _record: 3,
    _new: 1,
    _move: 1,
    _lock: 1,
    _unlock: 1,
    _undo: 2,
}


def school(folder: Path) -> School:
    db = make_school(folder / "a", ["6A1", "6A2"])
    for n, school_class in enumerate(classes(db, YEAR)):
        for name in ("An", "Bình", "Cúc"):
            add_pupil(db, YEAR, school_class.id, {"name": f"{name} {n}"})
    return two_desks(db, folder / "b")


def tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {name: db.all(f"select * from {name} order by id") for name in sorted(db.tables)}


@pytest.mark.parametrize("seed", SEEDS)
def test_desks_that_have_met_hold_the_same_and_order_does_not_matter(tmp_path: Path, seed: int) -> None:
    draw = Draw(seed)
    desks = school(tmp_path)
    for _meeting in range(3):
        for _n in range(20):
            deed = draw.choices(list(DEEDS), list(DEEDS.values()))[0]
            desks.act(draw.choice(desks.desks), partial(deed, draw))
        desks.meet()
        first, second = (_without_order(tables(db)) for db in desks.desks)
        assert first == second
    parts = desks.parts()
    state = merge(parts, rules_of(desks.desks[0]))
    draw.shuffle(parts)
    assert merge(parts, rules_of(desks.desks[1])) == state
    assert set(state.parked.values()) <= {"LOCKED", "LATE", "ORPHAN"}
    for db in desks.desks:
        db.close()


def _without_order(held: dict[str, list[tuple[object, ...]]]) -> dict[str, set[tuple[object, ...]]]:
    return {name: set(rows) for name, rows in held.items()}
