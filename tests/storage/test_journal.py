"""The chain names a changed byte; the replay tells the tables."""

from __future__ import annotations

import pytest

from edudesk.kernel.change import Step
from edudesk.storage.database import Database
from edudesk.storage.doctor import differences, examine
from edudesk.storage.journal import broken_links
from edudesk.storage.recovery.replay import replay


def fill(db: Database) -> None:
    for n in range(5):
        db.do(Step("Ghi", db.upsert("note", f"n{n}", text=f"câu {n}", topic="t")))
    db.do(Step("Sửa", db.upsert("note", "n1", text="khác")))


def broken(db: Database) -> list[tuple[int, str]]:
    return [(link.seq, link.row) for link in broken_links(db.connection)]


def test_an_untouched_chain_is_whole(db: Database) -> None:
    fill(db)
    assert broken(db) == []
    assert all(finding.fine for finding in examine(db))


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ('update journal set new = \'{"pages":null,"text":"câu 9","topic":"t"}\' where seq = 3', (3, "n2")),
        ("update journal set old = 'x' where seq = 6", (6, "n1")),
        ("update journal set c = zeroblob(32) where seq = 2", (2, "n1")),
        ("update journal set seen = '' where seq = 6", (6, "n1")),
        ("update journal set schema = 2 where seq = 1", (1, "n0")),
        ("update journal_step set wall = '2036-01-01T00:00:00+07:00' where clock = 4", (4, "n3")),
        ("update journal_step set actor = 'khác' where clock = 5", (5, "n4")),
        ("delete from journal where seq = 3", (3, "n3")),
    ],
)
def test_a_changed_byte_is_named_by_stream_and_row(db: Database, sql: str, place: tuple[int, str]) -> None:
    fill(db)
    db.connection.execute(sql)
    assert broken(db) == [place]
    finding = next(f for f in examine(db) if f.code == "CHAIN")
    assert not finding.fine and f"dòng {place[0]} " in finding.message and place[1] in finding.message


def test_a_row_replaced_with_its_own_hash_breaks_the_next(db: Database) -> None:
    """Nobody without the scope's key can forge a row; with a copied `c` the row after it still tells."""
    fill(db)
    db.connection.execute("update journal set c = (select c from journal where seq = 1) where seq = 4")
    assert broken(db) == [(4, "n3")]


def test_the_journal_replays_to_the_same_tables(db: Database) -> None:
    fill(db)
    db.do(Step("Xóa", db.drop("note", "n0")))
    rows = dict(replay(db.connection, db.tables))
    assert rows["note", "n1"] == {"gone": 0, "text": "khác", "topic": "t", "pages": None}
    assert differences(db) == []


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("update note set text = 'sửa tay' where id = 'n2'", "n2"),
        ("delete from note where id = 'n3'", "n3"),
        ("insert into note (id, text) values ('n9', 'lén')", "n9"),
    ],
)
def test_a_table_changed_behind_the_journal_is_named(db: Database, sql: str, row: str) -> None:
    fill(db)
    db.connection.execute(sql)
    assert differences(db) == [("note", row)]
    assert [f.code for f in examine(db) if not f.fine] == ["REPLAY"]


def test_a_row_whose_birth_the_journal_has_lost_is_named_where_it_stands_alone(db: Database) -> None:
    fill(db)
    db.connection.execute("delete from journal where row = 'n1' and kind = 'ins'")
    assert differences(db) == [("note", "n1")]
    db.connection.execute("delete from note where id = 'n1'")
    assert differences(db) == []


def test_a_damaged_file_is_a_finding(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Database.all

    def torn(self: Database, sql: str, params: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        return [("row 3 missing",), ("page 9",)] if "integrity_check" in sql else real(self, sql, params)

    monkeypatch.setattr(Database, "all", torn)
    finding = examine(db)[0]
    assert not finding.fine and "2 chỗ hỏng" in finding.message


def test_the_doctor_says_what_the_key_does_not_protect(db: Database) -> None:
    key = next(f for f in examine(db) if f.code == "KEY")
    assert "chưa bảo vệ được gì" in key.message


def test_each_scope_has_a_key_of_its_own_so_equal_rows_do_not_look_equal(db: Database) -> None:
    db.do(Step("Ghi", db.upsert("note", "a", text="x", topic="1")))
    db.do(Step("Ghi", db.upsert("note", "b", text="x", topic="2")))
    keys = db.all("select key from scope_key")
    assert len({bytes(key) for (key,) in keys}) == len(keys) == 2
