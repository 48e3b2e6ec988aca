"""What a verb is: its words, its arguments, and a function from a Call to an Answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from edudesk.kernel.calendar import year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.school.store import current_year
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.storage.instance import FolderLock
from edudesk.storage.output import output_path


def output(text: str) -> str:
    """The place of a file to write; the type of every option that names one. Raises Refused as `output_path`."""
    return str(output_path(text))


REFUSED = 3  # the exit code of what the rules, or the facts, say no to


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb found or did: `data` for `--json`, `lines` for people, the exit `code` (0, or REFUSED where what
    was asked about does not hold)."""

    data: Any
    lines: tuple[str, ...] = ()
    code: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A verb's arguments and the school they speak of."""

    args: Namespace
    folder: Path

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The school, to look at; works while a window is open."""
        with open_school(self.folder) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """The school, to change. Raises Unavailable BUSY while a window or another command holds it."""
        with open_school(self.folder) as db, FolderLock(self.folder):
            yield db

    def year(self, db: Database) -> int:
        """The school year asked for, or the current one. Raises Refused (NO_YEAR)."""
        year = self.args.year or current_year(db)
        if year is None or not db.value("select 1 from school_year where year = ? and gone = 0", (year,)):
            name = year_name(year) if year else _("nào")
            message = _("Trường chưa có năm học {name}.").format(name=name)
            raise Refused(Problem("NO_YEAR", message, next=_("Tạo năm học trong trang Trường lớp.")))
        return int(year)


Use = Literal["read", "write", "none"]


@dataclass(frozen=True, slots=True)
class Verb:
    """`name` may be two words ("import students"). `add` gives the parser its arguments."""

    name: str
    help: str
    run: Callable[[Call], Answer]
    add: Callable[[ArgumentParser], None] = field(default=lambda _parser: None)
