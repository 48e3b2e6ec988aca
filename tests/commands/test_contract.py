"""The command line's contract where it hurts: odd values, streams that end, files that are none, stops in the middle."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from registers import Register
from schools import YEAR

from edudesk.cli import build_parser, main
from edudesk.commands import COMMANDS
from edudesk.dx.editions.store import shipped
from edudesk.kernel import words
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import use_language
from edudesk.storage.command import output
from edudesk.storage.pending import PendingCell, PendingPage, keep_pending

ROOT = Path(__file__).parents[2]
ENGLISH = r"invalid|argument|expected|required|choose|allowed|unrecognized"
Line = Callable[..., tuple[int, str, str]]
HERE = sys.platform.startswith("linux")


@pytest.fixture
def run(register: Register, capsys: pytest.CaptureFixture[str]) -> Line:
    """A command on the register: exit code, standard output, standard error."""

    def call(*said: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*map(str, said), "--data", str(register.db.folder)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A clone of the source, in which nobody has compiled the catalog; Vietnamese again afterwards."""
    there = tmp_path / "clone" / "locale" / "en" / "LC_MESSAGES"
    there.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "edudesk.po", there / "edudesk.po")
    monkeypatch.setattr(words, "resource", lambda *parts: Path(tmp_path, "clone", *parts))
    yield
    use_language("vi")


def process(*said: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "edudesk", *map(str, said)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, cwd=ROOT, env=environment, timeout=60, check=False, **more)


def options() -> Iterator[tuple[str, argparse.ArgumentParser, argparse.Action]]:
    """(command, its parser, option) of every option of every command that takes a value."""
    todo: list[tuple[str, argparse.ArgumentParser]] = [("", build_parser())]
    while todo:
        name, parser = todo.pop()
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                todo += [(f"{name} {word}".strip(), one) for word, one in action.choices.items()]
            elif name and action.nargs != 0:
                yield name, parser, action


# -- values


def test_an_empty_value_is_wrong_usage_on_every_option_of_every_verb(
    run: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, seen = [], 0
    for name, _parser, action in options():
        if action.option_strings and name in {command.name for command in COMMANDS}:
            seen += 1
            code, out, err = run(*name.split(), f"{action.option_strings[-1]}=")
            if code != 2 or out or not err.startswith("USAGE: ") or err.count("\n") != 1:
                wrong.append((name, action.option_strings, code, err))
    assert seen > 100 and wrong == []


def test_an_empty_class_locks_nothing(run: Line, register: Register) -> None:
    assert run("lock", "--class", "", "--reason", "x")[0] == 2
    assert register.db.value("select count(*) from mark_lock") == 0


def test_what_is_no_text_is_wrong_usage(run: Line) -> None:
    for word in ("\udcff", "Nguy\ud800n"):
        code, out, err = run("pupils", "--find", word)
        assert (code, out) == (2, "") and err.startswith("USAGE: ") and err.count("\n") == 1


@pytest.mark.skipif(not HERE, reason="bytes are arguments only there")
def test_bytes_that_are_no_letters_end_in_a_line() -> None:
    said = process("pupils", "--find", os.fsdecode(b"\xff\xfe"), capture_output=True)
    assert said.returncode == 2 and b"Traceback" not in said.stderr and said.stderr.count(b"\n") == 1


def test_a_search_for_a_whole_book_finds_nobody_at_once(run: Line) -> None:
    assert run("pupils", "--find", "an " * 40_000)[:2] == (0, "")


def test_an_error_is_one_line_however_long_its_reason(run: Line, tmp_path: Path) -> None:
    code, _out, err = run("import", "students", tmp_path / ("dài\n\x1b[31m\u202e" * 60))
    assert code in (3, 4) and err.count("\n") == 1 and len(err) < 800
    assert err.strip().isprintable()


def test_wrong_usage_is_said_in_one_language(run: Line, english: None) -> None:
    for wrong in (
        *(["lock", "--reason", "x"], ["lock", "--class", "9A2", "--grade", "9", "--reason", "x"]),
        *(
            ["demo", "--out", "x", "--seed", "x"],
            ["pupils", "--class"],
            ["pupils", "--year", "-1"],
            ["print"],
        ),
        *(
            ["init", "--level", "x"],
            ["bay"],
            ["pupils", "--json=1"],
            ["pupils", "thừa"],
            ["pupils", "--class="],
        ),
    ):
        code, _out, err = run(*wrong, "--lang", "vi")
        assert code == 2 and not err.isascii() and not re.search(ENGLISH, err), err
        code, _out, err = run(*wrong, "--lang", "en")
        plain = err.replace("thừa", "").replace("LỆNH", "").replace("edudesk", "")
        assert code == 2 and plain.isascii(), err


def test_a_clone_whose_catalogs_nobody_compiled_speaks_english_too(run: Line, english: None) -> None:
    code, _out, err = run("pupils", "--class", "9Z", "--lang", "en")
    assert code == 3 and "no class" in err and "lớp" not in err


# -- streams


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("how", [[], ["--json"]])
def test_an_output_that_takes_nothing_is_unavailable(register: Register, how: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        said = process("pupils", *how, "--data", register.db.folder, stdout=full, stderr=subprocess.PIPE)
    assert said.returncode == 4 and b"DISK_FULL" in said.stderr
    assert b"Traceback" not in said.stderr and b"Exception" not in said.stderr


@pytest.mark.skipif(not HERE, reason="files are closed otherwise there")
@pytest.mark.parametrize(
    ("shut", "verb", "code", "heard"),
    [
        (1, "pupils", 4, b"OUTPUT_CLOSED"),
        (2, "pupils", 0, b""),
        (2, "nothing", 2, b'"USAGE"'),  # one document on standard output, not two
        (1, "nothing", 2, b'"USAGE"'),
    ],
)
def test_a_stream_that_is_closed_changes_no_exit_code(
    register: Register, shut: int, verb: str, code: int, heard: bytes
) -> None:
    job = process(
        verb, "--json", "--data", register.db.folder, capture_output=True, preexec_fn=lambda: os.close(shut)
    )
    assert job.returncode == code and heard in job.stdout + job.stderr
    assert not job.stdout or json.loads(job.stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_error_nobody_can_hear_is_told_by_its_code(register: Register) -> None:
    with Path("/dev/full").open("wb") as full:
        job = process("nothing", "--data", register.db.folder, stdout=subprocess.PIPE, stderr=full)
    assert job.returncode == 2


def test_a_reader_that_goes_away_is_nobodys_fault(register: Register) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        said = process("pupils", "--data", register.db.folder, stdout=gone, stderr=subprocess.PIPE)
    assert said.stderr == b"" and said.returncode == 0


@pytest.mark.skipif(not HERE, reason="signals are sent otherwise there")
def test_control_c_ends_a_command_without_a_traceback() -> None:
    command = [sys.executable, "-m", "edudesk", "assess", "-"]
    job = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while job.poll() is None and not _waits(job.pid):
        time.sleep(0.02)
    job.send_signal(signal.SIGINT)
    out, err = job.communicate(timeout=30)
    assert (job.returncode, out) == (130, b"") and b"Traceback" not in err


def _waits(pid: int) -> bool:
    """Whether a process has come to read its standard input, which nobody writes."""
    try:
        return Path(f"/proc/{pid}/syscall").read_text().startswith("0 0x0 ")
    except PermissionError:  # where nobody may look: give it the time
        time.sleep(2)
        return True


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_input_without_end_ends_in_a_sentence(run: Line) -> None:
    for wrong in (["assess", "/dev/zero"], ["dx", "edition", "--add", "/dev/zero"]):
        code, out, err = run(*wrong)
        assert code == 3 and out == "" and err.count("\n") == 1, err


def test_a_window_that_only_measures_or_draws_asks_nobody(register: Register, tmp_path: Path) -> None:
    sheet = PendingPage(
        "gradebook", YEAR, 1, (("class_id", register.class_id), ("code", "toan")), "9A2 · Toán"
    )
    refusal = (Problem("MARK_NOT_NUMBER", "Không phải là điểm."),)
    keep_pending(register.db, PendingCell(sheet, register.pupils[0], "tx1", "abc", refusal))
    folder = register.db.folder
    register.db.close()
    assert process("--measure", "--data", folder, capture_output=True).returncode == 0
    assert process("tour", "--out", tmp_path / "ảnh", "--data", folder, capture_output=True).returncode == 0


# -- files to write


def test_every_option_that_names_a_file_to_write_asks_where_it_lies() -> None:
    names = {"-o", "--output", "--errors"}
    asked = {
        (name, option): action.type
        for name, _parser, action in options()
        for option in names & set(action.option_strings)
    }
    assert len(asked) >= 14
    assert {where: kind for where, kind in asked.items() if kind is not output} == {}


def test_the_schools_own_files_are_never_written_over(run: Line, register: Register, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in register.db.folder.glob("school.*")}
    folder = register.db.folder
    for words_of, name in (
        (["export", "students"], "school.db"),
        (["export", "students"], "school.key"),
        (["backup"], "school.db"),
        (["print", "class-list", "--class", "9A2"], "journal-tail"),
        (["trouble"], "school.lock"),
        (["handbook", "--quick-start"], "backups/x.pdf"),
        (["dx", "edition"], "attachments/x.json"),
    ):
        code, out, err = run(*words_of, "-o", folder / name)
        assert code == 3 and out == "" and err.startswith("OUTPUT_OWN: "), err
    assert {path.name: path.read_bytes() for path in folder.glob("school.*")} == before


def test_standard_output_is_no_workbook(run: Line) -> None:
    assert run("export", "students", "-o", "-")[2].startswith("OUTPUT_STDOUT: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no devices here")
def test_a_device_is_no_file(run: Line) -> None:
    code, _out, err = run("export", "students", "-o", "/dev/full")
    assert code == 3 and err.startswith("OUTPUT_DEVICE: ") and Path("/dev/full").is_char_device()


def test_a_school_is_not_made_below_a_file(run: Line, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x")
    code, out, err = run("init", "--out", tmp_path / "tệp" / "trường", "--name", "A", "--level", "thcs")
    assert code == 4 and out == "" and err.startswith("NOT_A_FOLDER: ") and err.count("\n") == 1


def test_a_folder_one_may_not_enter_is_unavailable(
    run: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, **_more: object) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", closed)
    code, out, err = run("init", "--out", tmp_path / "kín", "--name", "A", "--level", "thcs")
    assert code == 4 and out == "" and err.startswith("NOT_ALLOWED: ")


def test_a_report_is_written_by_a_pc_whose_clock_has_stopped(
    run: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0))
    monkeypatch.setattr("edudesk.storage.files.zips.time.localtime", lambda *_when: long_ago)
    assert run("trouble", "-o", tmp_path / "lỗi.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "lỗi.zip") as made:
        assert {entry.date_time[0] for entry in made.infolist()} == {1980} and made.testzip() is None


def full(_path: Path, _data: object) -> int:
    """Writing on a disk on which nothing more fits."""
    raise OSError(28, "No space left on device")


def test_a_handbook_and_a_picture_that_do_not_fit_are_said(
    run: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edudesk.first_run import first_window
    from edudesk.kernel.errors import Unavailable
    from edudesk.tour import _picture
    from edudesk.ui.application import application

    monkeypatch.setattr(Path, "write_bytes", full)
    code, out, err = run("handbook", "--quick-start", "-o", tmp_path / "sổ tay.pdf")
    assert code == 4 and out == "" and err.startswith("DISK_FULL: ")
    application()
    window = first_window()
    with pytest.raises(Unavailable):
        _picture(window, tmp_path / "ảnh.png")
    window.close()
    assert list(tmp_path.glob("*.p*")) == [], "nothing half is left"


# -- cases and indexes


def test_one_impossible_case_does_not_take_the_others_along(run: Line, tmp_path: Path) -> None:
    path = tmp_path / "ca.json"
    good = '{"id": 2, "kind": "dx_level", "input": {"g1": 75, "g2": 75.5}}'
    huge = '{"id": 1, "kind": "dx_level", "input": {"g1": 1e999999999999, "g2": 75.5}}'
    twice = '{"id": 3, "kind": "dx_level", "input": {"g1": 75, "g1": 20, "g2": 75.5}}'
    path.write_text(f"[{huge}, {good}, {twice}]", encoding="utf-8")
    code, out, _err = run("assess", path)
    first, second, third = json.loads(out.replace("1E+999999999999", "0"))
    assert code == 0 and "output" in second
    assert first["error"]["code"] == third["error"]["code"] == "ASSESS_INPUT"
    assert third["error"]["problems"][0]["place"] == "g1"


@pytest.mark.parametrize(("month", "day"), [(13, 1), (2, 31), (2, 29), (4, 31), (5, 99), (0, 5)])
def test_an_index_that_is_due_on_no_day_is_refused(run: Line, tmp_path: Path, month: int, day: int) -> None:
    path = tmp_path / "bộ chỉ số.json"
    data = {**shipped().data, "due": {**shipped().data["due"], "month": month, "day": day}}
    path.write_text(json.dumps({**data, "kind": "dx_index"}, default=str), encoding="utf-8")
    code, _out, err = run("dx", "edition", "--add", path)
    assert code == 3 and "due" in err
    assert run("dx", "score")[0] == 0, "and the self-score goes on"


def test_an_index_with_half_a_letter_is_none(run: Line, tmp_path: Path) -> None:
    path = tmp_path / "bộ chỉ số.json"
    data = {**shipped().data, "kind": "dx_index", "name": "\ud800"}
    path.write_text(json.dumps(data, default=str), encoding="utf-8")
    code, _out, err = run("dx", "edition", "--add", path)
    assert code == 3 and err.startswith("DX_FILE: ")
