"""Workbooks that people fill in by hand: some cells open, the rest protected, and a hidden sheet that is read back.

What identifies a row or a column stands in hidden cells beside it, so that it survives sorting and any other program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edudesk.kernel.text import nfc
from edudesk.sheets.writer import new_workbook

LISTS = "_edudesk_lists"
A4 = 9
ASIDE = "="  # in the hidden first cell of a line that is nobody's


@dataclass(frozen=True, slots=True)
class FillCell:
    """A cell: `open` may be written by hand, `grey` shows that nothing is wanted there."""

    text: str = ""
    open: bool = False
    grey: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class InputRule:
    """What the open cells take: one of `choices`, or what the `formula` (of `{cell}`) says yes to; and the words."""

    title: str
    prompt: str
    refusal: str
    choices: Sequence[str] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class FillSheet:
    """A page to fill: `token` and `columns` name the page and its columns in a hidden row, `keys` its rows.

    `lines` stand above the headings (the first one large), `foot` below the rows; `open_from` and `open_to` are the
    places of the first and the last column to fill, `widths` are in characters.
    """

    name: str
    token: str
    columns: Sequence[str]
    keys: Sequence[str]
    lines: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[FillCell]]
    widths: Sequence[int]
    rules: InputRule
    open_from: int
    open_to: int
    foot: Sequence[str] = ()
    landscape: bool = False


def write_fillable(
    path: Path, sheets: Sequence[FillSheet], *, hidden: str, told: Sequence[Sequence[str]]
) -> None:
    """A workbook with these pages and a hidden sheet of texts. Raises Unavailable as `write_sheet`."""
    with new_workbook(path) as book:
        looks = _FillFormats(book)
        lists = _Lists(sheets)
        for sheet in sheets:
            _Page(book, sheet, looks, lists.ranges.get(tuple(sheet.rules.choices), "")).write()
        _hidden(book, hidden, told)
        if lists.columns:
            _hidden(book, LISTS, lists.rows)


def _hidden(book: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    page = book.add_worksheet(name)
    text = book.add_format({"num_format": "@"})
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.write_string(row, place, nfc(cell), text)
    page.protect()
    page.hide()


class _Lists:
    """The lists to choose from, once each, as columns of a hidden sheet: a range takes small letters too."""

    def __init__(self, sheets: Sequence[FillSheet]) -> None:
        self.columns = list(dict.fromkeys(tuple(s.rules.choices) for s in sheets if s.rules.choices))
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        self.ranges = {
            column: f"='{LISTS}'!${letters[place]}$1:${letters[place]}${len(column)}"
            for place, column in enumerate(self.columns)
        }

    @property
    def rows(self) -> list[list[str]]:
        most = max(map(len, self.columns))
        return [[column[n] if n < len(column) else "" for column in self.columns] for n in range(most)]


class _FillFormats:
    """The formats of the workbook."""

    def __init__(self, book: Any) -> None:
        cell = {"border": 1, "border_color": "#9AA6A6", "num_format": "@", "valign": "vcenter"}
        grey = {"bg_color": "#E3E8E8", "font_color": "#5F6B6B"}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.line = book.add_format({"font_color": "#465252", "text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {**cell, "bold": True, "bg_color": "#DDEFEE", "align": "center", "text_wrap": True}
        )
        self._cells = {
            (is_open, is_grey, centred): book.add_format(
                {
                    **cell,
                    **(grey if is_grey else {}),
                    **({"align": "center"} if centred else {}),
                    "locked": not is_open,
                }
            )
            for is_open in (False, True)
            for is_grey in (False, True)
            for centred in (False, True)
        }

    def of(self, cell: FillCell) -> Any:
        """The format of a cell."""
        return self._cells[cell.open, cell.grey, cell.centred]


class _Page:
    """Writes one page: hidden first row and column, then what people see."""

    def __init__(self, book: Any, sheet: FillSheet, looks: _FillFormats, choices: str) -> None:
        self._page = book.add_worksheet(sheet.name)
        self._sheet = sheet
        self._formats = looks
        self._choices = choices
        self._head = 1 + len(sheet.lines)
        self._end = self._head + len(sheet.rows)

    def write(self) -> None:
        """The whole page."""
        self._tokens()
        self._words()
        for row, cells in enumerate(self._sheet.rows, self._head + 1):
            for place, cell in enumerate(cells, 1):
                write = self._page.write_string if cell.text else self._page.write_blank
                write(row, place, nfc(cell.text), self._formats.of(cell))
        self._validate()
        self._set_up()

    def _tokens(self) -> None:
        for place, token in enumerate((self._sheet.token, *self._sheet.columns)):
            self._page.write_string(0, place, token)
        for row in range(1, self._head + 1):
            self._page.write_string(row, 0, ASIDE)
        for row, key in enumerate(self._sheet.keys, self._head + 1):
            self._page.write_string(row, 0, key)
        self._page.set_row(0, None, None, {"hidden": True})
        self._page.set_column(0, 0, None, None, {"hidden": True})

    def _words(self) -> None:
        last = len(self._sheet.heads)
        for row, line in enumerate(self._sheet.lines, 1):
            style = self._formats.title if row == 1 else self._formats.line
            self._page.merge_range(row, 1, row, last, nfc(line), style)
            room = sum(self._sheet.widths)
            if row > 1:
                self._page.set_row(row, 15 * -(-len(line) // room))
        for place, head in enumerate(self._sheet.heads, 1):
            self._page.set_column(place, place, self._sheet.widths[place - 1])
            self._page.write_string(self._head, place, nfc(head), self._formats.head)
        self._page.set_row(self._head, 32)
        for row, line in enumerate(self._sheet.foot, self._end + 2):
            self._page.write_string(row, 0, ASIDE)
            self._page.merge_range(row, 1, row, last, nfc(line), self._formats.line)

    def _validate(self) -> None:
        asked, sheet = self._sheet.rules, self._sheet
        rule = {"validate": "list", "source": self._choices}
        if not asked.choices:
            cell = f"{chr(ord('A') + sheet.open_from)}{self._head + 2}"
            rule = {"validate": "custom", "value": "=" + asked.formula.format(cell=cell)}
        words = {
            "input_title": asked.title[:32],
            "input_message": asked.prompt[:255],
            "error_title": asked.title[:32],
            "error_message": asked.refusal[:255],
        }
        block = (self._head + 1, sheet.open_from, self._end, sheet.open_to)
        self._page.data_validation(*block, {**rule, **words})
        self._page.ignore_errors({"number_stored_as_text": f"A1:Z{self._end + 1}"})

    def _set_up(self) -> None:
        page, last = self._page, len(self._sheet.heads)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.freeze_panes(self._head + 1, self._sheet.open_from)
        page.set_selection(self._head + 1, self._sheet.open_from, self._head + 1, self._sheet.open_from)
        page.set_paper(A4)
        if self._sheet.landscape:
            page.set_landscape()
        page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self._head)
        page.print_area(1, 1, self._end + 1 + len(self._sheet.foot), last)
        page.set_footer("&L&A&R&P/&N")
