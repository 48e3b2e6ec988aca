"""A block of cells from a spreadsheet, laid over a page of the register: a plan that says what each cell would become.

Nothing is guessed: 85 is refused with "Ghi 8,5". A blank cell never erases. Where the block brings names or numbers
of the class, its rows go to those pupils and not to where the cursor stands; headings decide the columns likewise.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edudesk.gradebook.exchange.mark_files import read_slot
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, check_entry
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn, SheetLine
from edudesk.gradebook.rules.assessment import read_mark
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import fold, squeeze
from edudesk.kernel.words import _
from edudesk.sheets.persons import find_named

PastedCells = tuple[tuple[str, ...], ...]
WRITTEN = ("new", "changed")
BEFORE_MARKS = 4  # columns in which the names of pupils are looked for


@dataclass(frozen=True, slots=True)
class PasteCell:
    """One cell: `text` as it came, `kind` "new", "changed", "same", "blank" or "refused" with its `problem`.

    `lock` says who locked it and why, "" while it may be written.
    """

    slot: str
    old: Mark
    text: str
    kind: str = "blank"
    value: Mark = None
    problem: Problem | None = None
    lock: str = ""


@dataclass(frozen=True, slots=True)
class PasteRow:
    """One line of the block and whom it is for; `pupil_id` is "" and `problem` says why when it is for nobody."""

    place: int
    pupil_id: str
    number: int | None
    name: str
    cells: tuple[PasteCell, ...]
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What pasting would do. `matched` is "place", "name" or "number"; `outside` says in words what does not fit."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[PasteRow, ...]
    matched: str
    outside: tuple[str, ...] = ()

    def count(self, *kinds: str) -> int:
        """How many cells are of these kinds."""
        return sum(cell.kind in kinds for row in self.rows for cell in row.cells)

    @property
    def entries(self) -> list[MarkEntry]:
        """The cells to write: new and changed ones."""
        return [
            MarkEntry(row.pupil_id, cell.slot, cell.value)
            for row in self.rows
            for cell in row.cells
            if cell.kind in WRITTEN
        ]


def read_block(text: str) -> PastedCells:
    """The cells of a clipboard text: tabs and line ends, quoted cells with line ends in them, all rows equally wide.

    Empty lines and columns at the end are not there. A quote that is never closed is a letter of its cell.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        rows = [line.split("\t") for line in text.splitlines()]
    cells = [[squeeze(cell) for cell in row] for row in rows]
    while cells and not any(cells[-1]):
        cells.pop()
    wide = max((n for row in cells for n, cell in enumerate(row, 1) if cell), default=0)
    return tuple(tuple((*row, *[""] * wide)[:wide]) for row in cells)


def plan_paste(sheet: ClassSheet, block: PastedCells, *, row: int, slot: str) -> PastePlan:
    """Lay a block over the sheet from a cell on. Nothing has been written."""
    heads = _headings(block)
    body = block[1:] if heads else block
    whose = _whose(body, sheet)
    columns, taken, outside = _columns(sheet, heads, len(block[0]) if block else 0, (whose.width, slot))
    matcher = _Matcher(sheet, whose, row)
    rows = []
    for place, line in enumerate(body):
        if not any(line):
            continue
        record = matcher.find(place, line)
        if record is not None:
            rows.append(_row(sheet, columns, record, [line[n] for n in taken]))
    lost = sum(any(line) for line in body[matcher.room :])
    if lost:
        message = _("Khối dán có {n} dòng, từ em này xuống chỉ còn {room} em; {lost} dòng cuối bị bỏ ra.")
        outside = (message.format(n=len(body), room=matcher.room, lost=lost), *outside)
    return PastePlan(columns, tuple(rows), whose.matched, outside)


# -- columns


def _headings(block: PastedCells) -> tuple[str | None, ...]:
    """The slots that the first row names; () when it is no row of headings."""
    slots = tuple(read_slot(cell) for cell in block[0]) if block else ()
    return slots if any(slots) else ()


def _columns(
    sheet: ClassSheet, heads: Sequence[str | None], wide: int, start: tuple[int, str]
) -> tuple[tuple[SheetColumn, ...], list[int], tuple[str, ...]]:
    """The columns written, which column of the block each one is, and what is said of those left out."""
    first, slot = start
    known = {column.slot: column for column in sheet.columns}
    if heads:
        taken = [n for n in range(first, wide) if heads[n] in known]
        columns = tuple(known[str(heads[n])] for n in taken)
        lost = wide - first - len(taken)
        message = _("{n} cột của khối dán không có tiêu đề của một cột điểm ở bảng này nên bị bỏ ra.")
        return columns, taken, (message.format(n=lost),) if lost else ()
    at = list(known).index(slot)
    room = sheet.columns[at : at + wide - first]
    lost = wide - first - len(room)
    message = _("Khối dán có {n} cột điểm, từ cột này sang phải chỉ còn {room}; {lost} cột cuối bị bỏ ra.")
    words = message.format(n=wide - first, room=len(room), lost=lost)
    return room, list(range(first, first + len(room))), (words,) if lost > 0 else ()


# -- whose row it is


@dataclass(frozen=True, slots=True)
class _Whose:
    """Which columns of the block say whose row it is; marks begin after `width` columns."""

    number: int | None = None
    names: tuple[int, ...] = ()
    width: int = 0

    @property
    def matched(self) -> str:
        if self.names:
            return "name"
        return "place" if self.number is None else "number"


def _whose(body: PastedCells, sheet: ClassSheet) -> _Whose:
    """Names in one column or in two (họ đệm, tên), numbers before them or alone; none when rows go by place."""
    if not body:
        return _Whose()
    wide = len(body[0])
    known = {fold(line.name) for line in sheet.lines}
    options: list[tuple[int, ...]] = [
        span for n in range(min(wide, BEFORE_MARKS)) for span in ((n,), (n, n + 1)) if span[-1] < wide
    ]
    texts = {span: [_joined(line, span) for line in body] for span in options}
    hits = {span: sum(text[:1].isalpha() and fold(text) in known for text in texts[span]) for span in options}
    best = max(options, key=lambda span: hits[span])
    if not hits[best]:
        best = next((span for span in options if len(span) == 1 and _wordy(body, span[0], sheet)), ())
    numbered = bool(best != (0,) and all(_is_number(line[0]) for line in body if any(line)))
    if best:
        return _Whose(0 if numbered else None, best, best[-1] + 1)
    return _Whose(0, (), 1) if numbered and wide > 1 and _counts_up(body) else _Whose()


def _is_number(text: str) -> bool:
    """Whether it is a number in class; a clipboard may hold thousands of digits, or digits of another script."""
    return text.isascii() and text.isdecimal() and len(text) < 6


def _joined(line: Sequence[str], span: tuple[int, ...]) -> str:
    return squeeze(" ".join(line[n] for n in span))


def _wordy(body: PastedCells, column: int, sheet: ClassSheet) -> bool:
    """Whether most cells of a column are words that are no mark: names, of another class as it seems."""
    cells = [line[column] for line in body if line[column]]
    return sum(" " in cell and not _reads(cell, sheet.course.kind) for cell in cells) * 2 > len(cells)


def _reads(text: str, kind: str) -> bool:
    try:
        read_mark(text, kind)
    except Refused:
        return False
    return True


def _counts_up(body: PastedCells) -> bool:
    """Whether the first column is a running number and not marks: it rises, one by one or beyond ten."""
    numbers = [int(line[0]) for line in body if any(line)]
    rises = all(number < two for number, two in pairwise(numbers))
    running = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return rises and len(numbers) > 2 and (running or numbers[-1] > 10)


class _Matcher:
    """Finds whom each line of the block is for; by place there is `room` for so many lines."""

    def __init__(self, sheet: ClassSheet, whose: _Whose, row: int) -> None:
        self._lines = sheet.lines
        self._whose = whose
        self._row = row
        self._seen: dict[str, int] = {}
        self.room = len(sheet.lines) - row if whose.matched == "place" else len(sheet.lines) + 10_000

    def find(self, place: int, line: Sequence[str]) -> PasteRow | None:
        """The pupil of a line as a row without cells; None for a line that is beyond the class."""
        if self._whose.matched == "place":
            at = self._row + place
            return _of(self._lines[at], place) if at < len(self._lines) else None
        who = _joined(line, self._whose.names) if self._whose.names else line[0]
        found = self._named(line, who) if self._whose.names else self._numbered(who)
        if isinstance(found, Problem):
            number = int(line[0]) if self._whose.number is not None and _is_number(line[0]) else None
            return PasteRow(place, "", number, who if self._whose.names else "", (), found)
        first = self._seen.setdefault(found.pupil_id, place)
        if first != place:
            message = _("Em này đã có ở dòng {row} của khối dán.").format(row=first + 1)
            return replace(_of(found, place), problem=Problem("ROW_TWICE", message))
        return _of(found, place)

    def _named(self, line: Sequence[str], who: str) -> SheetLine | Problem:
        number = int(line[0]) if self._whose.number is not None and _is_number(line[0]) else None
        message = _("Lớp không có em “{who}” học môn này.").format(who=who)
        unknown = Problem("PUPIL_UNKNOWN", message, next=_("Xem lại tên, hoặc lớp của khối dán."))
        pupil = find_named(self._lines, who, number, unknown=unknown)
        if isinstance(pupil, Problem) and pupil.code == "PUPIL_TWICE":
            return replace(pupil, next=_("Chép kèm cột số thứ tự."))
        return pupil

    def _numbered(self, who: str) -> SheetLine | Problem:
        lines = [row for row in self._lines if str(row.number) == who]
        if len(lines) > 1:
            message = _("Bảng này có {count} em cùng số {n}.").format(count=len(lines), n=who)
            return Problem("PUPIL_TWICE", message, next=_("Chép kèm cột họ và tên."))
        message = _("Bảng này không có em số {n}.").format(n=who)
        return lines[0] if lines else Problem("PUPIL_UNKNOWN", message)


def _of(line: SheetLine, place: int) -> PasteRow:
    return PasteRow(place, line.pupil_id, line.number, line.name, ())


# -- cells


def _row(sheet: ClassSheet, columns: Sequence[SheetColumn], row: PasteRow, texts: Sequence[str]) -> PasteRow:
    """The row with its cells."""
    line = next((line for line in sheet.lines if line.pupil_id == row.pupil_id), None)
    old_cells = {
        column.slot: (line.marks[place], line.lock(place))
        for place, column in enumerate(sheet.columns)
        if line is not None
    }
    cells = []
    for column, text in zip(columns, texts, strict=True):
        old, lock = old_cells.get(column.slot, (None, ""))
        cells.append(_read(sheet, row, PasteCell(column.slot, old, text, lock=lock)))
    return replace(row, cells=tuple(cells))


def _read(sheet: ClassSheet, row: PasteRow, cell: PasteCell) -> PasteCell:
    """The cell with what it would become, or why it is refused."""
    if not cell.text:
        return cell
    value, problem = None, row.problem
    if problem is None:
        try:
            value = read_mark(cell.text, sheet.course.kind)
        except Refused as no:
            problem = no.problems[0]
    if problem is None:
        entry = MarkEntry(row.pupil_id, cell.slot, value)
        problem = _against(sheet, entry, cell.lock if value != cell.old else "")
    kind = "same" if value == cell.old else "new" if cell.old is None else "changed"
    if problem is not None:
        kind, value = "refused", None
    return PasteCell(cell.slot, cell.old, cell.text, kind, value, problem, cell.lock)


def _against(sheet: ClassSheet, entry: MarkEntry, lock: str) -> Problem | None:
    """What stands against writing the cell: a rule, or the lock that holds it."""
    key = SheetKey(sheet.roll.class_id, sheet.course.code, sheet.term)
    return check_entry(sheet.roll, key, entry) or (Problem("LOCKED", lock) if lock else None)
