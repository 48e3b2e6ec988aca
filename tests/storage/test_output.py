"""Where a file for others may be written: never over the school's own, nor over what is no plain file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from edudesk.kernel.errors import Failure
from edudesk.storage.database import Database
from edudesk.storage.files.output import output_path


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = tmp_path / "trường"
    with Database.open(folder, (), create=True):
        pass
    return folder


def code(path: Path | str, folder: Path | None = None) -> str:
    with pytest.raises(Failure) as refused:
        output_path(path, folder)
    assert refused.value.next
    return refused.value.code


@pytest.mark.parametrize(
    "name",
    [
        *("school.db", "school.key", "school.lock", "school.open", "journal-tail", "school.db.next"),
        *("school.db-wal", "school.key.part", "SCHOOL.DB"),
        *("backups/gần đây.edbak", "backups/index.json", "attachments/ab12", "x/../school.db"),
    ],
)
def test_a_school_is_not_written_over(school: Path, name: str) -> None:
    assert code(school / name) == "OUTPUT_OWN"


def test_what_is_left_of_a_school_is_not_written_over_either(school: Path) -> None:
    (school / "school.db").unlink()
    assert code(school / "school.db") == "OUTPUT_OWN"
    assert code(school / "journal-tail") == "OUTPUT_OWN"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_another_name_for_the_same_file_is_the_same_file(school: Path, tmp_path: Path) -> None:
    (tmp_path / "bảng điểm.xlsx").symlink_to(school / "school.db")
    assert code(tmp_path / "bảng điểm.xlsx") == "OUTPUT_OWN"
    os.link(school / "school.key", tmp_path / "khóa.pdf")
    assert code(tmp_path / "khóa.pdf", school) == "OUTPUT_OWN"


def test_a_folder_a_device_and_standard_output_are_no_files(tmp_path: Path) -> None:
    assert code(tmp_path) == "OUTPUT_FOLDER"
    assert code("-") == "OUTPUT_STDOUT"
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "ống")
        assert code(tmp_path / "ống") == "OUTPUT_DEVICE"
        assert code("/dev/null") == "OUTPUT_DEVICE"


def test_any_other_name_is_free(school: Path, tmp_path: Path) -> None:
    (tmp_path / "có rồi.xlsx").write_text("x")
    for free in (tmp_path / "mới.xlsx", tmp_path / "có rồi.xlsx", school / "lớp.pdf", tmp_path / "school.db"):
        assert output_path(free, school) == free
    assert output_path(tmp_path / "backups" / "a.xlsx", school)
