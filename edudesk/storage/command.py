"""What a command of the command line is: its words, its arguments, and a function from a Call to an Answer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from edudesk.storage.database import Database, Doors
from edudesk.storage.files.output import output_path
from edudesk.storage.instance import FolderLock

REFUSED = 3  # the exit code of what the rules, or the facts, say no to


class Answer(NamedTuple):
    """What a command answers: `data` for `--json`, `lines` for people, the exit `code` (0, or REFUSED where what was
    asked about does not hold)."""

    data: Any
    lines: tuple[str, ...] = ()
    code: int = 0


def output(text: str) -> str:
    """The place of a file to write; the type of every option that names one. Raises Refused as `output_path`."""
    return str(output_path(text))


class Call(NamedTuple):
    """A command's arguments and the school they speak of."""

    args: Namespace
    folder: Path
    doors: Doors

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The school, to look at; works while a window is open."""
        with self.doors.open_school(self.folder) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """The school, to change. Raises Unavailable BUSY while a window or another command holds it."""
        with self.doors.open_school(self.folder) as db, FolderLock(self.folder):
            yield db


class Command(NamedTuple):
    """`name` may be two words ("import students"). `add` gives the parser its arguments."""

    name: str
    help: str
    run: Callable[[Call], Answer]
    add: Callable[[ArgumentParser], None] = lambda _parser: None
