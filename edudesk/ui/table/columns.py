"""The columns of a table over frozen records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edudesk.kernel.errors import Problem
from edudesk.ui.cells import Align, CellStyle, Chip


@dataclass(frozen=True, slots=True)
class Edit:
    """How a column is written. `write(record, text)` does it or raises Refused; "" clears.

    `letters` are what a mark is written with ("" = words): there no input method is wanted, and any other letter is
    taken down and refused; `keys` write at one key press ({"T": "TOT"});
    `ghost` shows how the typed text will be read; `fixes` proposes texts after a refusal; `start` is the text an
    editor opens with; `phrases` keeps the input method on (comments).
    """

    write: Callable[[Any, str], object]
    letters: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    ghost: Callable[[str], str] | None = None
    fixes: Callable[[str], Sequence[str]] | None = None
    start: Callable[[Any], str] | None = None
    phrases: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a record is shown in it, and what more there is to it. `width` 0 takes the room left, `least` at any rate.

    `chip` answers a Chip, several, or None; `style` answers a whole CellStyle (then `show` is only the spoken text);
    `sort` gives the key a click on the header sorts by; `rule` draws a line after the column;
    `names` is the column that names the record, bold on the cursor's row.
    """

    key: str
    label: str
    show: Callable[[Any], str]
    width: int = 100
    align: Align = "left"
    edit: Edit | None = None
    chip: Callable[[Any], Chip | tuple[Chip, ...] | None] | None = None
    style: Callable[[Any], CellStyle] | None = None
    sort: Callable[[Any], Any] | None = None
    rule: bool = False
    names: bool = False
    tip: str = ""
    least: int = 120

    def cell(self, record: Any) -> CellStyle:
        """What the cell of a record looks like."""
        if self.style is not None:
            return self.style(record)
        chip = self.chip(record) if self.chip else None
        if chip is not None:
            chips = (chip,) if isinstance(chip, Chip) else chip
            return CellStyle(self.show(record), chips=chips)
        text = self.show(record)
        return CellStyle(text, align=self.align, off=text == "–")


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What the tall header of a grid says of a column: a second line, or the count, histogram and side figure.

    `bins` are ten counts (0–1, 1–2, … 9–10); `count` like "38/42"; `full` when nothing is missing; `lock` when the
    whole column is locked.
    """

    sub: str = ""
    count: str = ""
    full: bool = False
    bins: tuple[int, ...] = ()
    side: str = ""
    lock: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A record that only titles the rows below it."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that was typed and not taken, kept in the cell until it is settled."""

    text: str
    problems: tuple[Problem, ...]
    fixes: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether nothing is wrong with the text, and only a person must say that it belongs here."""
        return self.problems[0].code == ASKED


ASKED = "OTHER_COLUMN"  # the code of a problem that is a question: is the text meant for this column?
