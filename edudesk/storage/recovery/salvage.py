"""Reading what can still be read: rows of the journal, and of tables, out of a file some of whose pages are lost.

Every page carries its own proof, so a row that can be read is a row that was written. A page that cannot be read ends
the connection's use; the next row is asked for by a new one, a little further on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Unavailable
from edudesk.storage.connection import Connection, connect
from edudesk.storage.journal_schema import EntryRow, StepRow, StreamRow, select

Row = tuple[Any, ...]
SOME = 400  # rows asked for at once
PATIENT = 150  # rows tried one by one past a lost page, before the strides grow
FAR = 1 << 22


@dataclass
class SalvagedRows:
    """The journal rows read from a file, by the file's own numbers; `holes` counts pages that could not be read."""

    epoch: str = ""
    device: str = ""
    keys: dict[str, bytes] = field(default_factory=dict)
    streams: dict[int, StreamRow] = field(default_factory=dict)
    steps: dict[int, StepRow] = field(default_factory=dict)
    rows: dict[tuple[int, int], EntryRow] = field(default_factory=dict)
    holes: int = 0

    def __or__(self, other: SalvagedRows) -> SalvagedRows:
        """Both together; they must be of the same epoch. Holes of the one are filled by the other."""
        return SalvagedRows(
            self.epoch or other.epoch,
            self.device or other.device,
            other.keys | self.keys,
            other.streams | self.streams,
            other.steps | self.steps,
            other.rows | self.rows,
            self.holes + other.holes,
        )


class Reader:
    """A file that may be damaged, opened again after every page that is lost."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection: Connection | None = None
        self.holes = 0

    def ask(self, sql: str, params: Sequence[object] = ()) -> list[Row] | None:
        """The rows; None when they cannot be read."""
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key)
            return self._connection.execute(sql, params).fetchall()
        except (sqlcipher.DatabaseError, Unavailable, OverflowError, UnicodeDecodeError):
            self.close()
            return None

    def walk(self, sql: str, params: Sequence[object], place: Callable[[Row], int]) -> list[Row]:
        """Rows in the order of a whole number: `sql` ends by two parameters, "from here on" and "this many"."""
        records: list[Row] = []
        if self.ask("select count(*) from sqlite_master") is None:
            return records
        at, failed, many = 0, 0, SOME
        while at < FAR:
            rows = self.ask(sql, (*params, at, many))
            if rows:
                records += rows
                at, failed, many = place(rows[-1]) + 1, 0, SOME if failed or many == SOME else many
            elif rows is not None:
                return records
            elif many > 1:
                many //= 20
                many = max(many, 1)
            else:
                self.holes += not failed
                failed += 1
                at += 1 if failed < PATIENT else 1 << (failed - PATIENT)
        return records

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_journal(
    path: Path, key: bytes, *, identity: str, known: SalvagedRows | None = None
) -> SalvagedRows | None:
    """The journal of a file, as far as it can be read; None when nothing can. `identity` is the table with the epoch.

    `known` names streams and keys another source has told already.
    """
    if not path.exists():
        return None
    with Reader(path, key) as reader:
        if reader.ask("select count(*) from sqlite_master") is None:
            return None
        origin = {
            str(name): str(value) for name, value in reader.ask(f"select key, value from {identity}") or ()
        }
        salvaged = SalvagedRows(origin.get("epoch", ""), origin.get("device", ""))
        salvaged.keys = {row[0]: bytes(row[1]) for row in reader.ask(select("scope_key")) or ()}
        salvaged.streams = {row[0]: StreamRow(*row) for row in reader.ask(select("journal_stream")) or ()}
        steps = f"{select('journal_step')} where n >= ? order by n limit ?"
        salvaged.steps = {row[0]: StepRow(*row) for row in reader.walk(steps, (), lambda row: int(row[0]))}
        rows = f"{select('journal')} where stream = ? and seq >= ? order by seq limit ?"
        for stream in sorted({*salvaged.streams, *(known.streams if known else ())}):
            entries = reader.walk(rows, (stream,), lambda row: int(row[1]))
            salvaged.rows |= {(row[0], row[1]): EntryRow(*row) for row in entries}
        salvaged.holes = reader.holes
    return salvaged


def read_table(reader: Reader, table: str, columns: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Rows of a journalled table by id, as far as they can be read."""
    sql = f"select rowid, id, {', '.join(columns)} from {table} where rowid >= ? order by rowid limit ?"
    rows = reader.walk(sql, (), lambda row: int(row[0]))
    return {str(row[1]): dict(zip(columns, row[2:], strict=True)) for row in rows}
