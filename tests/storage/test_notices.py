"""What is said of the place of the data, and what is refused there."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from conftest_storage import NOTES

from edudesk.kernel.errors import Refused
from edudesk.storage import notices, places
from edudesk.storage.database import Database

Usage = namedtuple("Usage", "total used free")


def test_a_roomy_disk_is_not_worth_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(9, 0, notices.LOW))
    assert notices.notices(tmp_path) == []


def test_little_room_is_said_with_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(9, 0, 120 * 1024 * 1024 + 7))
    (said,) = notices.notices(tmp_path)
    assert "120 MB" in said


def test_a_disk_that_does_not_tell_its_room_is_left_alone(tmp_path: Path) -> None:
    assert notices.low_disk_note(tmp_path / "không có") == ""


def test_a_stick_that_cannot_be_written_says_where_the_data_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "portable_folder", lambda: tmp_path / "usb" / "DuLieu")
    monkeypatch.setattr(notices, "user_data_dir", lambda: tmp_path / "nhà")
    assert str(tmp_path / "nhà") in notices.elsewhere_note(tmp_path / "nhà")
    assert notices.elsewhere_note(tmp_path / "usb" / "DuLieu") == ""
    assert notices.elsewhere_note(tmp_path / "chọn riêng") == ""
    monkeypatch.setattr(notices, "portable_folder", lambda: None)
    assert notices.elsewhere_note(tmp_path / "nhà") == ""


def test_a_synchronised_folder_is_refused_with_the_next_step(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Trường Sông Trăng" / "EduDesk"
    with pytest.raises(Refused) as caught:
        Database.open(folder, [NOTES], create=True)
    assert caught.value.code == "SYNCED_FOLDER"
    assert "OneDrive" in caught.value.message and "sao lưu" in caught.value.next
    assert not folder.exists()
    assert places.elsewhere(tmp_path / "EduDesk") is None
