"""A PC describes itself; a stick carries it; the list takes it in, with a look before."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

import pytest
from schools import make_school

from edudesk.cli import main
from edudesk.kernel.errors import Refused
from edudesk.labs import probe as probing
from edudesk.labs.probe import Probe, as_text, read_text, read_this_pc
from edudesk.labs.store_machines import add_machines, machines
from edudesk.premises.fields import LAB
from edudesk.premises.store import rooms, save_room
from edudesk.slices import open_school

PC = Probe("PM1-01", "Intel Core i3", 8, 256, "Windows 10")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with make_school(tmp_path / "trường", ("9A1",)) as db:
        save_room(db, {"name": "Phòng máy", "kind": LAB})
        add_machines(
            db, rooms(db)[0].id, {"name": "PM1", "kind": "DE_BAN", "use": "DAY_HOC", "ram_gb": 4}, n=2
        )
    return tmp_path / "trường"


def said(folder: Path, capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> Any:
    assert main(["--data", str(folder), *map(str, words), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_this_pc_says_what_it_is() -> None:
    found = read_this_pc()
    assert found.name and found.os is not None and platform.system() in found.os
    assert found.ram_gb is None or found.ram_gb >= 0
    assert found.disk_gb is not None and found.disk_gb > 0


def test_a_pc_that_says_little_is_still_a_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_args: object, **_kw: object) -> int:
        raise OSError

    monkeypatch.setattr(os, "sysconf", no)
    monkeypatch.setattr(probing.Path, "read_text", no)
    for name in ("node", "processor", "machine", "system", "release"):
        monkeypatch.setattr(platform, name, lambda: "")
    found = read_this_pc()
    assert found.name and (found.cpu, found.ram_gb, found.os) == (None, None, None)


def test_a_file_says_the_same_on_the_other_side() -> None:
    assert read_text(as_text(PC), "x.json") == PC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"kind": "khác", "name": "a"}',
        json.dumps({"kind": probing.KIND, "name": "  "}),
        json.dumps({"kind": probing.KIND, "name": "a", "ram_gb": "8"}),
        json.dumps({"kind": probing.KIND, "name": "a", "ram_gb": -1}),
        json.dumps({"kind": probing.KIND, "name": "a", "cpu": "x" * 999}),
        "[" * 100_000,
    ],
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        read_text(text, "x.json")
    assert (caught.value.code, caught.value.problems[0].place) == ("PROBE_BAD", "x.json")


def test_this_pc_to_a_stick_and_into_the_list(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edudesk.labs.commands_probe.read_this_pc", lambda: PC)
    assert said(folder, capsys, "probe")["name"] == "PM1-01"
    file = tmp_path / "máy.json"
    assert said(folder, capsys, "probe", "-o", file)["file"] == str(file)
    assert read_text(file.read_text(encoding="utf-8"), "") == PC
    assert said(folder, capsys, "probe", "--add")["changed"] == 1
    with open_school(folder) as db:
        known = machines(db)[0]
        assert (known.name, known.ram_gb, known.cpu, known.room) == (
            "PM1-01",
            8,
            "Intel Core i3",
            "Phòng máy",
        )


def test_files_are_seen_before_they_are_taken(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for n, one in enumerate((PC, Probe("Máy lạ", None, 4, None, None), Probe("PM1-02", None, 4, None, None))):
        files.append(tmp_path / f"{n}.json")
        files[-1].write_text(as_text(one), encoding="utf-8")
    seen = said(folder, capsys, "labs", "collect", *files, "--dry-run")
    assert (seen["added"], seen["changed"], seen["unchanged"]) == (1, 1, 1)
    with open_school(folder) as db:
        assert len(machines(db)) == 2
    said(folder, capsys, "labs", "collect", *files, "--room", "phòng máy")
    with open_school(folder) as db:
        new = next(one for one in machines(db) if one.name == "Máy lạ")
        assert (new.room, new.ram_gb, new.working) == ("Phòng máy", 4, True)
    again = said(folder, capsys, "labs", "collect", *files)
    assert again["unchanged"] == 3
    assert main(["--data", str(folder), "labs", "collect", str(files[0]), "--dry-run"]) == 0
    assert "chưa ghi" in capsys.readouterr().out


def test_what_cannot_be_collected_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "máy.json"
    file.write_text(as_text(PC), encoding="utf-8")
    refused = said(folder, capsys, "labs", "collect", file, "--room", "Phòng 99", code=3)
    assert refused["error"]["code"] == "ROOM_UNKNOWN" and "Phòng máy" in refused["error"]["next"]
    large = tmp_path / "lớn.json"
    large.write_bytes(b" " * 70_000)
    assert said(folder, capsys, "labs", "collect", large, code=3)["error"]["code"] == "PROBE_BAD"
    assert said(folder, capsys, "labs", "collect", tmp_path / "x", code=4)["error"]["code"] == "FILE_MISSING"
