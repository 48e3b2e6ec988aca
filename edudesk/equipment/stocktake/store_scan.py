"""One scan of a yearly count: a code from the keyboard or a reader becomes an entry; entries add up on every desk."""

from __future__ import annotations

from edudesk.equipment.stocktake.store import require_open, scans
from edudesk.equipment.store import Equipment, equipment
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import fold, squeeze
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database

CODE = Field("code", N_("Mã"))
QUANTITY = Field("quantity", N_("Số lượng"), "number")


def count_code(
    db: Database, session_id: str, room_id: str | None, text: str, *, quantity: int | None = None
) -> tuple[Step, Equipment | None]:
    """One scan: a code, or “code*35” for a lot. Answers the row it names; None for a code nobody knows, which is kept.

    Raises Refused COUNT_CLOSED, COUNT_CODE, COUNT_ITEM (an item is counted once).
    """
    require_open(db, session_id)
    code, n = _read(text, quantity)
    items = [item_ for item_ in equipment(db.all) if fold(item_.code) == fold(code)]
    item = items[0] if items else None
    if item is not None and item.item:
        _require_once(db, session_id, room_id, item)
        n = min(n, 1)
    changes = db.insert(
        "equipment_count_line",
        new_id(),
        count_id=session_id,
        room_id=room_id,
        equipment_id=item.id if item else None,
        code=code,
        quantity=n,
        counted_at=db.wall(),
        counted_by=db.author.actor,
    )
    return db.do(Step(_("Kiểm {code}").format(code=code), changes)), item


def _read(text: str, quantity: int | None) -> tuple[str, int]:
    code, star, tail = (part.strip() for part in squeeze(text).rpartition("*"))
    if not star:
        code, tail = tail, "1" if quantity is None else str(quantity)
    if not code or not (tail.isascii() and tail.isdigit()):
        message = _("Không đọc được mã.")
        raise Refused(Problem("COUNT_CODE", message, text, _("Quét hoặc gõ mã, như TB-0012 hoặc GHE*35.")))
    return str(CODE.parse(code)), int(QUANTITY.parse(tail) or 0)


def _require_once(db: Database, session_id: str, room_id: str | None, item: Equipment) -> None:
    if any(scan.equipment_id == item.id and scan.room_id == room_id for scan in scans(db, session_id)):
        message = _("{code} đã kiểm ở phòng này.").format(code=item.code)
        raise Refused(Problem("COUNT_ITEM", message, item.name, _("Quét mã tiếp theo.")))


def drop_scan(db: Database, scan_id: str) -> Step:
    """Take an entry back. Raises Refused COUNT_CLOSED."""
    row = db.row("equipment_count_line", scan_id)
    if row is not None:
        require_open(db, str(row["count_id"]))
    return db.do(Step(_("Bỏ một lượt kiểm"), db.drop("equipment_count_line", scan_id)))
