"""Which column of a list is which: headings by their letters, however a school's file dresses them.

Stars, line breaks, brackets, accents and capitals do not matter; the words are data (`resources/sheets/headings.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from edudesk.kernel.field import Field, as_text
from edudesk.kernel.note import Note
from edudesk.kernel.paths import resource
from edudesk.kernel.text import heading_key, squeeze
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell, Sheet, cell_name

NUMBER, NAME, FAMILY, GIVEN = "number", "name", "family_name", "given_name"
PARENTS = (
    "cha",
    "bo",
    "me",
    "giamho",
    "nguoigiamho",
    "phuhuynh",
    "chame",
)  # a heading over columns that are not the pupil's
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The headings of one kind of list: key of a heading → its field and how good a name it is (0 the best)."""

    known: Mapping[str, tuple[str, int]]
    needs: tuple[frozenset[str], ...]
    labels: Mapping[str, str]
    strangers: frozenset[str] = frozenset()
    alone: bool = False  # whether one known heading is enough, because others are known to who reads the list

    def read(self, text: str) -> tuple[str, int] | None:
        """The field a heading means and how well it is named; None for a heading nobody knows."""
        for part in (
            (text, _BRACKETS.sub(" ", text)) if "(" in text or "[" in text or "{" in text else (text,)
        ):
            key = heading_key(squeeze(part))
            if key and key in self.known:
                return self.known[key]
        return None

    def satisfied(self, keys: set[str]) -> bool:
        """Whether these fields make a list of this kind."""
        return any(need <= keys for need in self.needs)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("sheets", "headings.toml").read_text(encoding="utf-8"))


def vocabulary(
    kind: str, fields: Sequence[Field] = (), others: Mapping[str, str] | None = None
) -> Vocabulary:
    """The headings of a kind of list, with the fields' own labels, and those of `others`, in the language on screen."""
    table = _data()[kind]
    known: dict[str, tuple[str, int]] = {}
    labels = {key: _(name) for key, name in (others or {}).items()} | {
        column.key: _(column.label) for column in fields
    }
    for column in fields:
        for rank, name in enumerate((column.label, _(column.label), column.key, *column.aliases)):
            known.setdefault(heading_key(name), (column.key, rank))
    for key, names in table["fields"].items():
        for rank, name in enumerate(names):
            known[heading_key(name)] = (key, rank)
        labels.setdefault(key, names[0])
    for key, label in labels.items():
        known.setdefault(heading_key(label), (key, 0))
    needs = tuple(frozenset(need) for need in table["needs"])
    strangers = frozenset(heading_key(name) for name in table["not"])
    return Vocabulary(known, needs, labels, strangers, table.get("alone", False))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one list. `places` is field → the columns its text stands in; `texts` is column → heading.

    `head` and `last` are the first and the last heading row; `notes` tell of columns that are not read.
    """

    head: int
    last: int
    places: Mapping[str, tuple[int, ...]]
    texts: Mapping[int, str]
    notes: tuple[Note, ...] = field(default=(), repr=False)

    def heading(self, key: str) -> str:
        """The heading of a field as it stands in the file; "" when the list has no such column."""
        return self.texts.get(self.places[key][0], "") if key in self.places else ""

    def cell(self, row: Sequence[Cell], key: str) -> Cell:
        """What a row has in a field; the pieces of one that stands in several columns are joined."""
        places = self.places.get(key, ())
        if len(places) == 1 and places[0] < len(row):
            return row[places[0]]
        cells = [row[place] for place in places if place < len(row)]
        if len(cells) < 2:
            return cells[0] if cells else None
        return " ".join(text for text in map(as_text, cells) if text) or None


def read_columns(sheet: Sheet, index: int, words: Vocabulary) -> Columns | None:
    """The columns that a row of headings, with what stands under or over it, names; None when it is no such row."""
    heads = [as_text(cell) for cell in sheet.rows[index]]
    keys = {meaning[0] for text in heads if text and (meaning := words.read(text))}
    last = index + 1 if _is_second_line(sheet, index, words) else index
    texts = _texts(sheet, index, last)
    pairs = [(place, text, _meaning(sheet, (index, last, place), words)) for place, text in texts.items()]
    meant = {meaning[0] for _place, _text, meaning in pairs if meaning}
    if not (words.satisfied(meant) and (words.satisfied(keys) or last > index)):
        return None
    if any(heading_key(text) in words.strangers for text in heads if text):
        return None
    if not words.alone and len(meant) < 2 and len(pairs) != len(meant):
        return None
    return _chosen(sheet, (index, last), pairs)


Pair = tuple[int, str, tuple[str, int] | None]


def _texts(sheet: Sheet, index: int, last: int) -> dict[int, str]:
    """Column → heading: of two lines the lower, or the upper where the lower is blank."""
    upper, lower = sheet.rows[index], sheet.rows[last]
    both = {n: as_text(lower[n]) or as_text(upper[n]) for n in range(len(upper))}
    return {place: text for place, text in both.items() if text}


def _meaning(sheet: Sheet, where: tuple[int, int, int], words: Vocabulary) -> tuple[str, int] | None:
    index, last, place = where
    text = as_text(sheet.rows[last][place]) or as_text(sheet.rows[index][place])
    group = _group(sheet, index, place) if last > index and as_text(sheet.rows[last][place]) else ""
    group = group or (_merged_above(sheet, index, place) if last == index else "")
    if group and group != text:
        together = words.read(f"{group} {text}")
        if together or heading_key(group) in PARENTS:
            return together
    return words.read(text)


def _group(sheet: Sheet, index: int, place: int) -> str:
    """The heading that stands over a column of the second line: its own, or the nearest to the left."""
    for n in range(place, -1, -1):
        text = as_text(sheet.rows[index][n])
        if text:
            return text
    return ""


def _merged_above(sheet: Sheet, index: int, place: int) -> str:
    """The heading merged over several columns in the row above."""
    for top, left, bottom, right in sheet.merges:
        if top <= index - 1 <= bottom and left <= place <= right and right > left:
            text = as_text(sheet.rows[top][left])
            return text if right - left + 1 < len(sheet.rows[index]) else ""
    return ""


def _is_second_line(sheet: Sheet, index: int, words: Vocabulary) -> bool:
    """Whether the row below goes on with the headings: words alone, under a heading that covers several columns."""
    if index + 1 >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    texts = [as_text(cell) for cell in lower]
    if not any(texts) or any(
        not isinstance(cell, str | None) or _DIGIT.search(as_text(cell)) for cell in lower
    ):
        return False
    known = [words.read(text) is not None for text in texts if text]
    under_blank = any(text and not as_text(upper[n]) for n, text in enumerate(texts))
    return under_blank and sum(known) * 2 >= len(known) and sum(known) > 0


# -- of several columns, the better named


def _chosen(sheet: Sheet, rows: tuple[int, int], pairs: Sequence[Pair]) -> Columns:
    head, last = rows
    best: dict[str, tuple[int, int]] = {}  # field → rank and place
    for place, _text, meaning in pairs:
        if meaning and (meaning[0] not in best or meaning[1] < best[meaning[0]][0]):
            best[meaning[0]] = (meaning[1], place)
    texts = {place: text for place, text, _found in pairs}
    single: dict[str, tuple[int, ...]] = {key: (place,) for key, (_rank, place) in best.items()}
    places = _widened(sheet, last, single, texts)
    number = sheet.number(head)
    notes = [
        unread(number, (text, texts[best[meaning[0]][1]])) if meaning else _unknown(number, text)
        for place, text, meaning in pairs
        if not (meaning and best[meaning[0]][1] == place)
    ]
    taken = {place for columns in places.values() for place in columns} | set(texts)
    notes += _nameless(sheet, last, taken)
    return Columns(head, last, places, texts, tuple(notes))


def _widened(
    sheet: Sheet, last: int, places: dict[str, tuple[int, ...]], texts: Mapping[int, str]
) -> dict[str, tuple[int, ...]]:
    """Names that stand in two columns: họ đệm and tên under their own headings, or under one that covers both."""
    if {FAMILY, GIVEN} <= places.keys():
        return {**places, NAME: (*places[FAMILY], *places[GIVEN])}
    if NAME in places:
        right = places[NAME][0] + 1
        if right not in texts and _goes_on(sheet, last, right):
            return {**places, NAME: (right - 1, right)}
    return places


def _goes_on(sheet: Sheet, last: int, place: int) -> bool:
    """Whether the column right of the names, without a heading of its own, has the rest of them."""
    if any(top <= last <= bottom and left < place <= right for top, left, bottom, right in sheet.merges):
        return True
    pairs = [(row[place - 1], row[place]) for row in sheet.rows[last + 1 :] if place < len(row)]
    beside = [right for left, right in pairs if _is_word(left) and right is not None]
    words = sum(map(_is_word, beside))
    return words > len(beside) - words


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and not _DIGIT.search(cell)


def _unknown(row: int, text: str) -> Note:
    reason, fix = _("Không biết cột này, nên không đọc."), _("Bỏ qua, hoặc đổi tên cột.")
    return Note(row, text, "", "COLUMN_UNKNOWN", reason, fix)


def unread(row: int, names: tuple[str, str]) -> Note:
    """What is said of a column that means what another one, which is read, means: its name, then the other's."""
    reason = _("Hai cột cùng một nội dung: đã đọc cột “{name}”, không đọc cột này.").format(name=names[1])
    return Note(row, names[0], "", "COLUMN_NOT_READ", reason, _("Đổi tên hoặc bỏ một cột nếu cần cột này."))


def _nameless(sheet: Sheet, last: int, taken: set[int]) -> Iterator[Note]:
    """A word on each column without a heading that most rows fill."""
    body = sheet.rows[last + 1 :]
    for place in range(len(sheet.rows[last])):
        filled = sum(row[place] is not None for row in body) if place not in taken else 0
        if filled * 2 > len(body) and filled > 1:
            name = "".join(letter for letter in cell_name(0, place) if letter.isalpha())
            reason = _("Cột {name} không có tiêu đề, nên không đọc.").format(name=name)
            yield Note(sheet.number(last), name, "", "COLUMN_UNKNOWN", reason, _("Đặt tên cột nếu cần."))
