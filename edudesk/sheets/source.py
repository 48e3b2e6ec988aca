"""A file as it is planned from: its sheets with old fonts read, and the cells somebody mended in the preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell, Sheet
from edudesk.sheets.headings import Vocabulary
from edudesk.sheets.letters import FONTS, legacy_fonts, legacy_text
from edudesk.sheets.reader import read_book
from edudesk.sheets.tables import Accept, ListTable, find_tables

Spot = tuple[str, int, int]  # sheet, row as the file counts it, column from 0
Where = tuple[str, int]  # sheet, row
_FONT_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_FEW = 2  # words of a phrase, and signs of an old font in phrases, before the font is believed


@dataclass(frozen=True, slots=True)
class Source:
    """`hidden` are sheets nobody sees. `edits` are the texts typed over cells in the preview, `answers` what was chosen for a row that was asked about."""

    path: Path
    sheets: tuple[Sheet, ...] = field(repr=False)
    hidden: tuple[Sheet, ...] = field(default=(), repr=False)
    edits: Mapping[Spot, str] = field(default_factory=dict)
    answers: Mapping[Where, str] = field(default_factory=dict)

    def with_cell(self, spot: Spot, text: str) -> Source:
        """The file with a cell mended."""
        edits = {**self.edits, spot: text}
        return replace(self, edits=edits, sheets=tuple(_edited(sheet, spot, text) for sheet in self.sheets))

    def with_answer(self, where: Where, choice: str) -> Source:
        """The file with an answer to what was asked of a row."""
        return replace(self, answers={**self.answers, where: choice})


def open_source(path: Path | Source) -> Source:
    """The file to plan from. Raises Unavailable."""
    if isinstance(path, Source):
        return path
    book = read_book(path)
    return Source(path, tuple(read_old_fonts(sheet) for sheet in book.sheets), book.hidden)


def _edited(sheet: Sheet, spot: Spot, text: str) -> Sheet:
    name, number, column = spot
    if sheet.name != name:
        return sheet
    rows = [
        [*row[:column], text.strip() or None, *row[column + 1 :]] if sheet.number(index) == number else row
        for index, row in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows)


def tables_of(
    source: Source,
    words: Vocabulary,
    accept: Accept = lambda _sheet, _columns: True,
    *,
    hint: str = "",
) -> tuple[list[ListTable], list[Note]]:
    """Every list of a kind in the file, and a note on each sheet that has none. `hint` says what a list must have.

    Raises Refused HEAD_MISSING when no sheet has one.
    """
    lists: list[ListTable] = []
    notes: list[Note] = []
    for sheet in source.sheets:
        tables = find_tables(sheet, words, accept)
        lists += tables
        notes += sheet.notes
        if not tables and sheet.rows:
            reason = _("Trang “{name}” không có tiêu đề của danh sách này, nên không đọc.")
            notes.append(Note(1, sheet.name, "", "SHEET_SKIPPED", reason.format(name=sheet.name)))
    if not lists:
        raise _no_list(source, words, hint)
    return lists, [
        *notes,
        *(_hidden_note(sheet) for sheet in source.hidden if find_tables(sheet, words, accept)),
    ]


def _hidden_note(sheet: Sheet) -> Note:
    reason = _("Trang “{name}” có danh sách nhưng đang ẩn, nên không đọc.").format(name=sheet.name)
    step = _("Cho hiện trang ấy trong Excel nếu cũng cần nhập.")
    return Note(1, sheet.name, "", "SHEET_SKIPPED", reason, step)


def _no_list(source: Source, words: Vocabulary, hint: str) -> Refused:
    names = ", ".join(f"“{words.labels.get(key, key)}”" for key in _in_order(words))
    message = _("Không thấy dòng tiêu đề có cột {names}.").format(names=names)
    sheets = [sheet.name for sheet in source.sheets if sheet.rows] or [sheet.name for sheet in source.sheets]
    place = _("Trang “{sheet}”").format(sheet="”, “".join(sheets[:6]))
    step = hint or _("Đặt tên cột ở một dòng, như tệp đã xuất ra.")
    return Refused(Problem("HEAD_MISSING", message, place, step))


def _in_order(words: Vocabulary) -> list[str]:
    needed = words.needs[0] if words.needs else frozenset()
    return [key for key in words.labels if key in needed]


# -- old fonts


def read_old_fonts(sheet: Sheet) -> Sheet:
    """The sheet with text of the fonts of before Unicode read as it looks on paper, and a note for each font."""
    able: dict[tuple[int, int], tuple[str, ...]] = {
        (row, column): names
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and not cell.isascii() and (names := legacy_fonts(cell))
    }
    sure = {place: names[0] for place, names in able.items() if len(names) == 1}
    believed = {font for font in FONTS if _is_believed(sheet, sure, font)}
    fonts = {place: font for place, names in able.items() if (font := _one_of(names, believed))}
    if not fonts:
        return sheet
    fonts |= dict(_same_rows(sheet, fonts))
    rows: list[list[Cell]] = [
        [_shown(cell, fonts.get((row, column), "")) for column, cell in enumerate(cells)]
        for row, cells in enumerate(sheet.rows)
    ]
    notes = [_font_note(sheet, fonts, font) for font in FONTS if font in believed]
    return replace(sheet, rows=rows, notes=(*sheet.notes, *notes, *_doubts(sheet, fonts)))


def _one_of(names: Sequence[str], believed: Set[str]) -> str:
    fits = [name for name in names if name in believed]
    return fits[0] if len(fits) == 1 else ""


def _shown(cell: Cell, font: str) -> Cell:
    return legacy_text(cell, font) if font and isinstance(cell, str) else cell


def _is_believed(sheet: Sheet, fonts: Mapping[tuple[int, int], str], font: str) -> bool:
    """Whether the sheet has whole phrases in the font: one odd sign in a code or a unit is no proof of it."""
    texts = [str(sheet.rows[row][column]) for (row, column), name in fonts.items() if name == font]
    phrases = [text for text in texts if sum(map(_is_wordy, text.split())) >= _FEW]
    return sum(not letter.isascii() for text in phrases for letter in text) >= _FEW


def _is_wordy(word: str) -> bool:
    return len(word) > 1 and any(letter.isascii() and letter.isalpha() for letter in word)


def _is_modern(cell: Cell) -> bool:
    return isinstance(cell, str) and any(ord(letter) > 0x17F for letter in cell)


def _same_rows(sheet: Sheet, fonts: Mapping[tuple[int, int], str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The other cells of a row in an old font that could be read both ways: "Sôn" beside "Nguyeãn Vaên"."""
    columns = {column for _row, column in fonts}
    for row in {row for row, _column in fonts}:
        names = {font for place, font in fonts.items() if place[0] == row}
        whole = not any(map(_is_modern, sheet.rows[row]))
        for column in (range(len(sheet.rows[row])) if whole else columns) if len(names) == 1 else ():
            cell = sheet.rows[row][column]
            if (row, column) not in fonts and isinstance(cell, str) and not _is_modern(cell):
                yield (row, column), next(iter(names))


def _font_note(sheet: Sheet, fonts: Mapping[tuple[int, int], str], font: str) -> Note:
    places = [place for place, name in fonts.items() if name == font]
    row, column = min(places)
    text = str(sheet.rows[row][column])
    reason = _("{n} ô viết bằng phông chữ cũ {font}: đã đọc lại, như “{text}”.")
    sentence = reason.format(n=len(places), font=_FONT_NAMES[font], text=legacy_text(text, font)[:60])
    return Note(sheet.number(row), "", text[:60], "FONT_OLD", sentence, _("Xem kĩ họ tên trước khi nhập."))


def _doubts(sheet: Sheet, fonts: Mapping[tuple[int, int], str]) -> Iterator[Note]:
    """Cells beside those of an old font that could be read both ways."""
    columns = {column: font for (_row, column), font in fonts.items()}
    for index, row in enumerate(sheet.rows):
        for column, font in columns.items():
            cell = row[column]
            if (index, column) in fonts or not isinstance(cell, str) or cell.isascii() or _is_modern(cell):
                continue
            if legacy_text(cell, font) != cell:
                reason = _("Cột này có ô viết phông cũ; ô “{text}” để nguyên.").format(text=cell[:60])
                yield Note(sheet.number(index), "", cell[:60], "FONT_DOUBT", reason, _("Xem lại ô này."))
