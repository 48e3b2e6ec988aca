"""The only way to write: one Step, all or nothing, announced, undone and redone."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest_storage import NOTES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edudesk.kernel.access import Author
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused, Stale
from edudesk.storage.database import Database
from edudesk.storage.doctor import differences
from edudesk.storage.journal import broken_links, read


def note(db: Database, name: str, **fields: int | str | None) -> Step:
    return db.do(Step("Ghi chú", db.upsert("note", name, **fields)))


def test_a_step_writes_rows_and_journal_together(db: Database) -> None:
    written = note(db, "a", text="Ấn", topic="t", pages=3)
    assert db.row("note", "a") == {"gone": 0, "text": "Ấn", "pages": 3, "topic": "t"}
    (row,) = read(db.connection)
    assert (row.step, row.size, row.seq, row.clock, row.change.kind) == (written.id, 1, 1, 1, "ins")
    assert row.stream.endswith("/topic:t")
    assert written.number == 1


def test_putting_what_is_already_there_writes_nothing(db: Database) -> None:
    note(db, "a", text="x", topic="t")
    assert db.upsert("note", "a", text="x", topic="t") == ()
    unwritten = Step("Không có gì", ())
    assert db.do(unwritten) is unwritten
    assert db.value("select count(*) from journal_step") == 1


def test_only_the_fields_that_differ_are_changed(db: Database) -> None:
    note(db, "a", text="x", topic="t", pages=1)
    assert db.upsert("note", "a", text="x", pages=2) == (Change("note", "a", "pages", 1, 2),)


def test_a_dropped_row_is_marked_and_comes_back_by_putting_it(db: Database) -> None:
    note(db, "a", text="x", topic="t")
    db.do(Step("Xóa", db.drop("note", "a")))
    assert db.row("note", "a") == {"gone": 1, "text": "x", "pages": None, "topic": "t"}
    assert db.drop("note", "a") == ()
    assert db.drop("note", "nobody") == ()
    note(db, "a", text="y")
    assert db.row("note", "a") == {"gone": 0, "text": "y", "pages": None, "topic": "t"}


def test_an_unknown_field_or_table_is_a_bug(db: Database) -> None:
    with pytest.raises(ValueError, match="note has no colour"):
        db.upsert("note", "a", colour="red")
    note(db, "a", text="x")
    with pytest.raises(ValueError, match="note has no colour"):
        db.do(Step("x", (Change("note", "a", "colour", None, "red"),)))
    assert db.row("note", "nobody") is None


@pytest.mark.parametrize("value", [8.5, True, b"x", [1]])
def test_no_float_or_other_type_is_written(db: Database, value: object) -> None:
    with pytest.raises(TypeError):
        note(db, "a", text=value)  # type: ignore[arg-type]
    assert db.row("note", "a") is None


def test_a_step_that_fails_in_the_middle_leaves_nothing(db: Database) -> None:
    note(db, "a", text="x", topic="t")
    heard: list[Step] = []
    db.watch(heard.append)
    changes = (*db.upsert("note", "b", text="new"), Change("note", "a", "text", "not x", "y"))
    with pytest.raises(Stale) as caught:
        db.do(Step("Hai việc", changes))
    assert (caught.value.problems[0].table, caught.value.problems[0].row) == ("note", "a")
    assert db.row("note", "b") is None
    assert db.value("select count(*) from journal") == 1
    assert heard == []
    assert not db.connection.in_transaction


def test_a_guard_refuses_before_anything_is_written(folder: Path) -> None:
    def no_shouting(read, step: Step) -> list[Problem]:  # type: ignore[no-untyped-def]
        assert read("select 1") == [(1,)]
        loud = [c for c in step.changes if str(c.fields.get("text", "")).isupper()]
        return [Problem("LOUD", "Đừng hét.", table="note", row=c.row) for c in loud]

    with Database.open(folder, [NOTES], create=True, guards=[no_shouting]) as db:
        with pytest.raises(Refused) as caught:
            db.do(Step("x", (*db.upsert("note", "a", text="AAA"), *db.upsert("note", "b", text="BBB"))))
        assert [p.row for p in caught.value.problems] == ["a", "b"]
        assert db.row("note", "a") is None
        note(db, "c", text="quiet")


def test_watchers_hear_after_the_commit_until_they_stop(db: Database) -> None:
    heard: list[tuple[str, bool]] = []
    unwatch = db.watch(lambda step: heard.append((step.label, db.connection.in_transaction)))
    note(db, "a", text="x")
    unwatch()
    unwatch()
    note(db, "b", text="x")
    assert heard == [("Ghi chú", False)]


def test_undo_and_redo_walk_back_and_forth(db: Database) -> None:
    note(db, "a", text="x", topic="t")
    note(db, "a", text="y")
    assert db.undo_label == "Ghi chú"
    db.undo()
    assert db.row("note", "a") == {"gone": 0, "text": "x", "pages": None, "topic": "t"}
    db.undo()
    assert db.row("note", "a")["gone"] == 1  # type: ignore[index]
    assert (db.undo_label, db.undo()) == ("", None)
    db.redo()
    db.redo()
    assert db.row("note", "a") == {"gone": 0, "text": "y", "pages": None, "topic": "t"}
    assert db.redo() is None
    db.undo()
    assert db.row("note", "a")["text"] == "x"  # type: ignore[index]


def test_undo_survives_a_restart(folder: Path, db: Database) -> None:
    note(db, "a", text="x")
    note(db, "a", text="y")
    db.undo()
    db.close()
    with Database.open(folder, [NOTES]) as again:
        assert again.undo_label == "Ghi chú"
        again.redo()
        assert again.value("select text from note") == "y"


def test_a_new_step_forgets_what_could_be_redone(db: Database) -> None:
    note(db, "a", text="x")
    note(db, "a", text="y")
    db.undo()
    note(db, "a", text="z")
    assert db.redo() is None
    assert db.value("select text from note") == "z"


def test_nobody_undoes_anothers_step(folder: Path, db: Database) -> None:
    note(db, "a", text="x")
    db.close()
    with Database.open(folder, [NOTES], author=Author("lan", "subject_teacher")) as other:
        assert other.undo() is None


def test_the_stack_keeps_the_last_two_hundred(db: Database) -> None:
    for n in range(205):
        note(db, "a", pages=n)
    assert sum(db.undo() is not None for _ in range(210)) == 200


def test_undo_refuses_what_has_changed_since_and_does_the_rest_when_asked(db: Database) -> None:
    both = db.do(Step("Nhập", (*db.upsert("note", "a", text="x"), *db.upsert("note", "b", text="x"))))
    with db.clone() as other:
        other.author = Author("lan", "subject_teacher")
        other._stack._whose = ("lan", other.origin.device)
        note(other, "b", text="edited")
    with pytest.raises(Stale) as caught:
        db.undo()
    assert [p.row for p in caught.value.problems] == ["b"]
    assert db.row("note", "a")["gone"] == 0  # type: ignore[index]
    undone = db.undo(rest=True)
    assert undone is not None and undone.rows("note") == {"a"}
    assert db.row("note", "b")["gone"] == 0  # type: ignore[index]
    assert both.rows("note") == {"a", "b"}


def test_undo_with_nothing_left_to_take_back_is_refused(db: Database) -> None:
    note(db, "a", text="x")
    db.do(Step("y", db.upsert("note", "a", text="y")))
    db._stack._run("delete from undo_stack where actor = ? and device = ? and step = 2")
    with pytest.raises(Refused):
        db.undo(rest=True)


def test_a_guard_may_keep_rows_from_being_undone(folder: Path) -> None:
    def keep_b(_read, step: Step) -> list[Problem]:  # type: ignore[no-untyped-def]
        return [
            Problem("KEPT", "Giữ.", table="note", row="b")
            for c in step.changes
            if c.kind == "del" and c.row == "b"
        ]

    with Database.open(folder, [NOTES], create=True, guards=[keep_b]) as db:
        db.do(Step("Nhập", (*db.upsert("note", "a", text="x"), *db.upsert("note", "b", text="x"))))
        with pytest.raises(Refused) as caught:
            db.undo()
        assert caught.value.code == "KEPT" and not isinstance(caught.value, Stale)
        db.undo(rest=True)
        assert [row[0] for row in db.all("select id from note where gone = 0")] == ["b"]


def test_settings_are_shared_and_undone_and_local_ones_are_not(db: Database) -> None:
    assert db.setting("school.name", "?") == "?"
    db.do(Step("Tên trường", db.put_setting("school.name", "THCS Ánh Dương")))
    assert db.setting("school.name") == "THCS Ánh Dương"
    db.undo()
    assert db.setting("school.name") is None
    assert db.local("page", "home") == "home"
    db.set_local("page", "grid")
    db.set_local("page", "grid2")
    assert db.local("page") == "grid2"


def test_a_sibling_in_another_thread_sees_and_writes_the_same(db: Database) -> None:
    def work() -> None:
        with db.clone() as twin:
            note(twin, "a", text="từ luồng khác")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert db.value("select text from note") == "từ luồng khác"


def test_each_stream_counts_from_one_without_gaps(db: Database) -> None:
    for n in range(4):
        note(db, f"n{n}", text="x", topic=f"t{n % 2}")
    rows = [
        (row.stream.rsplit(":", 1)[1], row.seq, row.clock)
        for row in read(db.connection, "order by t.n, j.seq")
    ]
    assert rows == [("t0", 1, 1), ("t0", 2, 3), ("t1", 1, 2), ("t1", 2, 4)]


def test_seen_names_the_write_that_made_the_old_value(db: Database) -> None:
    note(db, "a", text="x", topic="t")
    note(db, "a", text="y")
    note(db, "a", text="z")
    note(db, "a", pages=1)
    seen = [[seq for _stream, seq in row.seen] for row in read(db.connection, "order by j.seq")]
    assert seen == [[], [1], [2], [1]]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["put", "drop", "undo", "redo", "pair"]),
        st.sampled_from("abc"),
        st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["x", "Ấ"])),
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_is_done_the_journal_alone_tells_the_tables(tmp_path_factory, deeds) -> None:  # type: ignore[no-untyped-def]
    with Database.open(tmp_path_factory.mktemp("any") / "s", [NOTES], create=True) as db:
        for action, name, value in deeds:
            if action == "put":
                note(db, name, text=value, topic=name)
            elif action == "drop":
                db.do(Step("Xóa", db.drop("note", name)))
            elif action == "pair":
                db.do(
                    Step("Hai", (*db.upsert("note", name, pages=value), *db.upsert("note", "z", text=value)))
                )
            elif action == "undo":
                db.undo()
            else:
                db.redo()
        assert differences(db) == []
        assert broken_links(db.connection) == []


@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.sampled_from(["x", "y", None, 3]), min_size=1, max_size=8))
def test_undoing_everything_leaves_what_was_there_before(tmp_path_factory, values) -> None:  # type: ignore[no-untyped-def]
    with Database.open(tmp_path_factory.mktemp("any") / "s", [NOTES], create=True) as db:
        note(db, "a", text="start", topic="t")
        before = db.row("note", "a")
        steps = [db.do(Step("x", db.upsert("note", "a", text=value))) for value in values]
        written = sum(1 for step in steps if step.number)
        after = db.row("note", "a")
        for _ in range(written):
            db.undo()
        assert db.row("note", "a") == before
        for _ in range(written):
            db.redo()
        assert db.row("note", "a") == after


def test_the_author_stands_in_every_row(folder: Path) -> None:
    with Database.open(folder, [NOTES], create=True, author=Author("hạnh", "homeroom")) as db:
        step = Step("Ghi chú", db.upsert("note", "a", text="x"), reason="theo bài kiểm tra", indivisible=True)
        db.do(step)
        (row,) = read(db.connection)
        assert (row.actor, row.standing, row.reason, row.indivisible) == (
            "hạnh",
            "homeroom",
            step.reason,
            True,
        )
        assert json.loads(row.canonical()) == json.loads(replace(row, c=b"").canonical())


def test_what_hangs_on_a_row_that_stays_stays_too(db: Database) -> None:
    """A class, two pupils in it; one was changed since: it keeps its place and the class, the other goes."""
    rows = {"class": "9A2", "an": "An", "binh": "Bình", "an-in": "an", "binh-in": "binh"}
    changes = []
    for row, text in rows.items():
        topic = "class" if row.endswith("-in") else None
        changes += db.upsert("note", row, text=text, topic=topic)
    db.do(Step("Nhập", tuple(changes)))
    db.connection.execute("update note set pages = 1 where id = 'an'")
    with pytest.raises(Stale):
        db.undo()
    db.undo(rest=True)
    assert {row for (row,) in db.all("select id from note where gone = 0")} == {"class", "an", "an-in"}
