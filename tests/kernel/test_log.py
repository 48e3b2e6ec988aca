"""The log says where the code broke and never whose marks they were; it stays small, and no disk can stop the work."""

from __future__ import annotations

import faulthandler
from pathlib import Path

import pytest

from edudesk.kernel import log


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(log, "user_data_dir", lambda: tmp_path / "nhà")
    return tmp_path / "nhà"


def broken(value: object) -> BaseException:
    try:
        try:
            {}[value]  # type: ignore[index]
        except KeyError as cause:
            raise ValueError(f"{value} được 8,5 điểm ở C:\\Users\\Lan") from cause
    except ValueError as error:
        return error


def test_a_bug_tells_its_place_and_no_name_mark_or_path(home: Path) -> None:
    assert log.write_bug(broken("Lò Thị Ánh")) == home / "edudesk.log"
    text = (home / "edudesk.log").read_text(encoding="utf-8")
    assert "ValueError: xx xxx xxx xxxx 0,0 xxxx x x:\\xxxxx\\xxx" in text.replace("  ", " ")
    assert "tests/kernel/test_log.py" in text and " broken\n" in text
    assert "from KeyError: 'xx xxx xxx'" in text
    assert not any(word in text for word in ("Ánh", "Lan", "8,5"))


def test_words_about_the_code_itself_are_kept(home: Path) -> None:
    log.write_bug(AttributeError("'NoneType' object has no attribute 'pupil'"))
    assert "no attribute 'pupil'" in (home / "edudesk.log").read_text(encoding="utf-8")


def test_a_log_that_has_grown_is_turned_over_and_one_before_it_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST", 100)
    for n in range(9):
        log.write_line(f"dòng {n} " + "x" * 60)
    assert {file.name for file in home.iterdir()} == {"edudesk.log", "edudesk-1.log"}
    assert all(file.stat().st_size < 300 for file in home.iterdir())
    assert "dòng 8" in (home / "edudesk.log").read_text(encoding="utf-8")


def test_a_disk_that_cannot_be_written_stops_nothing(home: Path) -> None:
    home.write_text("một tệp ở chỗ của thư mục")
    assert log.write_start("window") is None
    with log.crashes_watched():
        assert not (home / "edudesk.log").exists()


def test_a_start_tells_the_version_and_a_crash_would_leave_its_trace(home: Path) -> None:
    was_on = faulthandler.is_enabled()
    with log.crashes_watched():
        text = (home / "edudesk.log").read_text(encoding="utf-8")
        assert "start window · EduDesk 0." in text and faulthandler.is_enabled()
    assert faulthandler.is_enabled() == was_on
    faulthandler.disable()
    with log.crashes_watched():
        assert faulthandler.is_enabled()
    assert not faulthandler.is_enabled()
    if was_on:
        faulthandler.enable()


def test_letters_that_hide_or_turn_words_round_are_shown_by_their_number(home: Path) -> None:
    path = log.write_line("a\u202efdp.exe\x1b[2J\nb")
    assert path is not None and path.read_text(encoding="utf-8").endswith("a<202E>fdp.exe<001B>[2J\nb\n")
