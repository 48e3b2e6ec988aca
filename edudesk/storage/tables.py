"""Reads an open school and prepares changes, without writing it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from edudesk.kernel.change import GONE, Change, Fields, Value
from edudesk.kernel.replicated import Replicated
from edudesk.storage import prepare_changes as prepare
from edudesk.storage import rows
from edudesk.storage.connection import Connection, translating_errors

SETTING = "setting"


def _roll_back(connection: Connection) -> None:
    """End what was begun; a damaged file may have ended it by itself."""
    if connection.in_transaction:
        connection.execute("rollback")


class OpenTables:
    """The tables at a connection. A Database is one that can also write."""

    _connection: Connection
    _tables: dict[str, Replicated]
    path: Path

    # -- reading

    @property
    def connection(self) -> Connection:
        """The connection itself, for storage's own checks. Slices read by `all`, `one`, `value`, `row`."""
        return self._connection

    @property
    def tables(self) -> dict[str, Replicated]:
        """The journalled tables by name."""
        return dict(self._tables)

    def all(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query, as tuples."""
        with translating_errors(self.path):
            return self._connection.execute(sql, params).fetchall()

    def one(self, sql: str, params: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with translating_errors(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql, params).fetchone()
        return row

    def value(self, sql: str, params: Sequence[object] = (), default: Any = None) -> Any:
        """The first column of the first row, or the default."""
        row = self.one(sql, params)
        return default if row is None else row[0]

    def row(self, table: str, row_id: str) -> rows.Row | None:
        """A row's fields with `gone`, whether gone or not; None when there is no such row."""
        return self.rows_of(table, (row_id,)).get(row_id)

    def rows_of(self, table: str, row_ids: Collection[str]) -> dict[str, rows.Row]:
        """The rows that are there, by id, each as `row` answers it."""
        with translating_errors(self.path):
            return rows.read_rows(self._connection, self._tables[table], row_ids)

    # -- preparing changes

    def insert(self, table: str, row_id: str, **fields: Value) -> tuple[Change, ...]:
        """What must change for a new row to be, with these fields. Raises Refused ROW_THERE."""
        return self.insert_all(table, {row_id: fields})

    def insert_all(self, table: str, wanted: Mapping[str, Fields]) -> tuple[Change, ...]:
        """The same for many rows: row id → the fields it is born with."""
        return prepare.inserted(self._tables[table], wanted, self.rows_of(table, wanted))

    def update(self, table: str, row_id: str, **fields: Value) -> tuple[Change, ...]:
        """What must change for a row that is there to hold these fields; nothing where all is equal.

        Raises Refused ROW_MISSING when there is no such row, or it is gone.
        """
        return self.update_all(table, {row_id: fields})

    def update_all(self, table: str, wanted: Mapping[str, Fields]) -> tuple[Change, ...]:
        """The same for many rows: row id → the fields it shall hold."""
        return prepare.updated(self._tables[table], wanted, self.rows_of(table, wanted))

    def upsert(self, table: str, row_id: str, **fields: Value) -> tuple[Change, ...]:
        """What must change for a row with a natural key to hold these fields, be it there, gone or never written."""
        return self.upsert_all(table, {row_id: fields})

    def upsert_all(
        self,
        table: str,
        wanted: Mapping[str, Fields],
        *,
        born: Callable[[str], Fields | None] | None = None,
    ) -> tuple[Change, ...]:
        """The same for many rows: row id → the fields it shall hold.

        `born` tells with what a row begins that is not there yet, None to leave it unmade; else with what it shall hold.
        """
        return prepare.upserted(self._tables[table], wanted, self.rows_of(table, wanted), born=born)

    def revive(self, table: str, row_id: str, **fields: Value) -> tuple[Change, ...]:
        """What must change for a row that is gone to be there again, with these fields and else as it was.

        Raises Refused ROW_MISSING when there never was one, ROW_THERE when it is not gone.
        """
        return prepare.revived(self._tables[table], row_id, self.row(table, row_id), fields)

    def drop(self, table: str, row_id: str) -> tuple[Change, ...]:
        """What must change for the row to be gone."""
        stored = self.row(table, row_id)
        if stored is None or stored[GONE]:
            return ()
        return (Change(table, row_id, GONE, 0, 1, "del"),)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Inside, everything read is of one moment, whatever other processes write meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        with translating_errors(self.path):
            self._connection.execute("begin")
        try:
            yield
        finally:
            _roll_back(self._connection)

    # -- settings

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of the school, which every desk shares."""
        text = self.value(f"select value from {SETTING} where id = ? and gone = 0", (key,))
        return default if text is None else json.loads(text)

    def put_setting(self, key: str, value: Any) -> tuple[Change, ...]:
        """What must change for the school's setting to hold the value (text, whole number, list of these)."""
        return self.upsert(SETTING, key, value=json.dumps(value, ensure_ascii=False))

    def local(self, key: str, default: Any = None) -> Any:
        """A setting of this PC alone: window, last page."""
        text = self.value("select value from local where key = ?", (key,))
        return default if text is None else json.loads(text)

    def set_local(self, key: str, value: Any) -> None:
        """Keep a setting of this PC. Not a Step: it is nobody's data."""
        with translating_errors(self.path):
            text = json.dumps(value, ensure_ascii=False)
            self._connection.execute("insert or replace into local values (?, ?)", (key, text))
