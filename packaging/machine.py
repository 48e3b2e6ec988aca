"""What a developer's machine needs, and how programs are called on it. Standard library only; Linux and Windows."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PINS = ROOT / "packaging" / "requirements"
BUILD = ROOT / "build"
LOCALE = ROOT / "resources" / "locale"
WINDOWS = sys.platform == "win32"
OLDEST = (3, 11)
# What Qt's offscreen and xcb platforms open at run time, and the letters papers are set in.
DEBIAN = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 fonts-liberation2 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-xinerama0 libxkbcommon-x11-0"
).split()


class Stop(Exception):
    """Said to the developer in one line; exit code 1."""


def python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def tool(name: str) -> Path:
    """A console script of the environment."""
    return python().parent / (f"{name}.exe" if WINDOWS else name)


def prepare(*, dev: bool = True) -> None:
    """Make the machine ready; quick when nothing has changed."""
    debian_packages(DEBIAN, why="Qt and the papers need them")
    _environment(PINS / "dev.txt" if dev else PINS / "runtime.txt")
    _catalogs()


def _environment(pins: Path) -> None:
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest() + f" {sys.version_info[:2]}"
    stamp = VENV / "edudesk-pins.txt"
    if stamp.is_file() and stamp.read_text() == wanted and python().is_file():
        return
    if not python().is_file():
        _make_venv()
    pip("install", "--require-hashes", "-r", pins)
    stamp.write_text(wanted)


def pip(*words: object) -> None:
    """The environment's pip, quietly. Raises CalledProcessError."""
    verb, *rest = words
    call(python(), "-m", "pip", verb, "--quiet", "--disable-pip-version-check", *rest)


def _make_venv() -> None:
    if sys.version_info < OLDEST:
        raise Stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if find_spec("ensurepip") is None:  # Debian leaves it out of its python3
        _apt_get(["python3-venv"], why="python3 -m venv needs it")
    call(sys.executable, "-m", "venv", VENV)


def debian_packages(names: Sequence[str], *, why: str) -> None:
    """Install what is missing where this is Debian and we are root; else say the line to type, by raising Stop."""
    if WINDOWS or shutil.which("dpkg-query") is None:
        return
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    there |= {"libglib2.0-0"} if "libglib2.0-0t64" in asked.stdout else set()
    missing = [name for name in names if name not in there]
    if missing:
        _apt_get(missing, why=why)


def _apt_get(packages: Sequence[str], *, why: str) -> None:
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise Stop(f"some system packages are missing ({why}). Type:\n  sudo {line}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False, stdin=subprocess.DEVNULL)
    subprocess.run([*line.split(), "-qq"], env=quiet, check=True, stdin=subprocess.DEVNULL)


def _catalogs() -> None:
    """Compile every .po that is newer than its .mo."""
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            call(python(), "-m", "babel.messages.frontend", "compile", "-i", po, "-o", mo, "-l", po.parts[-3])


def edudesk(*words: object) -> None:
    """The program itself, from the source."""
    call(python(), "-m", "edudesk", *words)


def call(*command: object) -> None:
    """Run a program from the project's folder, offscreen where there is no display. Raises CalledProcessError."""
    words = [str(word) for word in command]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    if not WINDOWS and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    subprocess.run(words, cwd=ROOT, env=environment, check=True)
