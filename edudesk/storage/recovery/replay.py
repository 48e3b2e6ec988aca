"""The tables as the journal alone tells them, a row at a time, made by the one function that merges.

The journal is that of one desk: whatever it wrote was judged where it was written, and each row knew all that has a
smaller clock. So nothing waits, and no lock is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from edudesk.kernel.change import Fields
from edudesk.kernel.merge.knowledge import Knowledge
from edudesk.kernel.merge.row import merge_row
from edudesk.kernel.merge.rows import Part, Place, Row, RowKey, StepHead, Stream, Write
from edudesk.kernel.merge.rules import UNKNOWN, TableRules
from edudesk.kernel.replicated import Replicated
from edudesk.storage.connection import Connection

_READ = """select j.row, j.tbl, s.clock, t.device, t.epoch, t.scope, j.seq, j.kind, j.field, j.old, j.new
    from journal j join journal_step s on s.n = j.step join journal_stream t on t.n = j.stream"""
_ORDER = "order by j.row, j.tbl, s.clock, j.stream, j.seq"


def replay(
    connection: Connection, tables: Mapping[str, Replicated], where: str = "", params: tuple[object, ...] = ()
) -> Iterator[tuple[RowKey, Fields]]:
    """(table, id) and fields with `gone` of every row, sorted by id; `where` may ask for some rows by j, s, t.

    The journal's rows of one row of a table are in memory at a time.
    """
    rules = {name: table_rules(table) for name, table in tables.items()}
    knowledge = Knowledge()
    cursor = connection.execute(f"{_READ} {where} {_ORDER}", params)
    for (row, table), records in groupby(cursor, key=lambda record: (record[0], record[1])):
        writes = [_write(record) for record in records]
        merged = merge_row(writes, (), rules.get(table, UNKNOWN), knowledge)
        yield (table, row), merged.fields


def table_rules(table: Replicated) -> TableRules:
    """What merge asks of a table, but for checks: what one desk wrote was checked where it was written."""
    conflict = frozenset(name for name, policy in table.policy.items() if policy == "conflict")
    return TableRules(table.schema, conflict)


def _write(record: tuple[Any, ...]) -> Write:
    row, table, clock, device, epoch, scope, seq, kind, field, old, new = record
    birth = kind == "ins"
    change = Row("ins" if birth else "set", table, row, field, old, json.loads(new) if birth else new)
    part = Part(_head(device, epoch, clock), scope, seq, (change,), b"")
    return Write(((clock, 0), Place(_stream(device, epoch, scope), seq)), part, change)


@lru_cache(maxsize=1 << 12)
def _stream(device: str, epoch: str, scope: str) -> Stream:
    return Stream(device, epoch, scope)


@lru_cache(maxsize=1 << 14)
def _head(device: str, epoch: str, clock: int) -> StepHead:
    return StepHead(device, epoch, clock, known=None)
