"""Folders a cloud copies away behind our back are known, on any system, and others are not."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from edudesk.kernel.synced import synced_by


@pytest.mark.parametrize(
    ("below", "service"),
    [
        ("OneDrive/EduDesk", "OneDrive"),
        ("OneDrive - Trường THCS Sông Trăng/sổ điểm", "OneDrive"),
        ("Dropbox (Cá nhân)/EduDesk", "Dropbox"),
        ("Dropbox", "Dropbox"),
        ("Google Drive/Drive của tôi", "Google Drive"),
        ("My Drive/EduDesk", "Google Drive"),
        ("iCloudDrive/x", "iCloud Drive"),
        ("Nextcloud/x", "Nextcloud"),
        ("EduDesk", ""),
        ("Trường OneDriveX/dữ liệu", ""),
        ("My Drives", ""),
    ],
)
def test_a_folder_is_known_by_the_names_above_it(tmp_path: Path, below: str, service: str) -> None:
    assert synced_by(tmp_path / below, {}) == service


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_onedrive_is_known_by_where_it_says_it_lies(tmp_path: Path, variable: str) -> None:
    environment = {variable: str(tmp_path / "Của tôi")}
    assert synced_by(tmp_path / "Của tôi" / "Tài liệu", environment) == "OneDrive"
    assert synced_by(tmp_path / "Của tôi khác", environment) == ""


def test_the_environment_of_this_process_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert synced_by(tmp_path / "đám mây" / "x") == ""
    monkeypatch.setenv("OneDrive", str(tmp_path / "đám mây"))
    assert synced_by(tmp_path / "đám mây" / "x") == "OneDrive"


@pytest.mark.parametrize(("mark", "service"), [(".dropbox", "Dropbox"), (".tmp.driveupload", "Google Drive")])
def test_a_folder_of_another_name_is_known_by_what_the_service_leaves_in_it(
    tmp_path: Path, mark: str, service: str
) -> None:
    assert synced_by(tmp_path / "Chung" / "EduDesk", {}) == ""
    (tmp_path / "Chung").mkdir()
    (tmp_path / "Chung" / mark).mkdir()
    assert synced_by(tmp_path / "Chung" / "EduDesk", {}) == service


@pytest.mark.parametrize(
    ("attributes", "service"),
    [(0x10, ""), (0x0040_0010, "OneDrive"), (0x0008_0010, "OneDrive"), (0x0010_0010, "OneDrive")],
)
def test_windows_says_of_a_folder_that_it_lives_in_a_cloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attributes: int, service: str
) -> None:
    real = Path.stat

    def stat(path: Path, **how: bool) -> os.stat_result | SimpleNamespace:
        found = real(path, **how)
        return SimpleNamespace(st_mode=found.st_mode, st_file_attributes=attributes)

    monkeypatch.setattr(Path, "stat", stat)
    assert synced_by(tmp_path / "chưa có", {}) == service
