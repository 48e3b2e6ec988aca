"""The class list on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from schools import YEAR, make_school

from edudesk.paper.document import write_pdf
from edudesk.paper.table import Cell, Table
from edudesk.school.store import classes
from edudesk.students import store, store_status
from edudesk.students.report import class_list, class_list_paper


def test_a_class_list_counts_those_who_are_here(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        class_id = classes(db, YEAR)[0].id
        for name, sex in (("Lò Thị Ánh", "NU"), ("Vàng A Bình", "NAM"), ("Hoàng Văn Cường", "NAM")):
            store.add_pupil(db, YEAR, class_id, {"name": name, "sex": sex})
        gone = store.pupils(db, YEAR, class_id=class_id)[2]
        store_status.set_status(db, gone.id, YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
        record = class_list(db, YEAR, class_id, homeroom="Lê Thị Mai", day=dt.date(2026, 11, 22))
        paper = class_list_paper(record)
        table = next(block for block in paper.blocks if isinstance(block, Table))
        assert [len(row) for row in table.rows] == [7, 7, 7]  # type: ignore[arg-type]
        last = table.rows[2][6]  # type: ignore[index]
        assert isinstance(last, Cell) and last.italic and last.text == "Chuyển đi 12/10/2026"
        assert "2 học sinh đang học, trong đó 1 nữ" in str(paper.blocks[3])
        assert write_pdf(tmp_path / "list.pdf", paper) == 1
