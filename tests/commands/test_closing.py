"""Closing a term on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from registers import Register

from edudesk.cli import main

CLOSE = ("close", "--term", "1", "--class", "9A2", "--reason", "hết kì")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(register: Register, capsys: pytest.CaptureFixture[str]) -> Run:
    register.fill(0, 75, terms=(1,))
    register.enter(0, "toan", 1, {"gk": "K", "ck": "V"})
    register.db.close()
    folder: Path = register.db.folder

    def call(*words: object) -> tuple[int, str]:
        code = main([*map(str, words), "--data", str(folder)])
        captured = capsys.readouterr()
        return code, captured.out or captured.err

    return call


def test_a_dry_run_shows_and_writes_nothing(run: Run) -> None:
    code, said = run(*CLOSE, "--dry-run", "--count-zero", "K")
    assert code == 0 and "9A2  Toán  Lò Thị Ánh  GK: K → 0,0" in said and "Lò Thị Ánh  CK: V\n" in said
    assert "Sẽ đóng sổ: 1 ô" in said and "còn trống" in said and "chưa đối chiếu văn bản gốc" in said
    assert run("locks")[1] == "Chưa khóa sổ nào.\n"


def test_who_closes_must_say_what_the_letters_count(run: Run) -> None:
    code, said = run(*CLOSE)
    assert code == 3 and said.startswith("CLOSING_UNDECIDED: Còn 2 ô") and "--count-zero" in said
    assert run(*CLOSE, "--count-zero", "XYZ")[0] == 2
    assert run(*CLOSE, "--dry-run")[0] == 0


def test_a_term_is_closed_and_the_cells_say_so(run: Run) -> None:
    code, said = run(*CLOSE, "--count-zero", "K", "--json")
    found = json.loads(said)
    assert code == 0 and found["closed"] is True
    assert [(c["slot"], c["value"], c["becomes"]) for c in found["cells"]] == [
        ("gk", "K", 0),
        ("ck", "V", None),
    ]
    assert "hết kì" in run("locks")[1]
    cell = ("--class", "9A2", "--subject", "toan", "--term", "1", "--pupil", "#1", "--slot", "gk")
    assert (
        "Đóng sổ học kì I" in run("marks", "history", *cell)[1]
        or "hết kì" in run("marks", "history", *cell)[1]
    )
    assert run("marks", "set", *cell, "--value", "8")[1].startswith("LOCKED: ")
    assert "(đã khóa)" in run(*CLOSE, "--dry-run")[1]


def test_a_school_is_closed_with_nothing_turned(run: Run) -> None:
    assert "Đã đóng sổ: 0 ô" in run("close", "--term", "1", "--reason", "hết kì", "--count-zero", "none")[1]
