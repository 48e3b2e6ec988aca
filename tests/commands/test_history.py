"""The history of marks on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from registers import Register

from edudesk.cli import main

SHEET = ("--class", "9A2", "--subject", "toan", "--term", "1")


@pytest.fixture
def folder(register: Register) -> Path:
    """A school whose first pupil's midterm was written and corrected."""
    for value in (70, 75):
        register.enter(0, "toan", 1, {"gk": value})
    register.db.close()
    return register.db.folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_a_cell_tells_its_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = ("--pupil", "#1", "--slot", "gk", "--data", folder)
    found = json.loads(said(capsys, "marks", "history", *SHEET, *cell, "--json"))
    assert [(one["old"], one["new"], one["first"]) for one in found] == [(None, 7.0, True), (7.0, 7.5, False)]
    assert {"when", "actor", "standing", "reason", "label", "doubtful"} <= set(found[0])
    lines = said(capsys, "marks", "history", *SHEET, *cell).splitlines()
    assert "Lò Thị Ánh, GK: 7,0 → 7,5  văn phòng" in lines[1]
    nothing = said(capsys, "marks", "history", *SHEET, "--data", folder, "--until", "01/01/2020")
    assert nothing == "Chưa có thay đổi nào.\n"


def test_the_record_of_changes_is_printed_for_a_period(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bb.pdf"
    words = ("print", "mark-changes", "-o", target, *SHEET, "--since", "01/09/2026", "--data", folder)
    assert "biên bản" in said(capsys, *words)
    assert target.read_bytes().startswith(b"%PDF-")
    assert main([str(word) for word in (*words, "--until", "31/02/2026")]) == 3
    assert capsys.readouterr().err.startswith("DATE_NO_SUCH_DAY: ")
