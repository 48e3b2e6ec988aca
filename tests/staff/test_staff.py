"""The staff list: add, change, leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from schools import make_school

from edudesk.kernel.errors import Refused
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
