"""Where the lists of a file are: which sheets, which rows are headings, which are the list, which stand around it.

A row that is passed over is told unless it is blank; a row that may be one of the list is never passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.paths import resource
from edudesk.kernel.text import fold, squeeze
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell, Sheet
from edudesk.sheets.headings import NAME, NUMBER, Columns, Vocabulary, read_columns

_CLASS_TITLE = re.compile(r"(?:^|\W)(?:lớp|lop|class)\s*:?\s*((?:1[0-2]|[1-9])\s*[^\s,;\-–()]*)")
_BLOCK_TITLE = re.compile(
    r"(?:danh sách\s+|danh sach\s+)?(?:học sinh\s+|hoc sinh\s+)?(?:lớp|lop|class)\s*:?\s*"
    r"(?:1[0-2]|[1-9])\s?[^\s,;]{0,8}(?:[\s,;(–-]*(?:năm học|nam hoc|gvcn|sĩ số|si so|môn|mon|học k|hoc k|hk).*)?"
)
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
STRAY = 100  # blank rows above a cell that is none of the list
FEW = 2  # filled cells of a row that says little
Accept = Callable[[Sheet, Columns], bool]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: `index` among the sheet's rows, as the file counts it, its cells, and the titles above it."""

    index: int
    number: int
    cells: Sequence[Cell]
    titles: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list on a sheet. `notes` tell of columns and rows that are not read."""

    sheet: Sheet
    columns: Columns
    rows: tuple[ListRow, ...]
    titles: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    @property
    def head_number(self) -> int:
        """The heading row as the file counts it."""
        return self.sheet.number(self.columns.head)

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings in their places."""
        wide = len(self.sheet.rows[self.columns.head])
        return tuple(self.columns.texts.get(place, "") for place in range(wide))


def find_tables(
    sheet: Sheet, words: Vocabulary, accept: Accept = lambda _sheet, _columns: True
) -> list[ListTable]:
    """Every list of a kind on a sheet, from the top."""
    heads: list[Columns] = []
    for index, row in enumerate(sheet.rows):
        if heads and index <= heads[-1].last:
            continue
        columns = read_columns(sheet, index, words) if _could_be_heads(row, words) else None
        if columns is not None and accept(sheet, columns):
            heads.append(columns)
    tables: list[ListTable] = []
    titles: tuple[str, ...] = ()  # the last titles, which hold where headings are only said again
    for n in range(len(heads)):
        table, titles = _table(sheet, heads, (n, titles), words)
        tables.append(table)
    return tables


def _could_be_heads(row: Sequence[Cell], words: Vocabulary) -> bool:
    """Quick, for most rows are rows of the list: those begin with a number."""
    first = next((cell for cell in row if cell is not None), None)
    if not isinstance(first, str) or first[:1].isdigit():
        return False
    return any(isinstance(cell, str) and words.read(cell) is not None for cell in row)


def _table(
    sheet: Sheet, heads: Sequence[Columns], what: tuple[int, tuple[str, ...]], words: Vocabulary
) -> tuple[ListTable, tuple[str, ...]]:
    n, before_titles = what
    columns = heads[n]
    titles = tuple(_lines(sheet, _titles_from(sheet, heads, n), columns.head))
    if not any(class_in(title) for title in titles):
        titles = (*before_titles, *titles)
    end = len(sheet.rows) if n + 1 == len(heads) else _titles_from(sheet, heads, n + 1)
    sorter = _Sorter(sheet, columns, titles, words)
    rows = tuple(sorter.sort(range(columns.last + 1, end)))
    repeated = bool(n) and dict(columns.texts) == dict(heads[n - 1].texts)
    before = _passed(sheet, columns.head) if repeated else columns.notes
    notes = (*before, *sorter.notes)
    return ListTable(sheet, columns, sorter.with_doubts(rows), titles, notes), sorter.titles


def _titles_from(sheet: Sheet, heads: Sequence[Columns], n: int) -> int:
    """The first of the lines above a heading row that are its titles and not rows of the list before."""
    top = heads[n - 1].last + 1 if n else 0
    at = heads[n].head
    while at > top and _says_little(sheet.rows[at - 1], heads[n - 1] if n else None):
        at -= 1
    return at if n else 0


def _says_little(row: Sequence[Cell], before: Columns | None) -> bool:
    texts = [text for text in map(as_text, row) if text]
    if before is None or not texts:
        return True
    number, name = as_text(before.cell(row, NUMBER)), as_text(before.cell(row, NAME))
    few = len(texts) <= FEW and not number.isdigit() and not is_footer(texts)
    return few and (not name or _is_block_title(texts))


def _lines(sheet: Sheet, start: int, end: int) -> Iterator[str]:
    for row in sheet.rows[start:end]:
        line = " ; ".join(text for text in map(as_text, row) if text)
        if line:
            yield line


# -- which rows are the list


@dataclass(slots=True)
class _Sorter:
    """Says of each row below the headings whether it is one of the list."""

    sheet: Sheet
    columns: Columns
    titles: tuple[str, ...]
    words: Vocabulary
    notes: list[Note] = field(default_factory=list)
    over: bool = False
    last: int = 0

    def sort(self, places: range) -> Iterator[ListRow]:
        """The rows of the list in their order."""
        for index in places:
            cells = self.sheet.rows[index]
            if self._is_plain(cells):
                self.over, self.last = False, self.sheet.number(index)
                yield ListRow(index, self.last, cells, self.titles)
                continue
            texts = [as_text(cell) for cell in cells]
            filled = [text for text in texts if text]
            if not filled or self._is_counting(filled) or self._is_blank_line(cells, filled):
                continue
            if _is_block_title(filled):
                self.titles = (*(t for t in self.titles if not class_in(t)), " ; ".join(filled))
                self.over = False
            elif self._is_stray(index, filled) or self._passes(cells, filled):
                self.notes += _passed(self.sheet, index)
            else:
                self.over, self.last = False, self.sheet.number(index)
                yield ListRow(index, self.sheet.number(index), cells, self.titles)

    def _is_plain(self, cells: Sequence[Cell]) -> bool:
        """Quick, for most rows are: a number, a name in letters, and more."""
        number, name = self.columns.places.get(NUMBER), self.columns.places.get(NAME)
        if number is None or name is None or len(cells) - cells.count(None) <= FEW:
            return False
        text = cells[name[0]]
        return isinstance(text, str) and text[:1].isalpha() and as_text(cells[number[0]]).isdigit()

    def with_doubts(self, rows: Sequence[ListRow]) -> tuple[ListRow, ...]:
        """The rows, with a mark on those that only have a name where the others have much more."""
        numbered = sum(as_text(self.columns.cell(row.cells, NUMBER)).isdigit() for row in rows)
        if numbered * 5 < len(rows) * 4 or len(rows) < 2:
            return tuple(rows)
        return tuple(replace(row, doubtful=self._is_alone(row.cells)) for row in rows)

    def _is_alone(self, cells: Sequence[Cell]) -> bool:
        names = self.columns.places.get(NAME, ())
        return not any(
            cell is not None and place not in names and as_text(cell) for place, cell in enumerate(cells)
        )

    def _named(self, cells: Sequence[Cell]) -> bool:
        """Whether something stands where every row of such a list has something."""
        places = self.columns.places.keys()
        need = next((need for need in self.words.needs if need <= places), frozenset({NAME}))
        return any(as_text(self.columns.cell(cells, key)) for key in need)

    def _is_counting(self, filled: Sequence[str]) -> bool:
        """A line of column numbers: (1) (2) (3)."""
        if len(filled) < 2 or not all(_COUNTED.fullmatch(text) for text in filled):
            return False
        numbers = [int(text.strip("()")) for text in filled]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    def _is_blank_line(self, cells: Sequence[Cell], filled: Sequence[str]) -> bool:
        """A line made ready with a number and nothing else."""
        return (
            len(filled) == 1
            and filled[0].isdigit()
            and filled[0] == as_text(self.columns.cell(cells, NUMBER))
        )

    def _is_stray(self, index: int, filled: Sequence[str]) -> bool:
        """Whether one cell stands far below everything else: typed there by mistake."""
        return len(filled) == 1 and self.sheet.number(index) - self.last > STRAY and self.last > 0

    def _passes(self, cells: Sequence[Cell], filled: Sequence[str]) -> bool:
        few = len(filled) <= FEW
        named = self._named(cells)
        numbered = len(filled) > 1 and as_text(self.columns.cell(cells, NUMBER)).isdigit()
        if not numbered and (_is_total(filled) or (few and is_footer(filled))):
            self.over = self.over or ends_list(filled)
            return True
        return few and not numbered and (self.over or not named)


def _passed(sheet: Sheet, index: int) -> list[Note]:
    """A word on a row that is passed over."""
    line = " ; ".join(text for text in map(as_text, sheet.rows[index]) if text)
    reason = _("Dòng này không thuộc danh sách, nên không đọc.")
    return [Note(sheet.number(index), "", line[:80], "ROW_PASSED", reason)]


def _is_block_title(filled: Sequence[str]) -> bool:
    """Whether a row says of which class the rows below it are, and no more: "LỚP 9A2"."""
    return len(set(filled)) == 1 and _BLOCK_TITLE.fullmatch(squeeze(filled[0]).casefold()) is not None


def class_in(text: str) -> str:
    """The class a title speaks of: "DANH SÁCH LỚP 9A2" is 9A2; "" for none."""
    title = _CLASS_TITLE.search(squeeze(text).casefold())
    return title.group(1).strip() if title else ""


# -- what stands around a list


@lru_cache(maxsize=1)
def _footers() -> dict[str, tuple[str, ...]]:
    """The words by kind; those that begin with "plain" are without accents, for files written so."""
    table = tomllib.loads(resource("sheets", "footers.toml").read_text(encoding="utf-8"))
    plain = {f"plain {kind}": tuple(map(fold, words)) for kind, words in table.items()}
    return {kind: tuple(words) for kind, words in table.items()} | plain


_DATED = re.compile(r"(?:.{0,40}, ?)?ngày\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm.*")


def is_footer(filled: Sequence[str]) -> bool:
    """Whether a row sums up, explains or signs: "Tổng cộng", "Danh sách này có 45 học sinh"."""
    return _is_total(filled) or any(_begins(text, "begins") or _ends(text) for text in filled)


def _is_total(filled: Sequence[str]) -> bool:
    for text in filled[:2]:
        given = squeeze(text).casefold().rstrip(" :.")
        if given in _footers()["plain whole" if given.isascii() else "whole"]:
            return True
    return False


def ends_list(filled: Sequence[str]) -> bool:
    """Whether after this row the list is over."""
    return any(_ends(text) for text in filled)


def _ends(text: str) -> bool:
    return _begins(text, "ends") or _DATED.fullmatch(squeeze(text).casefold()) is not None


def _begins(text: str, kind: str) -> bool:
    given = squeeze(text).casefold()
    return given.startswith(_footers()[f"plain {kind}" if given.isascii() else kind])
