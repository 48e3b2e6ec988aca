"""The tables a slice declares to storage, without storage knowing the slice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem
from edudesk.kernel.replicated import Replicated


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
