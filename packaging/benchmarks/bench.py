"""Times what the project promises to be quick, on this machine: `packaging/dev.py bench`. Prints one JSON document."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from edudesk.demo.build import make_demo
from edudesk.paper.blocks import Title
from edudesk.paper.document import Paper, write_pdf
from edudesk.paper.table import Table, TableColumn
from edudesk.slices import open_school
from edudesk.storage.sheets import SheetOut, read_sheet, write_sheet
from edudesk.students.store import pupils

YEAR = 2026


def milliseconds(deed: Callable[[], object], times: int = 5) -> float:
    """The median of a few runs."""
    found = []
    for _n in range(times):
        begun = time.perf_counter()
        deed()
        found.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(found), 1)


def class_sheet() -> Paper:
    """A class of 45 with 30 columns."""
    columns = [
        TableColumn("STT", 9),
        TableColumn("Họ và tên", 50),
        *[TableColumn(str(n), 8) for n in range(28)],
    ]
    rows = [[str(n), "Nguyễn Thị Ngọc Ánh", *["8,5"] * 28] for n in range(45)]
    return Paper("Bảng điểm", [Title("Bảng điểm"), Table(columns, rows, 9, tight=True)], landscape=True)


def measure(folder: Path) -> dict[str, float]:
    """Every figure, in milliseconds."""
    wide = [[f"Em {n}", "14/03/2012", *["x"] * 38] for n in range(2000)]
    sheet, paper = folder / "wide.xlsx", class_sheet()
    figures = {
        "sheet_write_2000x40": milliseconds(lambda: write_sheet(sheet, [SheetOut("A", ["h"] * 40, wide)]), 3)
    }
    figures["sheet_read_2000x40"] = milliseconds(lambda: read_sheet(sheet), 3)
    figures["pdf_class_sheet"] = milliseconds(lambda: write_pdf(folder / "sheet.pdf", paper))
    with open_school(folder / "school", create=True) as db:
        figures["demo_school"] = milliseconds(lambda: make_demo(db, year=YEAR), 1)
        figures["pupils_of_the_school"] = milliseconds(lambda: pupils(db, YEAR))
        figures["find_a_pupil"] = milliseconds(lambda: pupils(db, YEAR, find="nguyen anh"))
    return figures


def main() -> None:
    """Measure in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder)), indent=1))


if __name__ == "__main__":
    main()
