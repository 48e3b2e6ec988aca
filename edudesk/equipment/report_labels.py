"""Labels of the register on A4 sheets: the QR code holds the code, so a reader types it."""

from __future__ import annotations

from collections.abc import Collection

from edudesk.equipment.store import EquipmentLine, register
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.paper.document import Paper
from edudesk.paper.labels import Label, LabelSheet
from edudesk.school.store import letterhead
from edudesk.storage.database import Database

SHEETS = {"3x8": (3, 8), "4x10": (4, 10)}
SHEET_NAMES = (("3x8", N_("24 nhãn một tờ (3 × 8)")), ("4x10", N_("40 nhãn một tờ (4 × 10)")))
SETTING = "facility.label_sheet"


def label_sheet(db: Database) -> str:
    """The sheet the school uses."""
    text = str(db.setting(SETTING, "3x8"))
    return text if text in SHEETS else "3x8"


def save_label_sheet(db: Database, sheet: str) -> Step:
    """Choose the sheet. Raises Refused LABEL_SHEET."""
    _size(sheet)
    return db.do(Step(_("Chọn tờ nhãn"), db.put_setting(SETTING, sheet)))


def labels_paper(
    db: Database,
    *,
    room_id: str = "",
    ids: Collection[str] = (),
    sheet: str = "",
    start: int = 1,
) -> Paper:
    """Labels of everything that is there, of one room, or of the rows asked for, from a place of the sheet on.

    Raises Refused: LABEL_SHEET, LABEL_START, LABEL_NONE.
    """
    columns, rows = _size(sheet or label_sheet(db))
    if not 1 <= start <= columns * rows:
        message = _("Tờ này có nhãn từ 1 đến {n}.").format(n=columns * rows)
        raise Refused(Problem("LABEL_START", message, next=_("Gõ lại nhãn đầu tiên."), field="start"))
    wanted = [line for line in register(db) if _fits(line, room_id, ids)]
    if not wanted:
        raise Refused(
            Problem("LABEL_NONE", _("Không có thiết bị nào để in nhãn."), next=_("Chọn phòng khác."))
        )
    school = str(db.setting("school.short_name", "") or letterhead(db).school)
    labels = [
        Label(line.equipment.code, line.equipment.name, tuple(filter(None, (line.where, school))))
        for line in wanted
    ]
    return Paper(_("Nhãn thiết bị"), [LabelSheet(labels, columns, rows, start)], to_edge=True)


def _size(sheet: str) -> tuple[int, int]:
    if sheet not in SHEETS:
        message = _("Không có loại tờ nhãn “{sheet}”.").format(sheet=sheet)
        raise Refused(Problem("LABEL_SHEET", message, next=_("Chọn 3x8 hoặc 4x10.")))
    return SHEETS[sheet]


def _fits(line: EquipmentLine, room_id: str, ids: Collection[str]) -> bool:
    if ids:
        return line.id in ids
    here = {room for room, _name, amount in line.places if amount.on_hand > 0}
    return bool(here) and (not room_id or room_id in here)
