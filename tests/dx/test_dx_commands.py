"""The self-score on the command line and in the demo schools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from schools import YEAR

from edudesk.cli import main
from edudesk.demo.build import make_demo
from edudesk.dx.store import self_score
from edudesk.slices import open_school


def demo(folder: Path, level: str) -> Path:
    with open_school(folder, create=True) as db:
        make_demo(db, level=level, year=YEAR, pupils=20)
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    code = main([*map(str, words)])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return captured.out


# Added up by hand from the scores of demo/dx.py: points, level, points to the next level of both groups; the lower
# group's level; the conditions not met.
EXPECTED = {
    "tieu_hoc": ((52, 2, 23.5), (60.5, 2, 15), 2, []),
    "thcs": ((66.5, 2, 9), (65.5, 2, 10), 2, []),
    "thpt": ((81.5, 3, None), (74, 2, 1.5), 2, []),
    "lien_cap": ((36.5, 1, 13.5), (62.5, 2, 13), 1, ["2.2"]),
}


@pytest.mark.parametrize("level", EXPECTED)
def test_dx_score_of_every_demo_school(
    level: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo(tmp_path / "s", level)
    found: dict[str, Any] = json.loads(said(capsys, "dx", "score", "--json", "--data", folder))
    *groups, overall, unmet = EXPECTED[level]
    assert [(one["points"], one["level"], one["to_next"]) for one in found["groups"]] == groups
    assert found["overall"] == overall
    assert [one["code"] for one in found["conditions"] if not one["met"]] == unmet
    assert found["conditions_met"] is (not unmet)
    assert [(one["maximum"], one["scale"], one["missing"]) for one in found["groups"]] == [
        (100, 100, 0),
        (90, 100, 10),
    ]
    assert found["stage"] == "scoring" and found["official"] is False and len(found["draft_because"]) == 3
    criteria = {one["code"]: one for group in found["groups"] for one in group["criteria"]}
    assert (
        criteria["1.3"]["evidence"] == 2
        and criteria["1.1"]["mandatory"]
        and criteria["1.1"]["points"] is None
    )
    assert criteria["2.3"]["proposal"] > 0
    first = criteria["1.3"]["items"][0]
    assert (first["points"], first["maximum"], first["last_year"], first["responsible"]) == (
        6,
        6,
        5,
        "Trần Thị Hạnh",
    )
    assert first["verified"] is True


def test_dx_score_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "dx", "score", "--data", demo(tmp_path / "s", "lien_cap"))
    assert (
        "Nhóm 1. Chuyển đổi số trong dạy, học: 36,5/100 điểm, mức 1 – chưa đáp ứng, còn 13,5 điểm tới mức 2"
        in lines
    )
    assert "Điều kiện bắt buộc chưa đạt: 2.2" in lines
    assert "Bản nháp: Nhóm 2 mới có 90/100 điểm, còn thiếu 10 điểm." in lines
    assert (
        "1.3.1      6/6  Triển khai phần mềm dạy học trực tuyến trực tiếp (có đăng ký) · 2 minh chứng"
        in lines
    )
    assert "2.2       chưa  " in lines


def test_last_year_of_a_demo_school_is_approved_and_sent(tmp_path: Path) -> None:
    with open_school(demo(tmp_path / "s", "thcs")) as db:
        former = self_score(db, YEAR - 1)
        assert former.report.stage == "sent" and not former.open
        assert self_score(db, YEAR).last is not None


def test_the_report_the_spreadsheet_and_the_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo(tmp_path / "s", "thcs")
    printed = json.loads(
        said(capsys, "print", "dx-report", "-o", tmp_path / "b.pdf", "--json", "--data", folder)
    )
    assert printed["draft"] is True and printed["pages"] >= 2
    assert (
        json.loads(said(capsys, "export", "dx", "-o", tmp_path / "b.xlsx", "--json", "--data", folder))[
            "rows"
        ]
        > 29
    )
    words = said(capsys, "export", "dx-evidence", "-o", tmp_path / "b.zip", "--data", folder)
    assert words.startswith("Đã ghi 8 minh chứng ra ")


def test_an_edition_is_written_added_elsewhere_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, path = demo(tmp_path / "s", "thcs"), tmp_path / "bộ.json"
    mine: dict[str, Any] = json.loads(said(capsys, "dx", "edition", "-o", path, "--json", "--data", folder))
    assert mine["id"] is None and not mine["official"] and "10" in mine["problems"][0]
    added: dict[str, Any] = json.loads(
        said(capsys, "dx", "edition", "--add", path, "--json", "--data", folder)
    )
    assert added["id"] and (added["name"], added["code"]) == (mine["name"], mine["code"])
    assert added["name"] in said(capsys, "dx", "edition", "--data", folder)
