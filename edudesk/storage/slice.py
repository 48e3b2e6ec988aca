"""What a slice offers, as one description: tables, guards, names, pages, commands, papers.

A slice's `slice.py` holds one `Slice`. Whoever composes the program (the window, the command line, storage) reads it
there and nowhere else, so a slice is added or removed by its folder and one line in `slices.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

from edudesk.kernel.place import Place
from edudesk.storage.slice_tables import SliceTables


@dataclass(frozen=True, slots=True)
class Code:
    """Something written elsewhere, as "edudesk.students.view:StudentsPage"; imported when it is first used.

    A start loads only what it shows. Calling a Code calls what it names.
    """

    path: str

    def load(self) -> Any:
        """What the path names."""
        module, _colon, name = self.path.partition(":")
        return getattr(import_module(module), name)

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self.load()(*args, **named)


class GuardSet(NamedTuple):
    """Guards that look at Steps which touch one of `tables`; `guards` names a tuple of them."""

    tables: frozenset[str]
    guards: Code


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One place in the rail. `make(desk)` answers the page, `count(desk)` how many things wait in it; `order` is its place from the top,
    `foot` puts it at the bottom.

    `title` and `help` are marked by N_ and translated when shown. `help` says what the place is for, then its main
    actions, a sentence each.
    """

    key: str
    title: str
    icon: str
    make: Callable[..., Any]
    count: Callable[..., int] | None = None
    order: int = 0
    foot: bool = False
    help: tuple[str, ...] = ()


class Find(NamedTuple):
    """What Ctrl+K finds besides pages: a place, an action of a page, or something the window does.

    `action` is the key of a button or menu line of the page of `place`. `run(shell)` does it where there is no place;
    `available(db)` tells whether it can be found at all.
    """

    title: str
    icon: str
    place: Place | None = None
    action: str = ""
    run: Code | None = None
    detail: str = ""
    available: Code | None = None


class ClassFind(NamedTuple):
    """A place of every class: `title` holds {name}, `place(class_id)` answers it."""

    title: str
    icon: str
    place: Callable[[str], Place]


class RecordFind(NamedTuple):
    """A record that Ctrl+K finds: a pupil."""

    key: str
    text: str
    icon: str
    place: Place
    detail: str


class Slice(NamedTuple):
    """One slice of the program.

    `row_names`: table → a query of what people call a row by its id, or code `(db, row_id) -> str`.
    `record_finds(db, year)` answers the records Ctrl+K finds, as RecordFind.
    `commands`, `papers`, `exports`, `cases`: code that names a tuple of Command, mappings of PaperKind and ExportKind
    by name, kinds of worked cases; `proposals` what its data say of items of the self-score: code → function. `paper_options(parser)` adds what only its papers and exports ask.
    `duties(db, today)` answers the work its data ask for; `problems` names a tuple of ProblemKind.
    """

    name: str
    tables: tuple[SliceTables, ...] = ()
    guards: tuple[GuardSet, ...] = ()
    row_names: Mapping[str, str | Code] = MappingProxyType({})
    pages: tuple[PageSpec, ...] = ()
    finds: tuple[Find, ...] = ()
    class_finds: tuple[ClassFind, ...] = ()
    record_finds: Code | None = None
    commands: tuple[Code, ...] = ()
    papers: Code | None = None
    exports: Code | None = None
    paper_options: Code | None = None
    cases: Code | None = None
    proposals: Code | None = None
    duties: Code | None = None
    problems: Code | None = None
    demo: Code | None = None
    class_demo: Code | None = None
