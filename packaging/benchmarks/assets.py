"""A school of 1,000 pieces of equipment: counted, closed, depreciated and printed, on this machine.

Half are assets, old and new, half are below the threshold; in 40 rooms. Medians of several runs in milliseconds beside
what was promised of them together. Prints one JSON document.

    python packaging/benchmarks/assets.py
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from edudesk.equipment.assets.report import depreciation_paper
from edudesk.equipment.assets.store import asset_book
from edudesk.equipment.report import inventory_paper
from edudesk.equipment.report_labels import labels_paper
from edudesk.equipment.rules import BOUGHT
from edudesk.equipment.stocktake.report import count_record_paper
from edudesk.equipment.stocktake.store import (
    CommitteeMember,
    close_count,
    count_sheet,
    save_session,
    sessions,
)
from edudesk.equipment.stocktake.store_scan import count_code
from edudesk.equipment.store import register
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.change import Change, Step
from edudesk.kernel.ids import name_id
from edudesk.paper.document import write_pdf
from edudesk.paper.labels import qr_modules
from edudesk.premises import store
from edudesk.school.rules import usual_year
from edudesk.school.store_setup import set_up
from edudesk.slices import open_school
from edudesk.storage.database import Database

YEAR, THINGS, ROOMS, TIMES = 2026, 1000, 40, 5
PROMISED = {"counted_depreciated_printed": 3000}
KINDS = (
    ("may_tinh", 15_000_000, 2026),
    ("may_tinh", 14_200_000, 2022),
    ("may_khac", 3_500_000, 2024),
    ("", 900_000, 2021),
)


def furnish(db: Database) -> None:
    """The rooms, and every thing with its purchase, in one Step."""
    for n in range(ROOMS):
        store.save_room(db, {"name": f"Phòng {n + 1}", "kind": "PHONG_HOC"})
    rooms = [room.id for room in store.rooms(db)]
    changes: list[Change] = []
    for n in range(THINGS):
        asset, price, year = KINDS[n % len(KINDS)]
        row, on, room = name_id("equipment", n), f"{year}-02-15", rooms[n % ROOMS]
        known = {
            "code": f"TB-{n + 1:04}",
            "name": f"Thiết bị số {n + 1}",
            "kind": "TIN_HOC",
            "tracked": "item",
        }
        known |= {
            "unit": "cái",
            "room_id": room,
            "bought_on": on,
            "price": price,
            "asset_class": asset or None,
        }
        changes += db.insert("equipment", row, **known)
        bought = {"equipment_id": row, "kind": BOUGHT, "quantity": 1, "on_date": on, "room_id": room}
        changes += db.insert("equipment_event", name_id("equipment_event", n), **bought)
    db.do(Step("Thiết bị", tuple(changes)))


def scan_most(db: Database) -> str:
    """A count in which nineteen of twenty are seen, each where it is."""
    day = parse_date("20/11/2026")
    assert day is not None
    save_session(db, "Kiểm kê", day, [CommitteeMember("Lò Thị Ánh", "Hiệu trưởng")])
    count, changes = sessions(db)[0].id, []
    for n, line in enumerate(register(db)):
        if n % 20:
            known = {"count_id": count, "room_id": line.places[0][0], "equipment_id": line.id}
            known |= {"code": line.equipment.code, "quantity": 1, "counted_at": "2026-11-20T08:00:00+07:00"}
            changes += db.insert("equipment_count_line", name_id("line", n), **known)
    db.do(Step("Quét", tuple(changes)))
    return count


def milliseconds(
    action: Callable[[], object], times: int = TIMES, *, after: Callable[[], object] = lambda: None
) -> float:
    """The median of a few runs; `after` each is not counted."""
    found = []
    for _n in range(times):
        begun = time.perf_counter()
        action()
        found.append((time.perf_counter() - begun) * 1000)
        after()
    return round(statistics.median(found), 1)


def measure(folder: Path) -> dict[str, float]:
    """Every part, and what they come to together."""
    with open_school(folder / "school", create=True) as db:
        set_up(db, name="Trường", levels=["thcs"], year=usual_year(YEAR), class_names=[])
        furnish(db)
        count, out = scan_most(db), folder / "giấy.pdf"
        room = register(db)[1].places[0][0]

        def labels() -> None:
            qr_modules.cache_clear()
            write_pdf(out, labels_paper(db))

        parts = {
            "register_read": milliseconds(lambda: register(db)),
            "count_compared": milliseconds(lambda: count_sheet(db, count)),
            "count_closed": milliseconds(lambda: close_count(db, count), after=db.undo),
            "year_depreciated": milliseconds(lambda: asset_book(db, YEAR)),
            "depreciation_pdf": milliseconds(lambda: write_pdf(out, depreciation_paper(db, YEAR))),
            "count_record_pdf": milliseconds(lambda: write_pdf(out, count_record_paper(db, count))),
            "inventory_pdf": milliseconds(lambda: write_pdf(out, inventory_paper(db))),
            "labels_pdf": milliseconds(labels),
        }
        whole = round(sum(value for name, value in parts.items() if name != "register_read"), 1)
        one = milliseconds(lambda: count_code(db, count, room, "TB-0001"), after=db.undo)
        return {**parts, "one_scan": one, "counted_depreciated_printed": whole}


def machine() -> dict[str, object]:
    """What this was measured on."""
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}


def main() -> int:
    """Measure in a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name))
    missed = {name: most for name, most in PROMISED.items() if figures[name] > most}
    print(json.dumps({"machine": machine(), **figures, "promised": PROMISED, "missed": missed}, indent=1))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
