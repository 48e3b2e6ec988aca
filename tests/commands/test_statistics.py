"""Statistics and explanations from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from registers import Register

from edudesk.cli import main
from edudesk.sheets.reader import read_sheet, sheet_names


@pytest.fixture
def full(register: Register) -> Register:
    for place, score in enumerate((90, 85, 55, 70)):
        register.fill(place, score)
        register.conduct(place, "TOT", "TOT")
    return register


def run(register: Register, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    folder = Path(register.db.path).parent
    code = main(["--data", str(folder), "--json", *map(str, words)])
    return code, json.loads(capsys.readouterr().out)


def test_statistics_as_excel_and_pdf(
    full: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table, paper = tmp_path / "a.xlsx", tmp_path / "a.pdf"
    options = ("--term", 1, "--what", "subject", "--subject", "score", "--by", "subject", "--grade", 9)
    code, data = run(full, capsys, "export", "statistics", "-o", table, *options)
    assert (code, data["rows"]) == (0, 9 + 9 + 1 + 1), "eight subjects and the whole; nobody is of a minority"
    assert sheet_names(table)[0] == "Tất cả"
    assert read_sheet(table, "Tất cả").rows[5][0] == "Toán"
    code, data = run(full, capsys, "print", "statistics", "-o", paper, *options, "--split", "girls")
    assert code == 0 and data["pages"] >= 1 and paper.read_bytes().startswith(b"%PDF")


def test_what_the_season_does_not_have_is_refused(
    full: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("export", "statistics", "-o", tmp_path / "a.xlsx", "--what", "title", "--term", 1)
    code, data = run(full, capsys, *words)
    assert (code, data["error"]["code"]) == (3, "STATISTICS_TERM")
    code, data = run(full, capsys, *words[:-1], "year", "--subject", "bói toán")
    assert (code, data["error"]["code"]) == (3, "SUBJECT_UNKNOWN")


def test_an_explanation_for_the_parents_of_one_pupil(
    full: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("print", "explain", "-o", tmp_path / "a.pdf", "--class", "9A2", "--term", "year")
    code, data = run(full, capsys, *words, "--pupil", "#2")
    assert (code, data["pages"], data["draft"]) == (0, 1, False)
    assert run(full, capsys, *words)[1]["pages"] == 4
