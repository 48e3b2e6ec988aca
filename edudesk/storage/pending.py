"""What was typed and not accepted, kept on this PC until it is accepted or dropped. Not a Step: it is nobody's data yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from edudesk.kernel.errors import Problem
from edudesk.storage.database import Database

KEY = "typed.refused"


class PendingPage(NamedTuple):
    """The page of cells a text was typed on: the page of the window, what to choose there, and how people call it."""

    page: str
    year: int
    term: int
    choice: tuple[tuple[str, str], ...]
    words: str = ""

    def same(self, other: PendingPage) -> bool:
        """Whether it is the same page of cells, whatever it is called."""
        return self[:4] == other[:4]


@dataclass(frozen=True, slots=True)
class PendingCell:
    """One text in one cell, with why it was not accepted."""

    sheet: PendingPage
    row: str
    column: str
    text: str
    problems: tuple[Problem, ...]

    def at(self, sheet: PendingPage, row: str, column: str) -> bool:
        """Whether it stands in this cell."""
        return self.sheet.same(sheet) and (self.row, self.column) == (row, column)


def pending(db: Database) -> list[PendingCell]:
    """Every text that waits, in the order it was typed."""
    return [
        PendingCell(
            PendingPage(
                page=str(stored["page"]),
                year=int(stored["year"]),
                term=int(stored["term"]),
                choice=tuple((str(key), str(value)) for key, value in stored["choice"]),
                words=str(stored["words"]),
            ),
            str(stored["row"]),
            str(stored["column"]),
            str(stored["text"]),
            tuple(Problem(**problem) for problem in stored["problems"]),
        )
        for stored in db.local(KEY, [])
    ]


def keep_pending(db: Database, cell: PendingCell) -> None:
    """Keep a text, in the place of what waited in its cell."""
    others = _others(pending(db), cell.sheet, cell.row, cell.column)
    _write(db, [*others, cell])


def drop_pending(db: Database, sheet: PendingPage, row: str, column: str) -> None:
    """Forget what waits in a cell."""
    _write(db, list(_others(pending(db), sheet, row, column)))


def _others(cells: Sequence[PendingCell], sheet: PendingPage, row: str, column: str) -> Iterator[PendingCell]:
    return (cell for cell in cells if not cell.at(sheet, row, column))


def _write(db: Database, cells: Sequence[PendingCell]) -> None:
    rows = [
        {
            **cell.sheet._asdict(),
            "row": cell.row,
            "column": cell.column,
            "text": cell.text,
            "problems": [asdict(problem) for problem in cell.problems],
        }
        for cell in cells
    ]
    db.set_local(KEY, rows)
