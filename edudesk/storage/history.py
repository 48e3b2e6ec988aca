"""The journal's history of some rows, for slices that show how a value came to be."""

from __future__ import annotations

from collections.abc import Collection

from edudesk.kernel.change import GONE, Head, JournalRow, Value
from edudesk.storage import journal
from edudesk.storage.database import Database

MANY = 500  # row ids in one query


def history(db: Database, table: str, rows: Collection[str]) -> list[JournalRow]:
    """Every journalled change of the rows, oldest first by the clock that orders (never by wall time)."""
    wanted = sorted(rows)
    records: list[JournalRow] = []
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        places = ", ".join("?" * len(some))
        records += journal.read(db.connection, f"where j.row in ({places}) and j.tbl = ?", (*some, table))
    return sorted(records, key=lambda row: (row.clock, row.stream, row.seq))


def step_rows(db: Database, step: str, table: str) -> list[JournalRow]:
    """What a Step (its id) changed in one table, in the order it was written."""
    return list(journal.read(db.connection, "where s.id = ? and j.tbl = ? order by j.seq", (step, table)))


def vouched(db: Database, table: str, row_id: str, *, scope: str) -> bool:
    """Whether the journal holds the row as it stands, and no chain of the scope is broken."""
    told: dict[str, Value] = {}
    for row in history(db, table, [row_id]):
        told |= {GONE: 0, **row.change.fields} if row.change.kind == "ins" else row.change.fields
    return told == db.row(table, row_id) and not journal.broken_links(db.connection, scope)


def vector(db: Database, scopes: Collection[str]) -> tuple[Head, ...]:
    """How far every stream of the scopes is known here: (stream name, last seq), sorted."""
    places = ", ".join("?" * len(scopes))
    rows = db.all(
        f"""select t.device || '/' || t.epoch || '/' || t.scope, max(j.seq) from journal j
        join journal_stream t on t.n = j.stream where t.scope in ({places}) group by t.n""",
        tuple(scopes),
    )
    return tuple(sorted((str(name), int(seq)) for name, seq in rows))
