"""Seals on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from registers import Register

from edudesk.cli import main
from edudesk.slices import open_school

PAGE = ("--class", "9A2", "--subject", "toan", "--term", "1")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(register: Register, capsys: pytest.CaptureFixture[str]) -> Run:
    for pupil in range(4):
        register.fill(pupil, 75, terms=(1,), toan=80)
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


def test_a_page_is_locked_sealed_checked_and_listed(run: Run) -> None:
    assert run("seals")[1] == "Chưa niêm phong trang nào.\n"
    assert run("seal", *PAGE, "--reason", "hết kì")[1].startswith("SEAL_OPEN: ")
    run("lock", *PAGE, "--reason", "nộp sổ")
    found = data(run("seal", *PAGE, "--reason", "hết kì", "--json"))
    assert (found["subject"], found["term"], found["opened"]) == ("toan", 1, None)
    code, said = run("verify", found["code"].lower().replace("-", ""))
    assert code == 0 and said.startswith("Khớp")
    assert data(run("verify", found["code"], "--json"))["holds"] is True
    assert f"{found['code']}  " in run("seals")[1] and "lớp 9A2, Toán, HK I" in run("seals")[1]
    assert [one["code"] for one in data(run("seals", "--json"))] == [found["code"]]
    code, said = run("unlock", *PAGE, "--until", "2030-01-01", "--reason", "sửa")
    assert code == 3 and said.startswith("SEALED: ")


def test_what_differs_is_named_with_exit_code_three(run: Run, register: Register) -> None:
    run("lock", *PAGE, "--reason", "nộp sổ")
    said = run("seal", *PAGE, "--reason", "hết kì")[1]
    code = said.split()[-1]
    assert "Mã: " in said
    assert "Các khóa vẫn còn" in run("unseal", code, "--reason", "phúc khảo")[1]
    assert run("unseal", code, "--reason", "phúc khảo")[1].startswith("SEAL_OPENED: ")
    run("unlock", *PAGE, "--until", "2099-01-01", "--reason", "phúc khảo")
    run("marks", "set", *PAGE, "--pupil", "#1", "--slot", "gk", "--value", "9")
    exit_code, said = run("verify", code)
    assert exit_code == 3 and "Lò Thị Ánh, Toán GK: 8,0 → 9,0 (văn phòng" in said
    exit_code, said = run("verify", code, "--json")
    found = json.loads(said)
    assert exit_code == 3 and found["holds"] is False and found["seal"]["opened"]["reason"] == "phúc khảo"
    first = found["differences"][0]
    assert (first["column"], first["sealed"], first["now"], first["by"]) == ("gk", 8, 9, "office")
    assert "(đã mở " in run("seals")[1]


def test_a_hole_is_sealed_when_it_is_accepted(run: Run, register: Register) -> None:
    with open_school(register.db.folder) as db:
        db.connection.execute("update mark set value = null where slot = 'gk' and code = 'toan'")
    run("lock", *PAGE, "--reason", "nộp sổ")
    code, said = run("seal", *PAGE, "--reason", "hết kì")
    assert code == 3 and said.startswith("SEAL_MISSING: ")
    assert run("seal", *PAGE, "--reason", "hết kì", "--accept-missing")[0] == 0


def test_a_code_that_is_none_or_unknown(run: Run) -> None:
    assert run("verify", "abc")[1].startswith("SEAL_CODE: ")
    assert run("verify", "00000-00000")[1].startswith("SEAL_UNKNOWN: ")
