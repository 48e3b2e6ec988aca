"""What a spreadsheet holds, as it stands in the file: sheets, cells, and cells that hold no value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

from edudesk.kernel.note import Note
from edudesk.kernel.text import nfc
from edudesk.kernel.words import _

MOST_COLUMNS = 400  # further right nothing of a list stands; what does is told and left
MOST_CELLS = 1_500_000  # filled cells of one sheet
MOST_ROOM = 24_000_000  # cells of its rows, filled or not, each as wide as the widest
MOST_GAP = 1000  # blank rows kept between two filled ones; further down the rows are only counted
_SHOWN = Context(prec=15)  # the digits a spreadsheet keeps and shows of a number
_LARGEST = Decimal("1e300")
_MIDNIGHT = dt.time()
_EPOCH = dt.datetime.combine(dt.date(1899, 12, 30), _MIDNIGHT)
_EPOCH_1904 = dt.datetime.combine(dt.date(1904, 1, 1), _MIDNIGHT)
_ERROR = re.compile(r"#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#{2,})|Err:\d{3}")
_LAST_DAY = 109_574  # 31/12/2199
NEAR_MIDNIGHT = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell with no value to take: `text` is "#N/A" and kin, or "=" for a formula whose result was not saved."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | Decimal | dt.date | ErrorCell | None
Merge = tuple[int, int, int, int]  # first row and column, last row and column, from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read. `rows[0]` is row `first_row` of the file; every row has the same length.

    `numbers` counts the rows where a long blank stretch was left out; `notes` is what the reading itself has to say;
    `merges` are in places of `rows`.
    """

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    numbers: Sequence[int] = ()
    notes: tuple[Note, ...] = ()
    merges: tuple[Merge, ...] = field(default=(), repr=False)

    def number(self, index: int) -> int:
        """The row as the spreadsheet counts it."""
        return self.numbers[index] if self.numbers else index + self.first_row


class FilledCells:
    """The filled cells of a sheet while it is read, by row and column from 0; one far off the rest costs nothing."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Cell]] = {}  # each as far as its last cell
        self.far: set[tuple[int, int]] = set()
        self.count = 0
        self._width = 0

    @property
    def too_many(self) -> bool:
        """Whether it is more than any list: by what is filled, or by the room its rows take."""
        return self.count > MOST_CELLS or len(self.rows) * self._width > MOST_ROOM

    def add(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Filled cells of a row by column; one that stands where another one does takes its place."""
        last = max(cells, default=-1)
        if last < 0:
            return
        if last < MOST_COLUMNS and row not in self.rows:
            self.rows[row] = list(map(cells.get, range(last + 1)))
            self._width = max(self._width, last + 1)
            self.count += len(cells)
            return
        for column, cell in cells.items():
            self._put(row, column, cell)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        if column >= MOST_COLUMNS:
            self.count += (row, column) not in self.far
            self.far.add((row, column))
            return
        self._width = max(self._width, column + 1)
        line = self.rows.setdefault(row, [])
        line.extend([None] * (column + 1 - len(line)))
        self.count += line[column] is None
        line[column] = cell


def sheet_of(name: str, cells: FilledCells, merges: Sequence[Merge] = ()) -> Sheet:
    """A sheet from its filled cells, whose rows it takes as they are."""
    far = sorted(cells.far)
    notes = (_far_note(name, far[0], len(far)),) if far else ()
    blank: list[Cell] = [None] * max(map(len, cells.rows.values()), default=0)
    for line in cells.rows.values():
        line.extend(blank[len(line) :])
    numbers: list[int] = []
    for row in sorted(cells.rows):
        after = numbers[-1] + 1 if numbers else 0
        numbers += range(after, row) if row - after <= MOST_GAP else ()
        numbers.append(row)
    rows = [cells.rows.get(row) or blank.copy() for row in numbers]
    places = {row: index for index, row in enumerate(numbers)} if merges else {}
    moved = tuple(
        (places[top], left, places.get(bottom, places[top]), right)
        for top, left, bottom, right in merges
        if top in places and left < len(blank)
    )
    return Sheet(name, rows, numbers=[row + 1 for row in numbers], notes=notes, merges=moved)


def _far_note(sheet: str, place: tuple[int, int], count: int) -> Note:
    name = cell_name(*place)
    reason = _("Trang “{sheet}” có {n} ô đứng rất xa bảng (ô {cell}), nên không đọc.")
    fix = _("Xóa ô ấy trong Excel nếu chỉ là gõ nhầm.")
    return Note(place[0] + 1, name, "", "CELL_FAR", reason.format(sheet=sheet, n=count, cell=name), fix)


def cell_name(row: int, column: int) -> str:
    """A place from 0 as a spreadsheet names it: (0, 27) is AB1."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


@lru_cache(maxsize=4096)
def column_place(letters: str) -> int:
    """The place of a column from 0: "AB" is 27; -1 for what is none."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


# -- values


def number_cell(text: str) -> Cell:
    """A number as the spreadsheet shows it: 8.299999999999999 is 8.3; what is no number a sheet can keep is an error."""
    try:
        value = _SHOWN.create_decimal(text)
    except (InvalidOperation, ValueError):
        return ErrorCell(text)
    if not value.is_finite() or abs(value) > _LARGEST:
        return ErrorCell(text)
    if value == value.to_integral_value():
        return int(value)
    return value.normalize()


def day_cell(text: str, *, from_1904: bool = False) -> Cell:
    """A day number of the spreadsheet's calendar as a date; the number itself where it is no day."""
    number = number_cell(text)
    if isinstance(number, ErrorCell) or not isinstance(number, int | Decimal):
        return number
    if not 0 < number <= _LAST_DAY or (not from_1904 and number < 61):
        return number
    start = _EPOCH_1904 if from_1904 else _EPOCH
    return moment_cell(start + dt.timedelta(seconds=round(float(number) * 86_400)))


def moment_cell(moment: dt.datetime) -> dt.date:
    """The day of a moment near midnight; another time of day is kept for a person to see."""
    start = dt.datetime.combine(moment.date(), _MIDNIGHT)
    if moment - start <= NEAR_MIDNIGHT:
        return moment.date()
    if start + dt.timedelta(days=1) - moment <= NEAR_MIDNIGHT:
        return moment.date() + dt.timedelta(days=1)
    return moment


def iso_cell(text: str) -> Cell:
    """A moment as documents write it, 2012-05-03T00:00:00; the text itself where it is none."""
    try:
        return moment_cell(dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None))
    except ValueError:
        return text_cell(text)


def text_cell(text: str) -> Cell:
    """Text, composed; None for blank; what stands for an error is one, also where a program saved it as text."""
    bare = text.strip()
    if not bare:
        return None
    return ErrorCell(bare) if bare[0] in "#E" and _ERROR.fullmatch(bare) else nfc(text)
