"""What is at the edge is refused or answered in words, through the command line and the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from schools import YEAR, change_class, make_school

from edudesk.cli import main
from edudesk.dx.editions.store import confirm_edition, copy_edition, editions, shipped
from edudesk.dx.store import approve, score_item, self_score
from edudesk.kernel.errors import Refused
from edudesk.labs import store_machines, store_timetable
from edudesk.labs.store_timetable import When
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.school.store import classes, save_site, sites
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil

MACHINE = {"name": "PM", "kind": "DE_BAN", "use": "DAY_HOC"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1", "9A2")) as found:
        yield found


def asked(db: Database, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["--data", str(db.folder), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def lab(db: Database, *, site: str | None = None, name: str = "PM") -> str:
    store.save_room(db, {"name": name, "kind": LAB, "site_id": site})
    return next(one.id for one in store.rooms(db) if one.name == name)


def fill(db: Database, n: int, class_: int = 0) -> None:
    for place in range(n):
        add_pupil(db, YEAR, classes(db, YEAR)[class_].id, {"name": f"Lò Văn {class_}{place}"})


def test_no_lab(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    fill(db, 3)
    (found,) = asked(db, capsys, "labs", "check")
    assert (found["meets_level_2"], found["short_by"], found["pupils_per_computer"]) == (False, 2, None)
    assert "Chưa có phòng máy nào" in found["rooms"][0]["note"]


def test_usable_0(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    import datetime as dt

    fill(db, 3)
    store_machines.add_machines(db, lab(db), MACHINE, n=2)
    ids = [one.id for one in store_machines.machines(db)]
    store_machines.set_working(db, ids, False, on=dt.date(2026, 10, 5))
    (found,) = asked(db, capsys, "labs", "check")
    assert (found["machines"], found["usable"], found["pupils_per_computer"], found["short_by"]) == (
        2,
        0,
        None,
        2,
    )
    assert "Không máy nào" in found["rooms"][0]["note"]


def test_a_class_without_pupils(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    room = lab(db)
    store_machines.add_machines(db, room, MACHINE, n=1)
    store_timetable.set_lesson(db, YEAR, room, When(2, "SANG", 1), classes(db, YEAR)[1].id)
    fill(db, 9)
    (found,) = asked(db, capsys, "labs", "check")
    assert found["largest_class"] is None and found["short_by"] is None
    assert "chưa có học sinh" in found["rooms"][0]["note"]


def test_two_sites_sharing_a_lab(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Chính", "Huổi Lóng"):
        save_site(db, name)
    here, far = (row for row, _name, _address in sites(db))
    first, second = (one.id for one in classes(db, YEAR))
    change_class(db, first, site_id=here)
    change_class(db, second, site_id=far)
    fill(db, 2)
    fill(db, 8, 1)
    room = lab(db, site=here)
    store_machines.add_machines(db, room, MACHINE, n=2)
    store_timetable.set_lesson(db, YEAR, room, When(2, "SANG", 1), first)
    store_timetable.set_lesson(db, YEAR, room, When(2, "SANG", 2), second)
    (found,) = asked(db, capsys, "labs", "check")
    own, guests = found["rooms"]
    assert (own["class"], own["largest_class"], own["short_by"]) == ("9A2", 8, 2)
    assert guests["short_by"] is None and "điểm trường khác" in guests["note"]


def test_a_machine_in_two_rooms(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lab(db)
    lab(db, name="PM 2")
    path = tmp_path / "m.csv"
    path.write_text(
        "Phòng,Tên máy,Loại máy,Dùng cho\nPM,A,DE_BAN,DAY_HOC\nPM 2,a,DE_BAN,DAY_HOC\n", encoding="utf-8"
    )
    found = asked(db, capsys, "import", "machines", str(path))
    assert found["added"] == 1 and [one["code"] for one in found["refused"]] == ["MACHINE_TWICE"]
    assert "chỉ ở một phòng" in found["refused"][0]["reason"]
    with pytest.raises(Refused) as caught:
        store_machines.add_machines(db, store.rooms(db)[1].id, {**MACHINE, "name": "A"})
    assert caught.value.code == "MACHINE_TWICE"


@pytest.mark.parametrize(
    ("points", "code"), [(65, "DX_MAXIMUM"), (-5, "DX_MAXIMUM"), (52, "DX_STEP"), (60, None), (0, None)]
)
def test_points_above_the_maximum_or_off_the_step(db: Database, points: int, code: str | None) -> None:
    if code is None:
        score_item(db, YEAR, "1.3.1", points)
        assert self_score(db, YEAR).result.groups[0].points == points
        return
    with pytest.raises(Refused) as caught:
        score_item(db, YEAR, "1.3.1", points)
    assert caught.value.code == code and caught.value.next


# The boundary cases of the data: points of each group, their levels, and the lower of both.
LEVELS = [
    (49.5, 49.5, 1, 1, 1),
    (50, 50, 2, 2, 2),
    (75, 75, 2, 2, 2),
    (75.5, 76, 3, 3, 3),
    (80, 60, 3, 2, 2),
    (90, 40, 3, 1, 1),
    (0, 100, 1, 3, 1),
    (100, 100, 3, 3, 3),
]


def test_levels_at_their_bounds_by_assess(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [
        {"id": str(n), "kind": "dx_level", "input": {"g1": one[0], "g2": one[1]}}
        for n, one in enumerate(LEVELS)
    ]
    path = tmp_path / "c.json"
    path.write_text(json.dumps(cases))
    assert main(["assess", str(path)]) == 0
    found = [one["output"] for one in json.loads(capsys.readouterr().out)]
    assert [(one["level_g1"], one["level_g2"], one["overall"]) for one in found] == [
        one[2:] for one in LEVELS
    ]


@pytest.mark.parametrize(("points", "level"), [(95, 1), (100, 2), (200, 2), (205, 3), (300, 3)])
def test_the_bands_of_criterion_1_3(
    db: Database, capsys: pytest.CaptureFixture[str], points: int, level: int
) -> None:
    left = points
    for item in ("1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5"):
        score_item(db, YEAR, item, min(60, left))
        left -= min(60, left)
    found = asked(db, capsys, "dx", "score")
    assert next(one["level"] for one in found["groups"][0]["criteria"] if one["code"] == "1.3") == level


def test_an_index_with_a_hole_is_no_official_one(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(db, capsys, "dx", "score")
    assert found["official"] is False and any("90/100" in why for why in found["draft_because"])
    copy_edition(db, YEAR, shipped())
    own = editions(db)[1]
    with pytest.raises(Refused) as caught:
        confirm_edition(db, own.id, by="Nguyễn Văn Bách", source="QĐ 4725")
    assert caught.value.code == "DX_SCALE" and "thiếu 10 điểm" in caught.value.sentence
    with pytest.raises(Refused) as caught:
        approve(db, YEAR, principal="")
    assert [one.code for one in caught.value.problems] == ["DX_OPEN", "DX_WHO"]
