"""The staff list: add, change, leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from schools import make_school

from edudesk.kernel.errors import Refused
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.staff.imports import KIND, plan_staff
from edudesk.staff.store import leave, members, names, save_member


def test_somebody_is_added_changed_and_leaves(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        save_member(db, {"name": "Trần Thị Hạnh"})
        save_member(db, {"name": "Lê Văn An", "role": "HT", "sex": "NAM"})
        an, hanh = members(db)
        assert (an.name, an.role, hanh.name, hanh.role) == ("Lê Văn An", "HT", "Trần Thị Hạnh", "GV")
        save_member(db, {"phone": "0900123456"}, member_id=hanh.id)
        leave(db, an.id)
        assert [one.name for one in members(db)] == ["Trần Thị Hạnh"]
        assert [one.works for one in members(db, former=True)] == [False, True]
        assert members(db)[0].phone == "0900123456"
        assert set(names(db).values()) == {"Lê Văn An", "Trần Thị Hạnh"}
        with pytest.raises(Refused) as caught:
            save_member(db, {"role": "GV"})
        assert caught.value.problems[0].field == "name"


def test_a_list_is_shown_in_words_before_it_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "nhân sự.xlsx"
    heads = ("Họ và tên", "Vị trí", "Môn chính")
    write_sheet(path, [SheetOut("DS", heads, [("Lê Văn An", "giáo viên", "Toán")])])
    with make_school(tmp_path / "s") as db:
        plan = plan_staff(db, path)
    fields = {column.key: column for column in KIND.fields}
    row = plan.rows[0].fields
    assert [fields[key].show(row[key]) for key in ("role", "main_subject")] == ["Giáo viên", "Toán"]
