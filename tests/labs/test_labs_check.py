"""`labs check` on the demo schools, worked out by hand from their class lists and machines.

A demo room: primary 18 machines, 2 broken; lower secondary 24, 4 broken; upper secondary 40, 3 broken.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edudesk.cli import main
from edudesk.demo.build import make_demo
from edudesk.slices import open_school

YEAR = 2026


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main(["--data", str(folder), "labs", "check", "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def demo(folder: Path, level: str, pupils: int) -> Path:
    with open_school(folder, create=True) as db:
        make_demo(db, level=level, year=YEAR, pupils=pupils)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve classes from 6A1 of 52 to 9A3 of 45."""
    return demo(tmp_path_factory.mktemp("lớn") / "mẫu", "thcs", 300)


def test_a_class_too_large_for_its_room(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """6A1 has 52 pupils, one has left: 26 machines for 51, and 20 work."""
    (found,) = checked(large, capsys)
    expected = {
        "level": "thcs",
        "machines": 24,
        "usable": 20,
        "largest_class": 51,
        "pupils_per_computer": "2.55",
        "meets_level_2": False,
        "short_by": 6,
    }
    assert {key: found[key] for key in expected} == expected


# thcs: four classes of 20 at 20 machines; primary: five of 16 at 16, from grade 3 on; upper: three of 20, one of each gone, at 37
@pytest.mark.parametrize(
    ("level", "pupils", "expected"),
    [
        ("thcs", 80, {"machines": 24, "usable": 20, "largest_class": 20, "pupils_per_computer": "1.00"}),
        ("tieu_hoc", 80, {"machines": 18, "usable": 16, "largest_class": 16, "pupils_per_computer": "1.00"}),
        ("thpt", 60, {"machines": 40, "usable": 37, "largest_class": 19, "pupils_per_computer": "0.51"}),
    ],
)
def test_the_demo_school_of_a_level(
    level: str, pupils: int, expected: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = checked(demo(tmp_path / "mẫu", level, pupils), capsys)
    assert found["level"] == level and found["verified"] is False
    assert {key: found[key] for key in expected} == expected
    assert (found["meets_level_2"], found["short_by"]) == (True, 0)


def test_a_school_of_all_levels_is_judged_level_by_level(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo(tmp_path / "mẫu", "lien_cap", 60)
    found = checked(folder, capsys)
    assert [(one["level"], one["limit"], one["usable"]) for one in found] == [
        ("tieu_hoc", 3, 16),
        ("thcs", 2, 20),
        ("thpt", 1, 37),
    ]
    assert main(["--data", str(folder), "labs", "check"]) == 0
    said = capsys.readouterr().out
    assert "chưa đối chiếu văn bản gốc" in said and "Phòng máy THPT" in said


def test_what_can_be_done_is_said_with_its_cost(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = checked(large, capsys)
    (room,) = found["rooms"]
    assert [(way["kind"], way["n"], way["cost"]) for way in room["options"]] == [
        ("move", 3, 0),
        ("repair", 4, 3_600_000),
        ("shifts", 2, 0),
        ("buy", 6, 75_000_000),
    ]
    assert main(["--data", str(large), "labs", "check"]) == 0
    said = capsys.readouterr().out
    assert "75.000.000 đ" in said and "thiếu 6 máy" in said


def test_a_school_without_rooms_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from schools import make_school

    with make_school(tmp_path / "trường", ("9A1",)) as db:
        assert db.value("select count(*) from room") == 0
    (found,) = checked(tmp_path / "trường", capsys)
    assert (found["machines"], found["largest_class"], found["meets_level_2"]) == (0, None, False)
    assert main(["--data", str(tmp_path / "trường"), "labs", "check"]) == 0
    assert "Chưa có gì để tính" in capsys.readouterr().out
