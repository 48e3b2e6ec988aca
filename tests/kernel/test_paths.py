"""A portable copy keeps its data beside itself; where it cannot write, it uses the user's folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from edudesk.kernel import paths


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen portable program on a stick, and a user with a home."""
    folder = tmp_path / "USB của trường" / "EduDesk"
    folder.mkdir(parents=True)
    (folder / "portable.txt").touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "edudesk.exe"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nhà"))
    return folder


def test_from_the_source_there_is_no_program_folder() -> None:
    assert paths.program_folder() is None and paths.portable_folder() is None


def test_an_installed_program_uses_the_users_folder(stick: Path, tmp_path: Path) -> None:
    (stick / "portable.txt").unlink()
    assert paths.portable_folder() is None
    assert paths.user_data_dir() == tmp_path / "nhà" / "edudesk"


def test_a_portable_copy_keeps_its_data_beside_itself_and_leaves_no_probe(stick: Path) -> None:
    assert paths.user_data_dir() == stick / "DuLieu"
    assert [file.name for file in stick.iterdir()] == ["portable.txt"]


def test_a_portable_copy_that_cannot_write_uses_the_users_folder(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, *_a: object, **_k: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "touch", refuse)
    assert paths.user_data_dir() == tmp_path / "nhà" / "edudesk"


def test_a_school_beside_a_portable_copy_is_never_passed_over(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "DuLieu").mkdir()
    monkeypatch.setattr(paths, "can_write", lambda _folder: False)
    assert paths.user_data_dir() == stick / "DuLieu"


def test_a_pc_with_a_folder_for_what_passes_keeps_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    paths.have_temp_folder()
    assert tempfile.gettempdir() == str(tmp_path)


def test_a_pc_without_one_gets_one_among_the_users_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", none)
    monkeypatch.setattr(paths, "user_data_dir", lambda: tmp_path / "nhà")
    paths.have_temp_folder()
    with tempfile.TemporaryDirectory() as made:
        assert Path(made).parent == tmp_path / "nhà" / "temp"
