"""Reads the cells of a returned form as they stand in the file; pages and rows are found by their identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edudesk.gradebook.exchange.form import NAME
from edudesk.gradebook.exchange.form_template import HIDDEN, FormPage, Template, damaged, decode
from edudesk.gradebook.rules.slots import is_slot
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell
from edudesk.sheets.fillable import ASIDE
from edudesk.sheets.reader import read_book, read_hidden


def read_template(path: Path) -> Template | None:
    """The form a file is; None for an ordinary spreadsheet. Raises Refused FORM_DAMAGED, FORM_NEWER; Unavailable."""
    hidden = read_hidden(path, HIDDEN)
    if hidden is None:
        return None
    try:
        return decode(hidden.rows)
    except (ValueError, KeyError, TypeError) as error:
        raise damaged() from error


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of a page as it came back: whose it says it is, its name, and the cells by slot."""

    row: int
    pupil_id: str
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class FilledPage:
    """A page of the form, the sheet it is on, and its rows."""

    sheet: str
    page: FormPage
    lines: tuple[FormLine, ...]


def read_filled(path: Path, template: Template) -> tuple[list[FilledPage], list[Note]]:
    """Every page of the form that is in the file, found by its hidden cell; notes on the other sheets."""
    tokens = {template.token(page): page for page in template.pages}
    fillings: list[FilledPage] = []
    notes: list[Note] = []
    for sheet in read_book(path).sheets:
        name, rows = sheet.name, sheet.rows
        page = tokens.pop(as_text(rows[0][0]) if rows and rows[0] else "", None)
        if page is None:
            reason = _("Trang “{name}” không thuộc phiếu này, nên không đọc.").format(name=name)
            notes.append(Note(1, name, "", "SHEET_SKIPPED", reason))
        else:
            fillings.append(FilledPage(name, page, tuple(_lines(rows))))
    if not fillings:
        raise damaged()
    for page in tokens.values():
        reason = _("Trang của lớp {name} không còn trong tệp.").format(name=page.class_name)
        notes.append(Note(1, page.code, "", "SHEET_MISSING", reason))
    return fillings, notes


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[FormLine]:
    places = {as_text(token): n for n, token in enumerate(rows[0]) if n and token is not None}
    name = places.pop(NAME, 0)
    slots = {slot: n for slot, n in places.items() if is_slot(slot)}
    for index, row in enumerate(rows[1:], 2):
        key = as_text(row[0])
        cells = {slot: row[n] for slot, n in slots.items()}
        written = any(as_text(value) for value in cells.values())
        if key != ASIDE and (key or written):
            yield FormLine(index, key, as_text(row[name]) if name else "", cells)
