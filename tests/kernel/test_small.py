"""Errors, ids, words, progress and places."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from edudesk.kernel import paths, words
from edudesk.kernel.errors import Cancelled, Failure, Problem, Refused, Stale, Unavailable
from edudesk.kernel.ids import name_id, new_id
from edudesk.kernel.progress import SILENT, Progress


def test_a_failure_carries_all_its_problems() -> None:
    refusal = Refused(Problem("A", "Câu một.", "dòng 3", "Sửa dòng 3."), Problem("B", "Câu hai."))
    assert (refusal.code, refusal.message, refusal.next) == ("A", "Câu một.", "Sửa dòng 3.")
    assert refusal.sentence == "dòng 3: Câu một. Sửa dòng 3."
    assert str(refusal) == "A: dòng 3: Câu một. Sửa dòng 3.; B: Câu hai."
    with pytest.raises(ValueError, match="says nothing"):
        Failure()


def test_kinds_of_failure() -> None:
    assert issubclass(Stale, Refused) and not issubclass(Unavailable, Refused)
    assert Cancelled().code == "CANCELLED"


def test_ids_are_random_or_derived_from_meaning() -> None:
    assert new_id() != new_id()
    assert name_id("mark", "p", 2026, "toan") == name_id("mark", "p", "2026", "toan")
    assert name_id("mark", "p", "a") != name_id("mark", "pa", "") != name_id("term", "pa", "")


def test_progress_reports_and_stops() -> None:
    heard: list[tuple[int, int, str]] = []
    progress = Progress(lambda *args: heard.append(args))
    progress.step(1, 2, "đọc")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step(2, 2, "ghi")
    assert heard == [(1, 2, "đọc")]
    SILENT.step(1, 1)


def test_words_are_vietnamese_until_another_language_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo

    catalog = Catalog(locale="en")
    catalog.add("Nhập điểm", "Enter marks")
    target = tmp_path / "en" / "LC_MESSAGES" / "edudesk.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(words, "resource", lambda *_parts: tmp_path)
    assert words._("Nhập điểm") == "Nhập điểm" == words.N_("Nhập điểm")
    words.use_language("en")
    try:
        assert words._("Nhập điểm") == "Enter marks"
        assert words._("") == ""
    finally:
        words.use_language("vi")
    assert words._("Nhập điểm") == "Nhập điểm"


def test_resources_lie_beside_the_package_or_in_the_frozen_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.resource("icons").parent.is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", "frozen", raising=False)
    assert paths.resource("icons", "a.svg") == Path("frozen", "resources", "icons", "a.svg")


@pytest.mark.parametrize(("platform", "variable"), [("linux", "XDG_DATA_HOME"), ("win32", "LOCALAPPDATA")])
def test_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, platform: str, variable: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, "chỗ riêng")
    assert paths.user_data_dir().parent == Path("chỗ riêng")
    monkeypatch.delenv(variable)
    assert paths.user_data_dir().is_relative_to(Path.home())


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home/truong nfs4 rw 0 0
//pc/chung /mnt/o\\040mang cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/clerk/data", "ext4"),
        ("/home/truong/data", "nfs4"),
        ("/mnt/o mang/EduDesk", "cifs"),
        ("/home/truongkhac", "ext4"),
    ],
)
def test_the_mount_point_above_a_folder(folder: str, kind: str) -> None:
    assert paths.mounted_on(PurePosixPath(folder), MOUNTS) == kind  # type: ignore[arg-type]


def test_a_network_mount_is_known_and_an_unreadable_list_is_not_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "read_text", lambda *_a, **_k: f"server:/x {tmp_path} nfs rw 0 0\n")
    assert paths.is_network(tmp_path)

    def missing(*_a: object, **_k: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert not paths.is_network(tmp_path)


@pytest.mark.parametrize(("answer", "remote"), [(4, True), (3, False)])
def test_a_mapped_drive_of_windows_is_a_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, remote: bool
) -> None:
    import ctypes
    from types import SimpleNamespace

    kernel32 = SimpleNamespace(GetDriveTypeW=lambda _root: answer)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert paths.is_network(tmp_path) is remote
    monkeypatch.setattr(Path, "resolve", lambda _self: r"\\server\chung\EduDesk")
    assert paths.is_network(tmp_path)
