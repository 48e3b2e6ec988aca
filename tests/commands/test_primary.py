"""The command line speaks of primary classes: results, explanations, papers, spreadsheets, demo schools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edudesk.cli import main
from edudesk.slices import open_school


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "tiểu học"
    wanted = ("--level", "tieu-hoc", "--pupils", "110", "--year", "2026")
    assert main(["demo", "--out", str(folder), *wanted]) == 0
    return folder


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--data", str(folder), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_results_have_the_keys_of_the_contract(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, school, "results", "--class", "5A1")
    asked = {"averages", "comments", "learning", "base_learning", "conduct", "title", "promotion", "missing"}
    whole = [one for one in found if one["status"] is None and not one["missing"]]
    assert whole and all(asked <= one.keys() for one in found)
    assert {level for one in whole for level in one["comments"].values()} <= {"T", "H", "C"}
    assert {one["learning"] for one in whole} <= {"HTXS", "HTT", "HT", "CHT"}
    assert {one["title"] for one in whole} <= {"HS_XUAT_SAC", "HS_TIEU_BIEU", None}
    assert all(isinstance(mark, int) for one in whole for mark in one["tests"].values())
    term = said(capsys, school, "results", "--class", "5A1", "--term", "1")
    assert all(one["learning"] is None for one in term) and term[0]["comments"]["toan"] in "THC"


def test_explained(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, school, "explain", "--class", "5A1", "--pupil", "#2")
    assert "Điều 9" in told["article"] and told["lines"]
    subject = said(capsys, school, "explain", "--class", "5A1", "--pupil", "#2", "--subject", "toan")
    assert subject["result"] in ("T", "H", "C")


@pytest.mark.parametrize("kind", ["results", "report-slip", "class-sheet", "explain"])
@pytest.mark.parametrize("term", ["1", "year"])
def test_printed(
    kind: str, term: str, school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    words = ("--class", "2A1", "--term", term, "--subject", "toan")
    assert said(capsys, school, "print", kind, "-o", str(path), *words)["pages"] >= 1
    assert path.read_bytes().startswith(b"%PDF")


def test_exported_and_read_back(school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "4A1.xlsx")
    assert said(capsys, school, "export", "results", "-o", path, "--class", "4A1", "--term", "year")["rows"]
    said(capsys, school, "export", "marks", "-o", path, "--class", "4A1", "--term", "1")
    plan = said(capsys, school, "import", "marks", path, "--dry-run")
    assert (plan["added"], plan["changed"], plan["refused"]) == (0, 0, []) and plan["unchanged"] > 300


def test_statistics_of_a_primary_school(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ("--term", "year"),
        ("--term", "year", "--what", "primary"),
        ("--term", "1", "--by", "subject"),
    ):
        said(capsys, school, "print", "statistics", "-o", str(tmp_path / "tk.pdf"), *words)
        assert said(capsys, school, "export", "statistics", "-o", str(tmp_path / "tk.xlsx"), *words)["rows"]


def test_the_same_seed_gives_the_same_school_of_all_levels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for name in ("một", "hai"):
        folder = tmp_path / name
        made = ("demo", "--out", str(folder), "--level", "lien-cap", "--pupils", "180", "--year", "2026")
        assert main([*made, "--seed", "3"]) == 0
        with open_school(folder) as db:
            tables = ("mark", "quality", "year_decision", "pupil", "school_class", "staff")
            rows.append([db.all(f"select * from {table} order by id") for table in tables])
            assert len(db.all("select distinct grade from school_class")) == 12
            assert db.setting("school.levels") == ["tieu_hoc", "thcs", "thpt"]
    assert rows[0] == rows[1]
    capsys.readouterr()
