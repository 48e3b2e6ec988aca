"""Which rows go onto a backup and how: linked, done again, or missing; and reading past lost pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from conftest_storage import NOTES, notes_module
from test_faults import Failing

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.storage import journal, tail_file
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.backups.restore import finish_restore, prepare_restore
from edudesk.storage.connection import connect
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.places import DATABASE, NEXT, TAIL, school_key
from edudesk.storage.recovery import recover as recovering
from edudesk.storage.recovery.rebuild import RebuildPlan, carry_out, plan, wanted_changes
from edudesk.storage.recovery.recover import damage, recover, sentences, start_from_backup
from edudesk.storage.recovery.salvage import Reader, SalvagedRows, read_journal, read_table
from edudesk.storage.slice_tables import SliceTables


def write(db: Database, name: str, pages: int = 1) -> Step:
    return db.do(Step(f"Ghi {name}", db.upsert("note", name, text="chữ", pages=pages, topic="t")))


def pages(db: Database) -> dict[str, int]:
    return dict(db.all("select id, pages from note where gone = 0"))


def found(db: Database) -> SalvagedRows:
    read = read_journal(db.path, school_key(db.folder), identity="identity")
    assert read is not None
    return read


@pytest.fixture
def told(db: Database) -> SalvagedRows:
    """Five steps: two notes, one changed twice, and both at once."""
    write(db, "a", 1)
    write(db, "b", 2)
    write(db, "a", 3)
    write(db, "a", 4)
    both = (*db.upsert("note", "a", pages=5), *db.upsert("note", "b", pages=6))
    db.do(Step("Cả hai", both, "vì thế", indivisible=True))
    return found(db)


@pytest.fixture
def base(tmp_path: Path) -> Database:
    notes_module("notes_migrations")
    return Database.open(tmp_path / "nền", [NOTES], create=True)


def built(base: Database, told: SalvagedRows) -> tuple[RebuildPlan, dict[str, int]]:
    made = plan(told, journal.ends(base.connection), 0)
    carry_out(base, made, told)
    assert [f.message for f in examine(base) if not f.fine] == []
    result = pages(base)
    base.close()
    return made, result


def test_a_whole_journal_is_taken_over_as_it_was(base: Database, told: SalvagedRows) -> None:
    made, result = built(base, told)
    assert (len(made.linked), made.is_complete) == (5, True) and result == {"a": 5, "b": 6}


def test_what_stands_behind_a_gap_is_done_again(base: Database, told: SalvagedRows) -> None:
    del told.steps[2]
    told.rows = {place: row for place, row in told.rows.items() if row[2] != 2}
    made, result = built(base, told)
    assert (len(made.linked), len(made.loose), made.lost_steps) == (1, 3, 1)
    assert result == {"a": 5}


def test_a_step_whose_name_is_lost_still_gives_its_values(base: Database, told: SalvagedRows) -> None:
    del told.steps[2]
    made, result = built(base, told)
    assert made.lost_steps == 0 and result == {"a": 5, "b": 6}


def test_half_of_an_indivisible_step_is_not_done(base: Database, told: SalvagedRows) -> None:
    last = max(told.rows)
    del told.rows[last]
    made, result = built(base, told)
    assert made.lost_rows == 1 and result == {"a": 4, "b": 2}


def test_a_row_that_was_changed_breaks_its_chain(base: Database, told: SalvagedRows) -> None:
    place = sorted(told.rows)[2]
    row = told.rows[place]
    told.rows[place] = row._replace(new=99)
    made, _result = built(base, told)
    assert len(made.linked) == 2


def test_rows_of_a_stream_nobody_names_are_done_again(base: Database, told: SalvagedRows) -> None:
    told.streams.clear()
    made, result = built(base, told)
    assert made.linked == [] and result == {"a": 5, "b": 6}


def test_a_newer_linked_value_is_not_overwritten_by_an_older_loose_one(db: Database, base: Database) -> None:
    db.do(Step("Một", db.upsert("note", "a", text="x", pages=1, topic="t")))
    db.do(
        Step(
            "Hai",
            (*db.upsert("note", "a", pages=2), *db.upsert("note", "z", text="y", pages=1, topic="other")),
        )
    )
    db.do(Step("Ba", db.upsert("note", "z", pages=7)))
    told = found(db)
    made = plan(told, {}, 0)
    assert len(made.linked) == 3
    loose = made.linked.pop(0)
    made.loose.append(loose)
    carry_out(base, RebuildPlan(made.linked[:0], [loose]), told)
    assert pages(base) == {"a": 1}
    base.close()


def test_tables_nobody_knows_and_half_rows_are_left(base: Database) -> None:
    wanted = {("stranger", "x"): {"a": 1}, ("note", "half"): {"pages": 3}}
    assert wanted_changes(base, wanted) == ()
    gone = wanted_changes(base, {("note", "g"): {"text": "x", "pages": 1, "topic": "t", "gone": 1}})
    assert [change.kind for change in gone] == ["ins", "del"]
    base.close()


def test_rows_of_a_table_nobody_knows_stay_in_the_journal(base: Database, told: SalvagedRows) -> None:
    told.rows = {place: row._replace(tbl="stranger") for place, row in told.rows.items()}
    told.keys.clear()
    made = plan(told, {}, 0)
    assert made.linked == []
    made.linked, made.loose = made.loose, []
    carry_out(base, made, told)
    assert pages(base) == {} and base.value("select count(*) from journal") == len(told.rows)
    base.close()


# -- reading past lost pages


def test_reading_goes_on_past_lost_pages(db: Database, folder: Path) -> None:
    many = tuple(
        c for n in range(3000) for c in db.upsert("note", f"n{n:04}", text="chữ", pages=n, topic="t")
    )
    db.do(Step("Nhập", many))
    db.close()
    size = (folder / DATABASE).stat().st_size // 4096
    with (folder / DATABASE).open("rb+") as file:
        for page in range(30, size, 40):
            file.seek(page * 4096 + 100)
            file.write(b"\x55" * 50)
    key = school_key(folder)
    read = read_journal(folder / DATABASE, key, identity="identity")
    assert read is not None and read.holes and 1000 < len(read.rows) < 3000
    with Reader(folder / DATABASE, key) as reader:
        assert len(read_table(reader, "note", ("pages",))) > 1000
    with Reader(folder / DATABASE, bytes(32)) as reader:
        assert read_table(reader, "note", ("pages",)) == {}


def test_a_file_that_is_not_there_tells_nothing(tmp_path: Path) -> None:
    assert read_journal(tmp_path / "none", bytes(32), identity="meta") is None


# -- finding and failing


@pytest.mark.parametrize(
    ("said", "code"), [("disk I/O error", None), ("database disk image is malformed", "DATABASE_DAMAGED")]
)
def test_a_disk_that_fails_is_not_taken_for_damage(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: str | None
) -> None:
    real = recovering.connect
    monkeypatch.setattr(recovering, "connect", lambda *a, **k: Failing(real(*a, **k), 1, said))
    problem = damage(folder)
    assert (problem.code if problem else None) == code


def test_a_folder_that_cannot_be_opened_is_not_taken_for_damage(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_a: object, **_k: object) -> object:
        from edudesk.kernel.errors import Problem

        raise Unavailable(Problem("BUSY", "…"))

    monkeypatch.setattr(recovering, "connect", busy)
    assert damage(folder) is None


def test_a_file_whose_tables_were_changed_is_not_built_on(db: Database, folder: Path) -> None:
    write(db, "a", 1)
    make_backup(db)
    write(db, "b", 2)
    db.connection.execute("update note set pages = 77 where id = 'a'")
    db.close()
    done = recover(folder, [NOTES])
    assert done.base is not None and done.is_whole
    with Database.open(folder, [NOTES]) as again:
        assert pages(again) == {"a": 1, "b": 2}


def test_what_was_rebuilt_wrongly_is_not_put_in_place(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    make_backup(db)
    write(db, "b")
    db.close()
    with (folder / DATABASE).open("rb+") as file:
        file.write(bytes(4096))
    monkeypatch.setattr(
        recovering, "carry_out", lambda base, *_a: base.connection.execute("update note set pages = 9")
    )
    with pytest.raises(Unavailable) as caught:
        recover(folder, [NOTES])
    assert caught.value.code == "RECOVERY_FAILED"
    assert damage(folder) is not None and (folder / TAIL).exists()


def test_a_tail_that_does_not_begin_at_the_beginning_needs_a_backup(db: Database, folder: Path) -> None:
    for n in range(4):
        write(db, f"n{n}", n)
        make_backup(db)
    for one in list_backups(folder):
        one.path.unlink()
    db.close()
    with (folder / DATABASE).open("rb+") as file:
        file.write(bytes(4096))
    for way in (recover, start_from_backup):
        with pytest.raises(Unavailable) as caught:
            way(folder, [NOTES])
        assert caught.value.code == "RECOVERY_FAILED"


def test_a_school_of_a_newer_program_is_left_alone(db: Database, folder: Path) -> None:
    write(db, "a")
    make_backup(db)
    db.close()
    before = (folder / DATABASE).read_bytes()
    older = SliceTables(NOTES.name, NOTES.tables, NOTES.module, steps=("m001_notes",))
    for hurt in (False, True):
        if hurt:
            with (folder / DATABASE).open("rb+") as file:
                file.write(bytes(4096))
            before = (folder / DATABASE).read_bytes()
        with pytest.raises(Refused) as caught:
            recover(folder, [older])
        assert caught.value.code == "NEWER_FILE" and (folder / DATABASE).read_bytes() == before


def test_a_work_copy_that_cannot_be_opened_is_not_built_on(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    make_backup(db)
    db.close()
    (folder / "school.key").write_text("torn")
    monkeypatch.setattr(recovering, "damage", lambda _folder: None)
    assert recover(folder, [NOTES]).base is not None
    with Database.open(folder, [NOTES]) as again:
        assert pages(again) == {"a": 1}


def test_gaps_in_the_tail_are_told(db: Database, folder: Path) -> None:
    for n in range(30):
        write(db, f"n{n}", n)
        if n == 9:
            make_backup(db)
    db.close()
    connection = tail_file.open_tail(folder / TAIL, school_key(folder))
    connection.execute("delete from journal_step where n between 15 and 17")
    connection.execute("delete from journal where step between 15 and 18")
    connection.close()
    with (folder / DATABASE).open("rb+") as file:
        file.write(bytes(4096))
    done = recover(folder, [NOTES])
    assert (done.lost_steps, done.lost_rows, done.is_whole) == (3, 1, False)
    assert any("Thiếu 3 việc và 1 dòng" in said for said in sentences(done))
    with Database.open(folder, [NOTES]) as again:
        assert len(pages(again)) == 26


def test_a_tail_of_another_epoch_than_every_backup_is_not_mixed_in(db: Database, folder: Path) -> None:
    write(db, "a")
    make_backup(db)
    db.close()
    key = school_key(folder)
    connection = tail_file.open_tail(folder / TAIL, key)
    connection.execute("update meta set value = 'another' where key = 'epoch'")
    connection.close()
    with (folder / DATABASE).open("rb+") as file:
        file.write(bytes(4096))
    done = recover(folder, [NOTES])
    assert done.unsure and any("Có thể thiếu" in said for said in sentences(done))


def test_an_empty_school_has_no_moment(db: Database, folder: Path) -> None:
    make_backup(db)
    db.close()
    os.truncate(folder / DATABASE, 0)
    (folder / TAIL).unlink()
    done = recover(folder, [NOTES])
    assert any("lúc không rõ" in said for said in sentences(done))


# -- the tail when its own file fails


def test_forgetting_in_a_tail_that_fails_stops_nothing(db: Database) -> None:
    write(db, "a")
    assert db.tail._connection is not None
    db.tail._connection = Failing(db.tail._connection, 1, "disk I/O error")  # type: ignore[assignment]
    db.tail.forget(1)
    assert db.tail._connection is None


def test_a_tail_that_cannot_be_made_is_closed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(tail_file, "_META", "nonsense")
    with pytest.raises(sqlcipher.DatabaseError):
        tail_file.open_tail(folder / TAIL, bytes(32))


def test_a_tail_that_cannot_be_asked_has_no_last_step(db: Database, folder: Path) -> None:
    write(db, "a")
    db.tail.close()
    key = school_key(folder)
    connection = connect(folder / TAIL, key)
    connection.execute("drop table journal_step")
    connection.execute("create view journal_step as select n from nowhere")
    connection.close()
    assert tail_file.read_end(folder / TAIL, key) == ("", 0)


# -- the swap of an open school


def test_a_swap_that_fails_is_taken_back(db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(db, "a")
    backup = make_backup(db).backup.path
    write(db, "b")
    staged = prepare_restore(db, backup)
    from edudesk.storage import swap

    def no(_path: Path) -> None:
        raise PermissionError("held")

    with monkeypatch.context() as patch:
        patch.setattr(swap, "put_tail_aside", no)
        with pytest.raises(Unavailable):
            finish_restore(db, staged)
    assert not (folder / NEXT).exists()
    write(db, "c")
    db.close()
    with Database.open(folder, [NOTES]) as again:
        assert set(pages(again)) == {"a", "b", "c"}


def test_a_file_that_stays_in_its_mode_is_open_elsewhere(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "value", lambda *_a, **_k: "wal")
    with pytest.raises(Unavailable) as caught:
        db.replace_with(tmp_path / "x")
    assert caught.value.code == "BUSY"
