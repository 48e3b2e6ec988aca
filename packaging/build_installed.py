"""The life of an installation: the version before, an upgrade with its data, a repair, a stick, the removal."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import build_wine
from build_smoke import Done, Trial, fine, try_start, try_verbs, try_window
from build_target import Target
from build_windows import make_installer
from machine import WINDOWS

BEFORE = "0.0.9"
STALE = "_internal/removed-since.txt"  # only in the version before
FILES_OF_A_SCHOOL = ("school.db", "school.key")


def try_installed(trial: Trial, installer: Path, portable: Path, icon: Path, display: str) -> None:
    """Installed silently over the version before, tried, repaired, carried on a stick, removed."""
    target, dist = trial.target, trial.folder
    home = local(target)
    trial.folder = home / "Programs" / "EduDesk"
    data = home / "EduDesk"
    for old in (trial.folder, data):
        shutil.rmtree(old, ignore_errors=True)
    _install(
        trial,
        _version_before(dist, target.out, icon),
        f"install {BEFORE} silently, with a Vietnamese user's data",
    )
    trial.verb("demo", "--out", data, "--pupils", 60, expects=fine)
    before = prints(data)
    _install(trial, installer, "upgrade in place")
    trial.judge(
        "the data is the same after the upgrade", time.monotonic(), lambda: same(before, prints(data))
    )
    trial.judge("nothing of the version before is left", time.monotonic(), lambda: gone(trial.folder / STALE))
    trial.verb("doctor", expects=fine, title="doctor on the upgraded data")
    school = try_verbs(trial, target.out / "trial")
    try_start(trial, school, display)
    try_window(trial, school, display, data / "edudesk.log")
    (trial.folder / "_internal" / "base_library.zip").unlink()
    _install(trial, installer, "repair: a file of the program was deleted")
    trial.verb("results", "--class", "9A1", "--term", 1, expects=fine, title="results after the repair")
    _try_portable(trial, portable)
    _remove(trial, data, before)
    trial.folder = dist


def local(target: Target) -> Path:
    """The user's own folder of programs' data."""
    if not target.wine:
        return Path.home() / "AppData" / "Local"
    asked = build_wine.wine("cmd", "/c", "echo %LOCALAPPDATA%").stdout.strip()
    return build_wine.on_windows(asked)


def _version_before(dist: Path, out: Path, icon: Path) -> Path:
    """The same program under a lower number, with a file that the new one no longer has."""
    old = out / "before"
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(dist, old)
    (old / STALE).write_text("gone in the next version\n")
    return make_installer(old, out, icon, numbered=BEFORE, quick=True)


def _install(trial: Trial, installer: Path, title: str) -> None:
    begun = time.monotonic()
    done = trial.target.run(installer, "/S")
    trial.judge(title, begun, lambda: installed(done, trial.folder), done)


def installed(done: Done, folder: Path) -> str:
    assert done.returncode == 0, f"exit code {done.returncode}"
    for name in ("edudesk.exe", "edudesk-cli.exe", "uninstall.exe", "_internal/base_library.zip"):
        assert (folder / name).is_file(), f"{name} is missing"
    return f"{sum(1 for _file in folder.rglob('*'))} files"


def prints(data: Path) -> dict[str, str]:
    """Fingerprints of a school's files."""
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in FILES_OF_A_SCHOOL}


def same(before: dict[str, str], now: dict[str, str]) -> str:
    assert before == now, "a file has changed"
    return ", ".join(f"{name} {digest[:12]}" for name, digest in now.items())


def gone(file: Path) -> str:
    assert not file.exists(), f"{file} is still there"
    return f"no {file.name}"


def _try_portable(trial: Trial, portable: Path) -> None:
    """A stick: data beside the program; then the same stick write-protected."""
    stick = trial.target.out / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(portable) as archive:
        archive.extractall(stick)
    carried = Trial(trial.target, stick / "EduDesk", trial.rows)
    carried.verb(
        "demo", "--out", stick / "EduDesk" / "DuLieu", "--pupils", 30, expects=fine, title="portable: demo"
    )
    carried.verb("doctor", expects=fine, title="portable: the school beside the program is the usual one")
    with write_protected(stick) as protected:
        if protected:
            read_only = "portable, write-protected: refused in words"
            carried.verb("results", "--class", "9A1", "--term", 1, expects=refused_in_words, title=read_only)
    shutil.rmtree(stick / "EduDesk" / "DuLieu")
    with write_protected(stick) as protected:
        if protected:
            says = "portable, write-protected, no school on it: the user's own folder, and says so"
            carried.verb("doctor", expects=says_so, title=says)


@contextmanager
def write_protected(folder: Path) -> Iterator[bool]:
    """The folder read-only for everybody, by a mount; False where that cannot be done here."""
    if WINDOWS:
        yield False
        return
    bound = subprocess.run(["mount", "--bind", str(folder), str(folder)], check=False, capture_output=True)
    if bound.returncode:
        yield False
        return
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True, capture_output=True)
        yield True
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def refused_in_words(done: Done) -> str:
    assert done.returncode == 4, f"exit code {done.returncode}"
    assert done.stderr.startswith(("READ_ONLY: ", "NOT_ALLOWED: ", "DATABASE_OPEN: ")), "no words"
    return done.stderr.strip()


def says_so(done: Done) -> str:
    assert done.returncode == 0, f"exit code {done.returncode}"
    assert done.stderr.strip(), "said nothing"
    return done.stderr.strip()


def _remove(trial: Trial, data: Path, before: dict[str, str]) -> None:
    begun = time.monotonic()
    done = trial.target.run(trial.folder / "uninstall.exe", "/S")
    until = begun + 60
    while (trial.folder / "edudesk.exe").exists() and time.monotonic() < until:
        time.sleep(1)  # the remover copies itself away and goes on by itself
    time.sleep(2)
    trial.judge("remove silently", begun, lambda: gone(trial.folder / "_internal"), done)
    trial.judge("the data is still there", begun, lambda: same(before, prints(data)))
