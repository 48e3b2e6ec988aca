"""Times what the project promises to be quick, on this machine: `packaging/dev.py bench`.

Medians, in milliseconds (memory in MB), beside what was promised; the machine is named. Prints one JSON document.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import window

from edudesk.app import spare_the_start
from edudesk.demo.build import make_demo
from edudesk.gradebook.exchange.paste import plan_paste, read_block
from edudesk.gradebook.papers.content import class_sheet_paper
from edudesk.gradebook.register.marks import SheetKey, enter_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.results.secondary import school_results
from edudesk.kernel.change import Change, Step
from edudesk.kernel.ids import name_id
from edudesk.paper.document import write_pdf
from edudesk.school.rules import PlannedSubject, usual_year
from edudesk.school.store import classes
from edudesk.school.store_setup import set_up
from edudesk.school.store_subjects import plan, save_plan
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.students.imports import apply_import, plan_import
from edudesk.students.store import add_pupil, pupils

YEAR, PUPILS = 2026, 2000
ROOT = Path(__file__).resolve().parents[2]
PROMISED = {
    "start_over_bare_window": 300,
    "results_2000x13x2": 1000,
    "import_2000x40_with_preview": 1500,
    "class_sheet_pdf": 300,
    "paste_45x12_plan_and_write": 100,
    "memory_mb": 150,
}


def milliseconds(action: Callable[[], object], times: int = 5) -> float:
    """The median of a few runs."""
    found = []
    for _n in range(times):
        begun = time.perf_counter()
        action()
        found.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(found), 1)


def machine() -> str:
    """What these figures were measured on."""
    cpu = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = names[0] if names else cpu
    return f"{platform.platform()}, {cpu}, {os.cpu_count()} cores, Python {platform.python_version()}"


# -- the window


def start(folder: Path, times: int = 7) -> dict[str, float]:
    """From the birth of the process to the painted gradebook, beside a bare window."""
    with open_school(folder) as db:
        db.set_local("shell.page", "gradebook")
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", str(ROOT / "edudesk")], check=True
    )  # as installed
    program = [sys.executable, "-m", "edudesk", "--data", str(folder), "--measure"]
    bare = [sys.executable, str(ROOT / "packaging" / "benchmarks" / "bare.py")]
    ours = [_told(program) for _n in range(times)]
    least = [_told(bare) for _n in range(times)]
    painted, bare_painted = _median(ours, "painted"), _median(least, "painted")
    return {
        "start_painted": painted,
        "bare_window_painted": bare_painted,
        "start_over_bare_window": round(painted - bare_painted, 1),
        "memory_mb": _median(ours, "memory_mb"),
    }


def _told(command: list[str]) -> dict[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _median(runs: list[dict[str, float]], key: str) -> float:
    return round(statistics.median(run[key] for run in runs), 1)


# -- a large school


def thirteenth_subject(db: Database) -> None:
    """Give every class Ngoại ngữ 2 with all its marks, so that each pupil has 13 subjects."""
    for grade in (6, 7, 8, 9):
        last = plan(db, YEAR, grade)
        save_plan(db, YEAR, grade, [*last, PlannedSubject("ngoai_ngu_2", 105, "score", "all", len(last) + 1)])
    changes = []
    for pupil in pupils(db, YEAR):
        for term in (1, 2):
            for slot in ("tx1", "tx2", "tx3", "tx4", "gk", "ck"):
                row = name_id("mark", pupil.id, YEAR, "ngoai_ngu_2", term, slot)
                fields = {
                    "pupil_id": pupil.id,
                    "year": YEAR,
                    "code": "ngoai_ngu_2",
                    "term": term,
                    "slot": slot,
                }
                whole = {**fields, "class_id": pupil.class_id, "value": 75}
                changes.append(Change("mark", row, "", None, whole, "ins"))
    db.do(Step("Ngoại ngữ 2", tuple(changes)))


def large_school(folder: Path) -> dict[str, float]:
    """A whole school's results, one class's sheet, one class's paper."""
    with open_school(folder, create=True) as db:
        make_demo(db, year=YEAR, pupils=PUPILS)
        thirteenth_subject(db)
        one = classes(db, YEAR)[-1]
        return {
            "marks": db.value("select count(*) from mark"),
            "results_2000x13x2": milliseconds(lambda: [school_results(db, YEAR, term) for term in (1, 2)]),
            "results_2000x13_year": milliseconds(lambda: school_results(db, YEAR, 0)),
            "class_sheet_read": milliseconds(lambda: class_sheet(db, one.id, "toan", 1)),
            "class_sheet_pdf": milliseconds(
                lambda: write_pdf(folder / "sheet.pdf", class_sheet_paper(db, one.id, "toan", 1))
            ),
        }


# -- a pasted block


def pasting(folder: Path) -> dict[str, float]:
    """A block of 45 pupils by 12 columns from the clipboard's text to the disk: two terms of six columns each."""
    with open_school(folder / "paste", create=True) as db:
        set_up(db, name="Trường", levels=["thcs"], year=usual_year(YEAR), class_names=["9A1"])
        room = classes(db, YEAR)[0].id
        for n in range(45):
            add_pupil(db, YEAR, room, {"name": f"Nguyễn Văn Thứ {n}", "sex": "NAM"})
        values = iter(("7,5", "8", "6,5", "9", "7"))

        def action() -> None:
            text = "\n".join("\t".join([next_value] * 6) for next_value in [next(values)] * 45)
            for term in (1, 2):
                sheet = class_sheet(db, room, "toan", term)
                found = plan_paste(sheet, read_block(text), row=0, slot="tx1")
                enter_marks(db, SheetKey(room, "toan", term), found.entries)

        return {"paste_45x12_plan_and_write": milliseconds(action)}


# -- an import


def wide_list(path: Path) -> None:
    """2,000 pupils in 40 columns, of which the importer knows a dozen."""
    known = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp", "Dân tộc", "Số định danh", "Nơi sinh"]
    known += ["Nơi ở hiện nay", "Điện thoại", "Họ tên cha", "Họ tên mẹ"]
    heads = [*known, *(f"Cột khác {n}" for n in range(40 - len(known)))]
    rows = []
    for n in range(PUPILS):
        known_cells = [n % 45 + 1, f"Nguyễn Văn Thứ {n}", "14/03/2012", "Nam", f"9A{n // 45 + 1}", "Kinh"]
        known_cells += [
            f"011212{n:06d}",
            "Điện Biên",
            "Bản Nà Sự",
            f"0900{n:06d}",
            "Nguyễn Văn Cha",
            "Lò Thị Mẹ",
        ]
        rows.append([*known_cells, *(["x"] * (40 - len(known)))])
    text = frozenset({6, 9})
    write_sheet(path, [SheetOut("DS", heads, rows, text_columns=text)])


def importing(folder: Path) -> dict[str, float]:
    """Reading alone, reading with preview and checks, and writing."""
    path = folder / "wide.xlsx"
    wide_list(path)
    names = [f"9A{n}" for n in range(1, PUPILS // 45 + 2)]
    with open_school(folder / "import", create=True) as db:
        set_up(db, name="Trường", levels=["thcs"], year=usual_year(YEAR), class_names=names)
        plan_ms = milliseconds(lambda: plan_import(db, path, year=YEAR))
        plan = plan_import(db, path, year=YEAR)
        assert plan.count("added") == PUPILS, plan.refused[:3]
        return {
            "sheet_read_2000x40": milliseconds(lambda: read_sheet(path)),
            "import_2000x40_with_preview": plan_ms,
            "import_2000_written": milliseconds(lambda: apply_import(db, plan), 1),
            "import_2000x40_again": milliseconds(lambda: plan_import(db, path, year=YEAR), 3),
        }


def main() -> None:
    """Measure in a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_school(folder / "demo", create=True) as db:
            make_demo(db, year=YEAR)
        spare_the_start()  # as the program does once its window is seen
        figures = {**start(folder / "demo"), **large_school(folder / "large")}
        figures |= {**pasting(folder), **importing(folder), **window.measure(folder / "window")}
    promised = {**PROMISED, **window.PROMISED}
    missed = {name: most for name, most in promised.items() if figures[name] > most}
    print(json.dumps({"machine": machine(), **figures, "promised": promised, "missed": missed}, indent=1))


if __name__ == "__main__":
    main()
