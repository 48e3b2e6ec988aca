"""Every school that a released program wrote opens for ever, and says what it said then."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from workbooks import put, resave

from edudesk.cli import main
from edudesk.slices import open_school
from edudesk.storage.doctor import check_data, differences

HERE = Path(__file__).parent
VERSIONS = sorted(folder.parent.name for folder in HERE.glob("*/school.db"))

FIRST_FORM = {
    "file": "phieu-9A1.xlsx",
    "subject": "Toán",
    "pupil": "Giàng Thị Mỹ",
    "slot": "tx1",
    "value": 6.5,
    "page": ["marks", "get", "--class", "9A1", "--subject", "toan", "--term", "2"],
}  # what later versions keep in their expected.json


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def school(version: str, tmp_path: Path) -> Path:
    folder = tmp_path / "trường cũ"
    shutil.copytree(HERE / version, folder)
    return folder


def expected(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / version / "expected.json").read_text(encoding="utf-8"))
    return found


def holds(now: Any, then: Any, place: str = "") -> list[str]:
    """Where what is said now differs from what was said then; more may be said now than then."""
    if isinstance(then, dict):
        missing = [f"{place}.{key}: no longer said" for key in then if key not in now]
        return missing + [
            one for key in then if key in now for one in holds(now[key], then[key], f"{place}.{key}")
        ]
    if isinstance(then, list):
        if len(now) != len(then):
            return [f"{place}: {len(now)} instead of {len(then)}"]
        pairs = enumerate(zip(now, then, strict=True))
        return [one for n, (new, old) in pairs for one in holds(new, old, f"{place}[{n}]")]
    return [] if now == then else [f"{place}: {now!r} instead of {then!r}"]


def said(words: Sequence[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    code = main([*words, "--data", str(folder), "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


def test_there_is_a_first_one_and_it_is_small() -> None:
    assert "0.1.0" in VERSIONS
    assert all((HERE / version / "school.db").stat().st_size < 1_000_000 for version in VERSIONS)


def test_it_opens_is_brought_up_to_date_and_its_journal_tells_the_same(school: Path, version: str) -> None:
    then = expected(version)
    with open_school(school) as db:
        assert all(finding.fine for finding in check_data(db))
        assert differences(db) == []
        assert {
            table: db.value(f"select count(*) from {table} where gone = 0") for table in then["rows"]
        } == then["rows"]
        assert db.value("select count(*) from journal") >= then["journal"]


def test_its_last_action_can_still_be_undone(school: Path, version: str) -> None:
    with open_school(school) as db:
        assert db.undo_label == expected(version)["undo"]
        assert db.undo() is not None
        assert differences(db) == []


def test_results_histories_locks_and_seals_say_what_they_said(
    school: Path, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in expected(version)["verbs"]:
        now = said(asked["verb"], school, capsys)
        assert holds(now, asked["says"]) == [], asked["verb"]


def test_it_is_backed_up_and_restored(
    school: Path, version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "bản sao.edubackup"
    said(["backup", "-o", str(copy)], school, capsys)
    said(["restore", str(copy)], school, capsys)
    said(["restore", str(copy)], tmp_path / "máy mới", capsys)
    asked = expected(version)["verbs"][0]
    for folder in (school, tmp_path / "máy mới"):
        assert holds(said(asked["verb"], folder, capsys), asked["says"]) == []


def test_the_backup_its_program_made_is_opened(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = HERE / version / "beside" / "truong.edubackup"
    said(["restore", str(backup)], tmp_path / "máy mới", capsys)
    for asked in expected(version)["verbs"]:
        if asked["verb"][0] == "results":
            assert holds(said(asked["verb"], tmp_path / "máy mới", capsys), asked["says"]) == []


def test_the_form_its_program_made_comes_back_filled(
    school: Path, version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = expected(version).get("form", FIRST_FORM)
    path = Path(shutil.copy(HERE / version / "beside" / form["file"], tmp_path / "phiếu.xlsx"))
    now = said(["import", "marks", str(path), "--dry-run"], school, capsys)
    assert (now["added"], now["changed"], now["refused"]) == (0, 0, [])
    resave(path, put(form["subject"], form["pupil"], form["slot"], form["value"]))
    now = said(["import", "marks", str(path)], school, capsys)
    assert (now["added"], now["changed"], now["refused"]) == (0, 1, [])
    assert said(form["page"], school, capsys)[0]["marks"][form["slot"]] == form["value"]


def test_a_difference_would_be_told() -> None:
    assert holds({"a": [1, 2], "b": 3, "new": 0}, {"a": [1, 2], "b": 3}) == []
    assert holds({"a": [1, 2]}, {"a": [1, 5], "b": 3}) == [".b: no longer said", ".a[1]: 2 instead of 5"]
    assert holds([1], [1, 2], "x") == ["x: 1 instead of 2"]
