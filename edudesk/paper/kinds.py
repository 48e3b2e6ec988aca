"""What `print` and `export` know of a kind: its title, what it needs, and how it is made."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.paper.document import Paper
from edudesk.sheets.writer import WRITES, SheetOut
from edudesk.storage.command import Answer
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a print or an export is of; what a kind does not need stays blank.

    `args` holds every option, also those a slice added for its own kinds (`Slice.paper_options`).
    """

    year: int
    class_id: str = ""
    code: str = ""
    term: int = 0
    pupil_id: str | None = None
    days: tuple[dt.date | None, dt.date | None] = (None, None)
    args: Namespace = field(default_factory=Namespace)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`needs` are the options without which it cannot be made; `subjects` what --subject may name besides a subject."""

    title: str
    needs: tuple[str, ...]
    make: Callable[[Database, Wanted], Paper]
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportKind:
    """Like `PaperKind`, for a spreadsheet; one that is more than sheets of rows is written by `write` instead.

    `endings` are those the file's name may have.
    """

    title: str
    needs: tuple[str, ...]
    make: Callable[[Database, Wanted], list[SheetOut]] = lambda _db, _wanted: []
    write: Callable[[Database, Path, Wanted], Answer] | None = None
    subjects: tuple[str, ...] = ()
    endings: tuple[str, ...] = WRITES
