"""Pictures that a style sheet shows are files, wherever the PC lets a file be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from edudesk.ui import icons


def test_a_pc_without_a_temporary_folder_still_shows_its_ticks(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "một tệp"
    nowhere.touch()
    monkeypatch.setattr(icons, "_files", QTemporaryDir(str(nowhere / "x")))
    monkeypatch.setattr(icons, "user_data_dir", lambda: tmp_path / "Nguyễn Thị Ánh (nhà)")
    file = icons.file("check", 12, "on_accent")
    assert file.is_relative_to(tmp_path / "Nguyễn Thị Ánh (nhà)")
    assert not QPixmap(str(file)).isNull()
