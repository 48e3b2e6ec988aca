"""Problems of the state: what cannot be and is, after two desks wrote apart. Computed when shown, never stored.

They refuse nothing. Each is a row of a query that a slice describes; it is gone when somebody has settled it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from edudesk.kernel.place import Place
from edudesk.kernel.state_problem import Mend, StateProblem
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.slice_tables import Reader

Row = tuple[Any, ...]
Query = Callable[[Reader, int], Iterable[Row]]
"""Reads the rows of one kind for a school year; whatever belongs to no year is read whole."""


class ProblemKind(NamedTuple):
    """One way the state can be wrong.

    `columns` name what a row of `rows` holds: the first is the id of the row that is wrong, the others are for the
    words. `place(row)` is where it is settled; `refers` names the field of a table that leads to a row that is gone.
    """

    code: str
    columns: tuple[str, ...]
    rows: Query
    message: str
    next: str
    place: Callable[[Mapping[str, Any]], Place]
    mend: Mend | None = None
    refers: tuple[str, str] | None = None


def state_problems(db: Database, year: int) -> tuple[StateProblem, ...]:
    """Every problem that the slices of a school see, in their order."""
    kinds = [kind for part in db.slices if part.problems for kind in part.problems.load()]
    return tuple(problem for kind in kinds for problem in _of_kind(kind, db.all, year))


def _of_kind(kind: ProblemKind, read: Reader, year: int) -> Iterable[StateProblem]:
    for row in kind.rows(read, year):
        named = dict(zip(kind.columns, row, strict=True))
        message, step = _(kind.message).format(**named), _(kind.next).format(**named)
        yield StateProblem(kind.code, str(row[0]), message, step, kind.place(named), kind.mend)


# -- queries that several slices have


def query(sql: str) -> Query:
    """The rows of a query; each "?" is the school year."""
    return lambda read, year: read(sql, (year,) * sql.count("?"))


EQUAL = ("row", "value", "n", "names")  # the columns of `equal` and `equal_as`


def equal(table: str, field: str) -> Query:
    """Rows of which a field has the same text: the first row, the text, how many, their names."""
    return query(
        f"""select min(id), {field}, count(*), group_concat(name, ', ') from {table}
        where gone = 0 and {field} > '' group by {field} having count(*) > 1"""
    )


def equal_as(sql: str, key: Callable[[str], str]) -> Query:
    """The same of a query (id, text, name) where texts are equal that have one `key`."""

    def rows(read: Reader, year: int) -> Iterable[Row]:
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for row_id, text, name in query(sql)(read, year):
            groups.setdefault(key(str(text)), []).append((str(row_id), str(text), str(name)))
        several = (sorted(group) for group in groups.values() if len(group) > 1)
        return [
            (group[0][0], group[0][1], len(group), ", ".join(row[2] for row in group)) for group in several
        ]

    return rows


POINTED_AT = ("row", "name", "n", "first")  # the columns of `pointing_at_gone`


def pointing_at_gone(table: str, field: str, target: str) -> Query:
    """Rows that are gone while others point at them: the row, its name, how many point, the first of these."""
    return query(
        f"""select target.id, target.name, count(*), min(pointing.id) from {target} target
        join {table} pointing on pointing.{field} = target.id and pointing.gone = 0
        where target.gone = 1 group by target.id, target.name"""
    )
