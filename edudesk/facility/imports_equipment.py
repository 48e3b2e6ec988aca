"""The register from a spreadsheet: a plan that says what every row would do, then one Step.

Rows are matched by code. A row for each room of a lot is one thing in several rooms. How many there are of what is
already on the register is not changed by a file: that needs a purchase, a writing off or a count, each with its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.facility.fields_equipment import BAD, QUANTITY, ROOM, equipment_fields
from edudesk.facility.rules_equipment import BOUGHT, BROKEN, ITEM, LOT, Event
from edudesk.facility.store import rooms
from edudesk.facility.store_equipment import (
    Line,
    born,
    check_fields,
    event_changes,
    new_codes,
    register,
)
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, as_text
from edudesk.kernel.ids import new_id
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold, heading_key
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.sheets import SheetOut, read_sheet, write_sheet

HEAD_WITHIN = 12  # rows from the top in which the headings are looked for
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(slots=True)
class ReadRow:
    """A row while it is looked at; `texts` are its cells by key as they stand."""

    row: int
    texts: dict[str, str]
    fields: dict[str, Value] = field(default_factory=dict)
    room_id: str | None = None
    quantity: int = 1
    broken: int = 0
    kind: str = ADDED
    notes: list[Note] = field(default_factory=list)
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EquipmentPlan:
    """What a file would do. `rows` are taken, `refused` and `warnings` said against single cells."""

    path: Path
    sheet: str
    head_row: int
    heads: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    bad: tuple[ReadRow, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...]

    def count(self, kind: str) -> int:
        """How many rows are "added", "changed" or "unchanged"."""
        return sum(row.kind == kind for row in self.rows)


def _extra() -> tuple[Field, ...]:
    return (
        Field("room", ROOM, aliases=("Nơi sử dụng", "Phòng học", "Nơi để")),
        Field("quantity", QUANTITY, "number", aliases=("SL", "Số có")),
        Field("broken", BAD, "number", aliases=("Hỏng", "Số hỏng")),
    )


def columns() -> dict[str, Field]:
    """Every column the import knows, by key."""
    return {one.key: one for one in (*equipment_fields(), *_extra())}


def plan_equipment(db: Database, path: Path) -> EquipmentPlan:
    """Read a file and say what importing it would do.

    Raises Unavailable when it cannot be read, Refused HEAD_MISSING when no row names the things.
    """
    sheet = read_sheet(path)
    head, places = _head(sheet.rows, sheet.name)
    heads = tuple(as_text(cell) for cell in sheet.rows[head])
    reader = _Reader(db, {key: heads[place] for key, place in places.items()})
    read = [
        reader.read(index + sheet.first_row, cells, places)
        for index, cells in enumerate(sheet.rows)
        if index > head and any(as_text(cell) for cell in cells)
    ]
    reader.settle(read)
    unknown = [
        Note(head + sheet.first_row, text, "", "COLUMN_UNKNOWN", _("Không biết cột này, nên không đọc."), "")
        for place, text in enumerate(heads)
        if text and place not in places.values() and heading_key(text) != "stt"
    ]
    bad = tuple(row for row in read if row.notes)
    return EquipmentPlan(
        path,
        sheet.name,
        head + sheet.first_row,
        heads,
        tuple(row for row in read if not row.notes),
        bad,
        tuple(note for row in bad for note in row.notes),
        (*unknown, *(note for note in reader.warnings if note.row not in {row.row for row in bad})),
    )


def _head(rows: Sequence[Sequence[object]], sheet: str) -> tuple[int, dict[str, int]]:
    known = {
        heading: key
        for key, one in columns().items()
        for heading in (*one.headings, heading_key(_(one.label)))
    }
    best: tuple[int, dict[str, int]] = (0, {})
    for index, cells in enumerate(rows[:HEAD_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            key = known.get(heading_key(as_text(cell)))
            if key is not None:
                places.setdefault(key, place)
        if len(places) > len(best[1]):
            best = (index, places)
    if "name" not in best[1]:
        message = _("Không thấy cột “Tên thiết bị” trong {n} dòng đầu.").format(n=HEAD_WITHIN)
        place_ = _("Trang “{sheet}”").format(sheet=sheet)
        next_step = _("Đặt tên cột ở một dòng, như Mã thiết bị, Tên thiết bị, Nhóm, Số lượng, Phòng.")
        raise Refused(Problem("HEAD_MISSING", message, place_, next_step))
    return best


class _Reader:
    """Turns rows into values, with a note for each cell that cannot be."""

    def __init__(self, db: Database, heads: Mapping[str, str]) -> None:
        self._known = columns()
        self._heads = heads
        self._there = {fold(line.one.code): line for line in register(db)}
        self._rooms: dict[str, list[str]] = {}
        for room in rooms(db):
            self._rooms.setdefault(fold(room.name), []).append(room.id)
        self.warnings: list[Note] = []

    def read(self, number: int, cells: Sequence[object], places: Mapping[str, int]) -> ReadRow:
        """One row by itself."""
        raw = {key: cells[place] if place < len(cells) else None for key, place in places.items()}
        texts = {key: as_text(value) for key, value in raw.items()}
        row = ReadRow(number, texts, cells=tuple(as_text(cell) for cell in cells))
        for key, one in self._known.items():
            if key in raw:
                self._parse(row, one, raw[key])
        self._place(row)
        return row

    def _parse(self, row: ReadRow, one: Field, raw: object) -> None:
        try:
            value = one.parse(_plain(raw) if one.kind == "number" else raw)
        except Refused as no:
            self._refuse(row, one.key, no.problems[0])
            return
        if one.key == "quantity":
            row.quantity = 1 if value is None else int(value)
        elif one.key == "broken":
            row.broken = int(value or 0)
        elif one.key != "room" and value is not None:
            row.fields[one.key] = value

    def _place(self, row: ReadRow) -> None:
        wanted = row.texts.get("room", "")
        found = self._rooms.get(fold(wanted), []) if wanted else []
        if wanted and len(found) != 1:
            message = _("Chưa có phòng “{name}”.") if not found else _("Có nhiều phòng tên “{name}”.")
            next_step = _("Thêm phòng ở trang Cơ sở vật chất trước, hoặc sửa tên trong tệp.")
            self._refuse(row, "room", Problem("ROOM_UNKNOWN", message.format(name=wanted), next=next_step))
        row.room_id = found[0] if found else None

    def settle(self, read: Sequence[ReadRow]) -> None:
        """What rows say against each other and against the register; codes for those without."""
        self._give_codes(read)
        seen: dict[tuple[str, str | None], int] = {}
        firsts: dict[str, ReadRow] = {}
        for row in read:
            code = fold(str(row.fields.get("code") or ""))
            known = self._there.get(code)
            row.fields.setdefault(
                "tracked", known.one.tracked if known else LOT if row.quantity > 1 else ITEM
            )
            for problem in self._against(row, known, firsts.get(code)):
                self._refuse(row, problem.field, problem)
            if (code, row.room_id) in seen and code:
                message = _("Mã này ở phòng này đã có ở dòng {row}.").format(row=seen[code, row.room_id])
                self._refuse(row, "code", Problem("ROW_TWICE", message, next=_("Bỏ một dòng.")))
            seen.setdefault((code, row.room_id), row.row)
            firsts.setdefault(code, row)
            if known is not None:
                self._compare(row, known)

    def _give_codes(self, read: Sequence[ReadRow]) -> None:
        """Rows without a code are new things."""
        taken = [line.one.code for line in self._there.values()]
        taken += [str(row.fields["code"]) for row in read if row.fields.get("code")]
        for row in read:
            if not row.fields.get("code"):
                row.fields["code"] = new_codes("", 1, taken)[0]
                taken.append(str(row.fields["code"]))

    def _against(self, row: ReadRow, known: Line | None, first: ReadRow | None) -> Iterator[Problem]:
        yield from check_fields(row.fields) if row.fields.get("name") else ()
        if known is None and "kind" not in row.texts:
            next_step = _("Gõ nhóm, như Bàn, ghế, bảng, tủ.")
            yield Problem("FIELD_MISSING", _("Thiếu nhóm."), next=next_step, field="kind")
        if row.fields.get("tracked") == ITEM and (row.quantity > 1 or first is not None):
            message = _("Theo dõi từng cái thì mỗi mã một dòng, số lượng 1.")
            next_step = _("Ghi mỗi cái một mã, hoặc theo dõi theo lô.")
            yield Problem("EQUIPMENT_ONE", message, next=next_step, field="quantity")
        if row.quantity < 1 or row.broken > row.quantity:
            message = _("Số lượng từ 1 trở lên, và không ít hơn số hỏng.")
            yield Problem("EQUIPMENT_QUANTITY", message, next=_("Gõ lại."), field="quantity")
        if first is not None and _others(first) != _others(row):
            message = _("Cùng mã với dòng {row} nhưng khác tên, nhóm hoặc giá.").format(row=first.row)
            yield Problem("ROW_DIFFERS", message, next=_("Sửa cho giống, hoặc đổi mã."), field="code")

    def _compare(self, row: ReadRow, known: Line) -> None:
        differs = {key: value for key, value in row.fields.items() if getattr(known.one, key) != value}
        row.kind = CHANGED if differs else UNCHANGED
        here = next((amount for room, _n, amount in known.places if room == row.room_id), None)
        book = (here.there, here.broken) if here else (0, 0)
        if book != (row.quantity, row.broken):
            message = _("Trong sổ ở phòng này có {there}, hỏng {broken}; số lượng không sửa bằng tệp.")
            said = message.format(there=book[0], broken=book[1])
            fix = _("Ghi mua thêm, ghi hỏng, chuyển phòng, hoặc kiểm kê.")
            self.warnings.append(self._note(row, "quantity", Problem("EQUIPMENT_NUMBER", said, next=fix)))

    def _refuse(self, row: ReadRow, key: str, problem: Problem) -> None:
        row.notes.append(self._note(row, key or "name", problem))

    def _note(self, row: ReadRow, key: str, problem: Problem) -> Note:
        head = self._heads.get(key) or _(self._known[key].label)
        return Note(row.row, head, row.texts.get(key, ""), problem.code, problem.message, problem.next)


def _plain(raw: object) -> object:
    """15.000.000 as people write money is 15000000."""
    text = as_text(raw)
    bare = text.replace(".", "").replace(" ", "")
    return bare if bare.isdigit() and len(text.split(".")[-1]) == 3 else raw


def _others(row: ReadRow) -> dict[str, Value]:
    return {key: value for key, value in row.fields.items() if key != "code"}


def apply_equipment(db: Database, plan: EquipmentPlan, *, today: dt.date | None = None) -> Step:
    """Write a plan as one Step, which one undo takes back."""
    there = {fold(line.one.code): line.id for line in register(db)}
    made: dict[str, str] = {}
    changes: list[Change] = []
    for row in plan.rows:
        code = fold(str(row.fields["code"]))
        if code in there:
            changes += db.put("equipment", there[code], **row.fields) if row.kind == CHANGED else ()
        elif code in made:
            changes += _more(db, made[code], row, today)
        else:
            made[code] = new_id()
            known = {**row.fields, "room_id": row.room_id}
            changes += born(db, known, quantity=row.quantity, today=today, row=made[code])
        if code in made and row.broken:
            changes += _broken(db, made[code], row, today)
    n = plan.count(ADDED) + plan.count(CHANGED)
    return db.do(Step(_("Nhập {n} dòng thiết bị từ {file}").format(n=n, file=plan.path.name), tuple(changes)))


def _more(db: Database, equipment_id: str, row: ReadRow, today: dt.date | None) -> tuple[Change, ...]:
    on = str(row.fields.get("bought_on") or (today or dt.date.today()).isoformat())
    return event_changes(db, Event(new_id(), equipment_id, BOUGHT, row.quantity, on, row.room_id))


def _broken(db: Database, equipment_id: str, row: ReadRow, today: dt.date | None) -> tuple[Change, ...]:
    on = (today or dt.date.today()).isoformat()
    event = Event(new_id(), equipment_id, BROKEN, row.broken, on, row.room_id, note=_("Nhập từ Excel"))
    return event_changes(db, event)


def write_refused(plan: EquipmentPlan, path: Path) -> None:
    """The refused rows as they were, with a column that says why, to be corrected and imported again."""
    said = {
        row.row: " ".join(f"{note.column}: {note.reason} {note.fix}".strip() for note in row.notes)
        for row in plan.bad
    }
    heads = (*plan.heads, _("Vì sao không nhận"))
    rows = [(*row.cells, said[row.row]) for row in plan.bad]
    widths = [*[16] * len(plan.heads), 60]
    text = frozenset(range(len(heads)))
    write_sheet(path, [SheetOut(_("Dòng lỗi"), heads, rows, widths=widths, text_columns=text)])
