"""The tables a slice declares to storage, without storage knowing the slice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from edudesk.kernel.change import Fields, Step, Value
from edudesk.kernel.errors import Problem

Policy = Literal["latest", "conflict"]


class Replicated(NamedTuple):
    """A table whose rows are journalled.

    `scope` names the stream family of a row, or makes it from the row's fields at birth; a row keeps its scope for
    life. `policy` says per field what two concurrent edits become ("latest" when not named). `checks` say per field
    whether any desk could accept a value. `schema` rises when a migration reshapes the table. `natural`
    is given where a row's identity is made of what it means (a mark is its pupil, subject, term and column), so that
    the same input is the same row: the fields it keeps for life. `refers` names the tables whose rows a field's value must be.
    """

    table: str
    fields: tuple[str, ...]
    scope: str | Callable[[Fields], str] = "school"
    policy: Mapping[str, Policy] = MappingProxyType({})
    checks: Mapping[str, Callable[[Value], bool]] = MappingProxyType({})
    schema: int = 1
    natural: tuple[str, ...] | None = None
    refers: Mapping[str, str] = MappingProxyType({})

    def scope_of(self, row: Fields) -> str:
        """The scope of a row, from all its fields."""
        return self.scope if isinstance(self.scope, str) else self.scope(row)


class SliceTables(NamedTuple):
    """A slice's tables. `module` holds its sqlite-utils migrations and is imported only while a step is missing."""

    name: str
    tables: tuple[Replicated, ...]
    module: str
    steps: tuple[str, ...]


Reader = Callable[..., list[tuple[Value, ...]]]
Guard = Callable[[Reader, Step], list[Problem]]
"""Looks at a Step before it is written, with `all(sql, params)` to read by, and answers every problem it finds."""

_MANY = 500  # row ids in one query


def many(read: Reader, sql: str, ids: Collection[str]) -> Iterator[tuple[Value, ...]]:
    """The rows of a query that ends in "in", for any number of ids."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _MANY):
        some = ordered[start : start + _MANY]
        yield from read(f"{sql} ({', '.join('?' * len(some))})", some)
