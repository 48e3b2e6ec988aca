"""A row is made, changed or brought back: three ways to write that fail differently."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest_storage import NOTES

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.replicated import Replicated
from edudesk.storage import prepare_changes
from edudesk.storage.database import Database

PLAIN = Replicated("note", fields=("text", "pages", "topic"))


def codes(action: Callable[..., object], *args: object, **more: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        action(*args, **more)
    assert all(problem.message and problem.next for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def write(db: Database, changes: tuple[Change, ...]) -> Step:
    return db.do(Step("Ghi", changes))


def test_a_row_is_made_once(db: Database) -> None:
    write(db, db.insert("note", "a", text="x", topic="t"))
    assert db.row("note", "a") == {"gone": 0, "text": "x", "pages": None, "topic": "t"}
    assert codes(db.insert, "note", "a", text="y") == ["ROW_THERE"]
    write(db, db.drop("note", "a"))
    assert codes(db.insert, "note", "a", text="y") == ["ROW_THERE"], "nor over one that is gone"


def test_only_a_row_that_is_there_is_changed(db: Database) -> None:
    write(db, db.insert("note", "a", text="x", topic="t"))
    assert db.update("note", "a", text="x") == ()
    write(db, db.update("note", "a", text="y"))
    write(db, db.insert("note", "b", text="x", topic="t"))
    write(db, db.drop("note", "b"))
    wanted = {"a": {"text": "z"}, "b": {"text": "z"}, "c": {"text": "z"}}
    assert codes(db.update_all, "note", wanted) == ["ROW_MISSING", "ROW_MISSING"]
    assert db.value("select text from note where id = 'a'") == "y"


def test_a_row_comes_back_by_a_action_of_its_own(db: Database) -> None:
    write(db, db.insert("note", "a", text="x", pages=3, topic="t"))
    assert codes(db.revive, "note", "a") == ["ROW_THERE"]
    write(db, db.drop("note", "a"))
    write(db, db.revive("note", "a", text="y"))
    assert db.row("note", "a") == {"gone": 0, "text": "y", "pages": 3, "topic": "t"}
    assert codes(db.revive, "note", "không có") == ["ROW_MISSING"]


def test_the_same_input_brings_a_row_with_a_natural_key_back_but_nothing_else_it_held(db: Database) -> None:
    write(db, db.upsert("note", "a", text="x", pages=3, topic="t"))
    db.undo()
    write(db, db.upsert("note", "a", text="y"))
    assert db.row("note", "a") == {"gone": 0, "text": "y", "pages": None, "topic": "t"}


def test_a_row_without_a_natural_key_is_never_upserted() -> None:
    with pytest.raises(ValueError, match="natural key"):
        prepare_changes.upserted(PLAIN, {"a": {"text": "x"}}, {})


def test_a_row_that_would_be_born_empty_is_not_made(db: Database) -> None:
    wanted = {"a": {"text": "x"}, "b": {"text": None}}
    changes = db.upsert_all(
        "note", wanted, born=lambda row: {"text": "x", "topic": "t"} if row == "a" else None
    )
    assert {change.row for change in changes} == {"a"}


def test_a_value_that_names_a_row_which_is_not_there_is_refused_with_its_field(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointing = Replicated(
        "note",
        NOTES.tables[0].fields,
        scope=NOTES.tables[0].scope,
        refers={"text": "note"},
        natural=("topic",),
    )
    monkeypatch.setitem(db._tables, "note", pointing)
    both = (*db.insert("note", "a", topic="t"), *db.insert("note", "b", text="a", topic="t"))
    write(db, both)
    with pytest.raises(Refused) as caught:
        write(db, db.update("note", "b", text="không có"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.field) == ("REFERENCE_MISSING", "b", "text")
    write(db, db.update("note", "b", text=None))
    write(db, db.drop("note", "a"))
    assert codes(write, db, db.update("note", "b", text="a")) == ["REFERENCE_MISSING"], "nor one that is gone"
    assert db.value("select text from note where id = 'b'") is None


def test_a_moment_that_ended_by_itself_ends_without_a_word(db: Database) -> None:
    with db.snapshot(), db.snapshot():
        db.connection.execute("rollback")
    assert not db.connection.in_transaction
