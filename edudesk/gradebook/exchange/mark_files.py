"""Files of marks as schools have them: one mark to a row, or a class's sheet with a column for each kind of mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.text import fold, heading_key
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named
from edudesk.storage.sheets import Sheet

HEAD_WITHIN = 12  # rows from the top in which the heading row is looked for
Row = Sequence[object]
_HEADINGS = {
    "class": ("class", "Lớp", "Tên lớp"),
    "pupil": (
        "pupil",
        "Mã học sinh",
        "Mã HS",
        "Mã định danh",
        "Số định danh",
        "Số định danh cá nhân",
        "Mã",
        "Pupil code",
    ),
    "subject": ("subject", "Môn", "Môn học"),
    "term": ("term", "Học kì", "Học kỳ", "HK"),
    "slot": ("slot", "Cột điểm", "Loại điểm", "Cột"),
    "value": ("value", "Điểm", "Giá trị"),
    "number": ("STT", "No.", "Số TT", "TT", "Số thứ tự"),
    "name": ("name", "Full name", "Họ và tên", "Họ tên", "Họ và tên học sinh", "Tên học sinh"),
}
_KNOWN = {heading_key(name): key for key, names in _HEADINGS.items() for name in names}
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
    "class": re.compile(r"\b(?:lop|class)\s*:?\s*(\d{1,2}\s*[^\s,;\-–]*)"),
    "subject": re.compile(r"\b(?:mon(?:\s+hoc)?|subject)\b\s*:?\s*(.+)"),
    "term": re.compile(r"\b(?:hoc k[iy]|hk|term)\s*:?\s*(?:hk)?\s*(ii|i|1|2)\b"),
}


@dataclass(frozen=True, slots=True)
class RawCell:
    """A mark as the file has it: `row` as Excel counts it, its heading, and what says whose and where it is.

    `pupil` is a code, number or `#7`; a class sheet has `number` and `name` instead.
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
    raw: object


def read_slot(text: str) -> str | None:
    """The slot a heading or word means: "ĐĐGtx_1", "TX1" → "tx1"; "ĐĐGgk Âm nhạc" → "gk.am_nhac"; None for none."""
    key = heading_key(text)
    if regular := _REGULAR.fullmatch(key):
        return f"tx{regular.group(1)}"
    if primary := _PRIMARY.fullmatch(key):
        return ("k" if primary.group(1).startswith("k") else "") + _PERIODS[primary.group(2)]
    if periodic := _PERIODIC.fullmatch(key):
        return _PERIODS[periodic.group(1)] + _CONTENTS.get(periodic.group(2) or "", "")
    return None


def read_term(text: str) -> int | None:
    """1 or 2 from "1", "II", "HK I", "Học kì 2"; None for anything else."""
    found = _TERM.fullmatch(heading_key(text))
    return {"1": 1, "i": 1, "2": 2, "ii": 2}[found.group(1)] if found else None


def read_cells(sheet: Sheet) -> list[RawCell]:
    """Every mark of a file, blank cells left out. Raises Refused HEAD_MISSING when no heading row is understood."""
    for index, row in enumerate(sheet.rows[:HEAD_WITHIN]):
        heads = [as_text(cell) for cell in row]
        places = {_KNOWN[heading_key(head)]: n for n, head in enumerate(heads) if heading_key(head) in _KNOWN}
        if places.keys() >= _LONG:
            return list(_long(sheet, index, places))
        below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else ()
        columns = _slots(heads, below, places["name"]) if "name" in places else {}
        if columns:
            return list(_by_class(sheet, index, places, columns))
    message = _("Không thấy tiêu đề cột trong {n} dòng đầu.").format(n=HEAD_WITHIN)
    next_step = _("Cần class, pupil, subject, term, slot, value; hoặc Họ và tên, ĐĐGtx1, …, ĐĐGgk, ĐĐGck.")
    raise Refused(Problem("HEAD_MISSING", message, _("Trang “{sheet}”").format(sheet=sheet.name), next_step))


def _slots(heads: Sequence[str], below: Row, name: int) -> dict[int, str]:
    """Column → slot. A wide heading "ĐĐGtx" stands over its columns, numbered in the row below or by their order."""
    under = [as_text(cell) for cell in below]
    second_line = bool(under) and not under[name]
    found: dict[int, str] = {}
    group, nth = "", 0
    for place, head in enumerate(heads):
        group, nth = (head, 1) if head else (group, nth + 1)
        part = under[place] if second_line else ""
        slot = read_slot(head) or read_slot(f"{group} {part or nth}")
        if slot and slot not in found.values():
            found[place] = slot
    return found


def _long(sheet: Sheet, head: int, places: dict[str, int]) -> Iterator[RawCell]:
    heading = as_text(sheet.rows[head][places["value"]])
    for index, row in enumerate(sheet.rows[head + 1 :], head + 1):
        texts = {key: as_text(row[place]) for key, place in places.items()}
        if not texts["value"]:
            continue
        yield RawCell(
            row=index + sheet.first_row,
            heading=heading,
            class_text=texts["class"],
            pupil=texts["pupil"],
            number=None,
            name="",
            subject=texts["subject"],
            term=texts["term"],
            slot=texts["slot"],
            raw=row[places["value"]],
        )


def _by_class(sheet: Sheet, head: int, places: dict[str, int], columns: dict[int, str]) -> Iterator[RawCell]:
    title = _title(sheet.rows[:head])
    heads = [as_text(cell) for cell in sheet.rows[head]]
    for index, row in enumerate(sheet.rows[head + 1 :], head + 1):
        texts = {key: as_text(row[place]) for key, place in places.items()}
        if not texts["name"] or texts["name"].strip("()").isdigit():
            continue  # a line of column numbers, or a footer
        number = texts.get("number", "")
        for place, slot in columns.items():
            if not as_text(row[place]):
                continue
            yield RawCell(
                row=index + sheet.first_row,
                heading=heads[place] or slot,
                class_text=texts.get("class") or title.get("class", ""),
                pupil=texts.get("pupil", ""),
                number=int(number) if number.isascii() and number.isdigit() else None,
                name=texts["name"],
                subject=texts.get("subject") or title.get("subject", ""),
                term=texts.get("term") or title.get("term", ""),
                slot=slot,
                raw=row[place],
            )


def _title(rows: Sequence[Row]) -> dict[str, str]:
    """Class, subject and term from the lines above the headings: "Lớp: 9A2 - Môn: Toán - Học kì I"."""
    found: dict[str, str] = {}
    for row in rows:
        line = " ; ".join(text for text in map(as_text, row) if text)
        for key, pattern in _TITLES.items():
            said = pattern.search(fold(line))
            if said:
                found.setdefault(key, said.group(1).strip())
    if "subject" in found:
        found["subject"] = _subject_at_start(found["subject"])
    return found


def _subject_at_start(text: str) -> str:
    """The code of the subject whose name, as long as can be, the text begins with; else its first word."""
    words = text.split()
    known = (subject_named(" ".join(words[:n])) for n in range(len(words), 0, -1))
    return next((one.code for one in known if one), words[0])
