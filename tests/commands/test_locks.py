"""Locks of the register on the command line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from registers import Register

from edudesk.cli import main

TOMORROW = dt.date.today() + dt.timedelta(1)
CELL = ("--class", "9A2", "--subject", "toan", "--term", "1", "--pupil", "#1", "--slot", "gk")
COLUMN = CELL[:6] + CELL[8:]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(register: Register, capsys: pytest.CaptureFixture[str]) -> Run:
    register.enter(0, "toan", 1, {"gk": 70})
    register.db.close()
    folder: Path = register.db.folder

    def call(*words: object) -> tuple[int, str]:
        code = main([*map(str, words), "--data", str(folder)])
        captured = capsys.readouterr()
        return code, captured.out or captured.err

    return call


def data(said: tuple[int, str]) -> Any:
    assert said[0] == 0, said
    return json.loads(said[1])


def refused(said: tuple[int, str], code: str) -> str:
    assert said[0] == 3 and said[1].startswith(f"{code}: "), said
    return said[1]


def test_a_column_is_locked_opened_and_listed(run: Run) -> None:
    (lock,) = data(run("lock", *COLUMN, "--reason", "nộp sổ", "--json"))
    assert (lock["kind"], lock["subject"], lock["slot"], lock["in_force"]) == ("column", "toan", "gk", True)
    write = ("marks", "set", *CELL, "--value", "8")
    assert "Lò Thị Ánh: Đã khóa sổ từ" in refused(run(*write), "LOCKED")
    refused(run("lock", *COLUMN, "--reason", "nộp sổ"), "LOCK_THERE")
    permits = data(
        run("unlock", *CELL, "--until", TOMORROW, "--reason", "phúc khảo", "--requester", "cô Lan", "--json")
    )
    assert [(one["lock"], one["requester"], one["open"]) for one in permits] == [(lock["id"], "cô Lan", True)]
    assert run(*write)[0] == 0
    listed = data(run("locks", "--class", "9A2", "--json"))
    assert listed[0]["slips"] == permits
    lines = run("locks")[1].splitlines()
    assert "một cột: lớp 9A2, Toán, HK I, GK  văn phòng: nộp sổ" in lines[0]
    assert "một ô: lớp 9A2, Toán, HK I, GK, Lò Thị Ánh  cô Lan xin, văn phòng duyệt: phúc khảo" in lines[1]


def test_a_grade_and_the_school_are_locked(run: Run) -> None:
    assert (
        run("lock", "--grade", 9, "--term", 1, "--reason", "hết kì")[1]
        == "Đã khóa: một lớp: lớp 9A2, HK I.\n"
    )
    refused(run("lock", "--grade", 12, "--reason", "hết kì"), "CLASS_UNKNOWN")
    said = run("lock", "--school", "--from", TOMORROW, "--reason", "hết năm")[1]
    assert said == "Đã khóa: cả trường.\n"
    assert "(chưa tới ngày)" in run("locks")[1]
    assert len(data(run("locks", "--class", "6A1", "--json"))) == 1
    assert "Đã mở khóa đến hết" in run("unlock", "--school", "--until", TOMORROW, "--reason", "sửa")[1]


def test_what_cannot_be_locked_or_opened(run: Run) -> None:
    assert run("locks")[1] == "Chưa khóa sổ nào.\n"
    refused(run("unlock", *CELL, "--until", TOMORROW, "--reason", "x"), "NOT_LOCKED")
    assert run("unlock", *CELL, "--until", "", "--reason", "x")[0] == 2
    refused(run("unlock", *CELL, "--until", "01/01/2020", "--reason", "x"), "UNLOCK_DATE")
    refused(run("lock", "--class", "9A2", "--slot", "thi", "--reason", "x"), "MARK_SLOT")
    refused(run("lock", "--class", "9A2", "--subject", "phép thuật", "--reason", "x"), "SUBJECT_UNKNOWN")
    assert run("lock", "--reason", "x")[0] == 2


def test_a_slip_that_is_over_is_listed_as_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("lock", "--class", "9A2", "--reason", "nộp sổ")
    run("unlock", *CELL, "--until", dt.date.today(), "--reason", "sửa")
    assert "mở đến" in run("locks")[1]
    monkeypatch.setattr("edudesk.gradebook.commands.locks.today", lambda: TOMORROW)
    assert "đã hết hạn" in run("locks")[1]
