"""Files of marks as schools have them: one mark to a row, or a class's sheet with a column for each kind of mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edudesk.gradebook.rules.slots import SlotKind
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold, heading_key, squeeze
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named
from edudesk.sheets.cells import Cell, Sheet
from edudesk.sheets.headings import NAME, Columns, Vocabulary, unread, vocabulary
from edudesk.sheets.tables import ListTable, class_in

Row = Sequence[object]
COMMENT = "comment"
_LONG = frozenset({"class", "pupil", "subject", "term", "slot", "value"})
_REGULAR = re.compile(r"(?:ddg)?(?:tx|thuongxuyen)([1-9])(?:cd)?")  # (CĐ): the cụm chuyên đề
_PERIODIC = re.compile(r"(?:ddg)?(gk|ck|giuaki|giuaky|cuoiki|cuoiky)(amnhac|mithuat|mythuat|music|art)?")
_PRIMARY = re.compile(
    r"(mucdatduoc|muc|mdd|ktdk|kt|k)(gk|ck|giuaki|giuaky|cuoiki|cuoiky)"
)  # levels and tests
_PERIODS = {"gk": "gk", "ck": "ck", "giuaki": "gk", "giuaky": "gk", "cuoiki": "ck", "cuoiky": "ck"}
_CONTENTS = {
    "amnhac": ".am_nhac",
    "mithuat": ".mi_thuat",
    "mythuat": ".mi_thuat",
    "music": ".am_nhac",
    "art": ".mi_thuat",
}
_TERM = re.compile(r"(?:hocki|hocky|hk|term)?(1|2|i|ii)")
_TITLES = {
    "subject": re.compile(r"\b(?:mon(?:\s+hoc)?|subject)\b\s*:?\s*(.+)"),
    "term": re.compile(r"\b(?:hoc k[iy]|hk|term)\s*:?\s*(?:hk)?\s*(ii|i|1|2)\b"),
}


@dataclass(frozen=True, slots=True)
class RawCell:
    """A mark as the file has it: `row` as Excel counts it, its heading, and what says whose and where it is.

    `pupil` is a code, number or `#7`; a class sheet has `number` and `name` instead. `place` is its column from 0.
    """

    row: int
    heading: str
    class_text: str
    pupil: str
    number: int | None
    name: str
    subject: str
    term: str
    slot: str
    raw: Cell
    sheet: str = ""
    place: int = 0


def read_slot(text: str) -> str | None:
    """The slot a heading or word means: "ĐĐGtx_1", "TX1" → "tx1"; "ĐĐGgk Âm nhạc" → "gk.am_nhac"; None for none."""
    key = heading_key(text)
    if regular := _REGULAR.fullmatch(key):
        return f"{SlotKind.TX}{regular.group(1)}"
    if primary := _PRIMARY.fullmatch(key):
        return ("k" if primary.group(1).startswith("k") else "") + _PERIODS[primary.group(2)]
    if periodic := _PERIODIC.fullmatch(key):
        return _PERIODS[periodic.group(1)] + _CONTENTS.get(periodic.group(2) or "", "")
    return None


def read_term(text: str) -> int | None:
    """1 or 2 from "1", "II", "HK I", "Học kì 2"; None for anything else."""
    match = _TERM.fullmatch(heading_key(text))
    return {"1": 1, "i": 1, "2": 2, "ii": 2}[match.group(1)] if match else None


def mark_words() -> Vocabulary:
    """The headings of files of marks."""
    return vocabulary("marks")


def has_marks(sheet: Sheet, columns: Columns) -> bool:
    """Whether a list is one of marks: one mark to a row, or a column for each kind of mark."""
    return columns.places.keys() >= _LONG or bool(slot_columns(sheet, columns))


def slot_columns(sheet: Sheet, columns: Columns) -> dict[int, str]:
    """Column → slot of a class's sheet; {} for a list that is none."""
    if NAME not in columns.places:
        return {}
    slots: dict[int, str] = {}
    for place, slot in _slots(*_heads(sheet, columns)).items():
        if slot not in slots.values():
            slots[place] = slot
    return slots


def column_notes(table: ListTable) -> Iterator[Note]:
    """Notes on columns that are not read: columns of marks are, averages are computed, comments are not taken."""
    yield from (note for note in table.notes if not read_slot(note.column))
    yield from _doubled(table)
    if any(as_text(table.columns.cell(row.cells, COMMENT)) for row in table.rows):
        reason = _("Lời nhận xét không nhập từ tệp, nên không đọc cột này.")
        heading = table.columns.heading(COMMENT)
        yield Note(
            table.head_number, heading, "", "COLUMN_NOT_READ", reason, _("Chép vào ô nhận xét trong sổ điểm.")
        )


def blank_values(table: ListTable) -> list[int]:
    """Notes on the rows of a long list that give no value: they change nothing."""
    if not table.columns.places.keys() >= _LONG:
        return []
    columns = table.columns
    return [row.number for row in table.rows if not as_text(columns.cell(row.cells, "value"))]


def read_cells(table: ListTable) -> list[RawCell]:
    """Every mark of a list, blank cells left out."""
    if table.columns.places.keys() >= _LONG:
        return list(_long(table))
    return list(_by_class(table, slot_columns(table.sheet, table.columns)))


def _heads(sheet: Sheet, columns: Columns) -> tuple[list[str], Row, int]:
    """The headings, the row below them, and the column of names."""
    below = sheet.rows[columns.head + 1] if columns.head + 1 < len(sheet.rows) else ()
    return [as_text(cell) for cell in sheet.rows[columns.head]], below, columns.places[NAME][0]


def _slots(heads: Sequence[str], below: Row, name: int) -> dict[int, str]:
    """Column → slot, every column of it. A wide heading "ĐĐGtx" stands over its columns, numbered in the row below or by their order."""
    under = [as_text(cell) for cell in below]
    second_line = bool(under) and not under[name]
    slots: dict[int, str] = {}
    group, nth = "", 0
    for place, head in enumerate(heads):
        group, nth = (head, 1) if head else (group, nth + 1)
        part = under[place] if second_line else ""
        slot = read_slot(head) or read_slot(f"{group} {part or nth}")
        if slot:
            slots[place] = slot
    return slots


def _doubled(table: ListTable) -> Iterator[Note]:
    """A word on each column of marks whose slot a column before it has: the first is read."""
    columns = table.columns
    if columns.places.keys() >= _LONG or not slot_columns(table.sheet, columns):
        return
    first: dict[str, int] = {}
    for place, slot in _slots(*_heads(table.sheet, columns)).items():
        before = first.setdefault(slot, place)
        if before != place:
            yield unread(table.head_number, (columns.texts.get(place, slot), columns.texts.get(before, slot)))


def _long(table: ListTable) -> Iterator[RawCell]:
    columns = table.columns
    for row in table.rows:
        texts = {key: squeeze(as_text(columns.cell(row.cells, key))) for key in columns.places}
        if not texts["value"]:
            continue
        yield RawCell(
            row=row.number,
            heading=columns.heading("value"),
            class_text=texts["class"],
            pupil=texts["pupil"],
            number=None,
            name=texts.get("name", ""),
            subject=texts["subject"],
            term=texts["term"],
            slot=texts["slot"],
            raw=columns.cell(row.cells, "value"),
            sheet=table.sheet.name,
            place=columns.places["value"][0],
        )


def _by_class(table: ListTable, slots: dict[int, str]) -> Iterator[RawCell]:
    columns = table.columns
    second = _second_line(table, slots)
    for row in table.rows:
        if row.index == second:
            continue
        title = _title(row.titles)
        texts = {key: squeeze(as_text(columns.cell(row.cells, key))) for key in columns.places}
        number = texts.get("number", "")
        for place, slot in slots.items():
            if not as_text(row.cells[place]):
                continue
            yield RawCell(
                row=row.number,
                heading=columns.texts.get(place, slot),
                class_text=texts.get("class") or title.get("class", ""),
                pupil=texts.get("pupil", ""),
                number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None,
                name=texts["name"],
                subject=texts.get("subject") or title.get("subject", ""),
                term=texts.get("term") or title.get("term", ""),
                slot=slot,
                raw=row.cells[place],
                sheet=table.sheet.name,
                place=place,
            )


def _second_line(table: ListTable, slots: dict[int, str]) -> int:
    """The row that numbers the columns under a wide heading; -1 for none."""
    index = table.columns.head + 1
    heads = table.sheet.rows[table.columns.head]
    below = table.sheet.rows[index] if index < len(table.sheet.rows) else []
    named = as_text(below[table.columns.places[NAME][0]]) if below else "?"
    return index if not named and any(not as_text(heads[place]) for place in slots) else -1


def _title(lines: Sequence[str]) -> dict[str, str]:
    """Class, subject and term from the lines above the headings: "Lớp: 9A2 - Môn: Toán - Học kì I"."""
    titled: dict[str, str] = {}
    for line in lines:
        if name := class_in(line):
            titled["class"] = name
        for key, pattern in _TITLES.items():
            match = pattern.search(fold(line))
            if match:
                titled[key] = match.group(1).strip()
    if "subject" in titled:
        titled["subject"] = _subject_at_start(titled["subject"])
    return titled


def _subject_at_start(text: str) -> str:
    """The code of the subject whose name, as long as can be, the text begins with; else its first word."""
    words = text.split()
    known = (subject_named(" ".join(words[:n])) for n in range(len(words), 0, -1))
    return next((subject.code for subject in known if subject), words[0])
