"""One script for whoever works on EduDesk: run, test, check, bench, lock. Standard library only; Linux and Windows.

Each verb makes what it needs on a fresh machine: `.venv` from the hash-locked pins, Debian's libraries for Qt, the
compiled message catalogs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
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
FULL_COVERAGE = (
    "edudesk/kernel/*",
    "edudesk/*/rules*.py",
    "edudesk/storage/journal.py",
    "edudesk/storage/undo.py",
)


class Stop(Exception):
    """Said to the developer in one line; exit code 1."""


def main() -> int:
    """Read the verb and do it."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, (_deed, words) in VERBS.items():
        one = verbs.add_parser(name, help=words)
        if name == "test":
            one.add_argument("--long", action="store_true", help="also the tests that take minutes")
    args, extra = parser.parse_known_args()
    if extra and args.verb not in ("test", "run", "bench"):
        parser.error(f"unknown arguments: {' '.join(extra)}")
    try:
        VERBS[args.verb][0](args, extra)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"dev.py: failed ({failed.returncode}): {_shown(failed.cmd)}", file=sys.stderr)
        return 1
    return 0


# -- what a fresh machine needs


def python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def prepare(*, dev: bool = True) -> None:
    """Make the machine ready; quick when nothing has changed."""
    _debian_libraries()
    _environment(PINS / "dev.txt" if dev else PINS / "runtime.txt")
    _catalogs()


def _environment(pins: Path) -> None:
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest() + f" {sys.version_info[:2]}"
    stamp = VENV / "edudesk-pins.txt"
    if stamp.is_file() and stamp.read_text() == wanted and python().is_file():
        return
    if not python().is_file():
        _make_venv()
    call(
        python(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        pins,
    )
    stamp.write_text(wanted)


def _make_venv() -> None:
    if sys.version_info < OLDEST:
        raise Stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if find_spec("ensurepip") is None:  # Debian leaves it out of its python3
        _apt_get(["python3-venv"], why="python3 -m venv needs it")
    call(sys.executable, "-m", "venv", VENV)


def _debian_libraries() -> None:
    if WINDOWS or shutil.which("dpkg-query") is None:
        return
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *DEBIAN],
        capture_output=True,
        text=True,
        check=False,
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    there |= {"libglib2.0-0"} if "libglib2.0-0t64" in asked.stdout else set()
    missing = [name for name in DEBIAN if name not in there]
    if missing:
        _apt_get(missing, why="Qt and the papers need them")


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


# -- verbs


def run(_args: argparse.Namespace, extra: Sequence[str]) -> None:
    """Open the window on a demo school; with no display, take pictures of every page instead."""
    prepare()
    demo = BUILD / "demo"
    if not (demo / "school.db").is_file():
        edudesk("demo", "--out", demo)
    if WINDOWS or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        edudesk("--data", demo, *extra)
        return
    tour = BUILD / "tour"
    edudesk("tour", "--out", tour, "--data", demo)
    print(f"No display here. Pictures of every page and a PDF of each print are in {tour}.")


def test(args: argparse.Namespace, extra: Sequence[str]) -> None:
    """The suite, with coverage."""
    prepare()
    (BUILD / "coverage").mkdir(parents=True, exist_ok=True)
    for old in (BUILD / "coverage").glob("data*"):
        old.unlink()
    choice = ["-m", "long or not long"] if args.long else []
    call(python(), "-m", "coverage", "run", "-m", "pytest", "-q", *choice, *extra)
    call(python(), "-m", "coverage", "combine", "--quiet")
    call(python(), "-m", "coverage", "json", "--quiet", "-o", BUILD / "coverage" / "coverage.json")


def check(_args: argparse.Namespace, _extra: Sequence[str]) -> None:
    """Everything that can be said without running the program; says all that is wrong, not only the first."""
    prepare()
    checks = {
        "format": lambda: call(python(), "-m", "ruff", "format", "--check", "--quiet", "."),
        "lint": lambda: call(python(), "-m", "ruff", "check", "--quiet", "."),
        "types": lambda: call(python(), "-m", "mypy"),
        "imports": lambda: call(tool("lint-imports"), "--no-logo"),
        "coverage": coverage_floors,
        "catalogs": catalogs_complete,
    }
    failed = []
    for name, deed in checks.items():
        print(f"-- {name}", flush=True)
        try:
            deed()
        except (Stop, subprocess.CalledProcessError) as error:
            failed.append(name)
            print(error if isinstance(error, Stop) else f"{name} found something")
    if failed:
        raise Stop(f"not clean: {', '.join(failed)}")


def coverage_floors() -> None:
    """What must hold for ever stays wholly tested: kernel, rules, the journal."""
    report = BUILD / "coverage" / "coverage.json"
    if not report.is_file():
        raise Stop("no coverage yet: run `packaging/dev.py test` first")
    files = json.loads(report.read_text())["files"]
    short = []
    for name, found in sorted(files.items()):
        path = Path(name.replace("\\", "/"))
        if (
            any(path.match(pattern) for pattern in FULL_COVERAGE)
            and found["summary"]["percent_covered"] < 100
        ):
            lines = ", ".join(map(str, found["missing_lines"])) or "branches " + str(
                found.get("missing_branches")
            )
            short.append(f"{path}: {found['summary']['percent_covered']:.1f} % (missing {lines})")
    if short:
        raise Stop("must be at 100 %:\n  " + "\n  ".join(short))


def catalogs_complete() -> None:
    """Every sentence in the code has its translation, and no translation is doubtful."""
    catalogs = sorted(LOCALE.glob("*/LC_MESSAGES/edudesk.po"))
    if not catalogs:
        print("no catalog yet")
        return
    BUILD.mkdir(exist_ok=True)
    template = BUILD / "edudesk.pot"
    frontend = (python(), "-m", "babel.messages.frontend")
    call(*frontend, "-q", "extract", "-k", "N_", "--no-location", "-o", template, "edudesk")
    call(python(), ROOT / "packaging" / "catalogs.py", template, *catalogs)


def bench(_args: argparse.Namespace, extra: Sequence[str]) -> None:
    """Time what the project promises to be quick."""
    prepare()
    call(python(), ROOT / "packaging" / "benchmarks" / "bench.py", *extra)


def build(_args: argparse.Namespace, _extra: Sequence[str]) -> None:
    """The one-folder program for this system, made and tried: a demo school, a list, a paper, a window."""
    prepare()
    dist, work = BUILD / "dist", BUILD / "work"
    quiet = ("--noconfirm", "--log-level", "ERROR")
    call(
        python(), "-m", "PyInstaller", *quiet, "--distpath", dist, "--workpath", work, "build_installer.spec"
    )
    program = dist / "edudesk" / ("edudesk.exe" if WINDOWS else "edudesk")
    school = BUILD / "smoke"
    shutil.rmtree(school, ignore_errors=True)
    call(program, "demo", "--out", school, "--pupils", 120)
    call(program, "results", "--data", school, "--class", "9A1", "--term", 1)
    call(
        program,
        "print",
        "results",
        "--data",
        school,
        "--class",
        "9A1",
        "--term",
        1,
        "-o",
        BUILD / "smoke.pdf",
    )
    call(program, "doctor", "--data", school)
    call(program, "--data", school, "--measure")
    size = sum(
        file.stat().st_size
        for file in (dist / "edudesk").rglob("*")
        if file.is_file() and not file.is_symlink()
    )
    print(f"{program.parent}: {size / 1e6:.0f} MB")


def lock(_args: argparse.Namespace, _extra: Sequence[str]) -> None:
    """Make the hash-locked pins anew from pyproject.toml. Needs uv on the path or in .venv."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(python().parent))
    if uv is None:
        raise Stop("uv is needed for this: pip install uv")
    options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate".split()
    options += ["--custom-compile-command", "python3 packaging/dev.py lock", "--quiet", "pyproject.toml"]
    for name, more in (
        ("runtime", ()),
        ("dev", ("--group", "dev", "-c", "packaging/requirements/runtime.txt")),
    ):
        call(uv, "pip", "compile", *options, *more, "-o", f"packaging/requirements/{name}.txt")


# -- calling


def edudesk(*words: object) -> None:
    """The program itself, from the source."""
    call(python(), "-m", "edudesk", *words)


def tool(name: str) -> Path:
    """A console script of the environment."""
    return python().parent / (f"{name}.exe" if WINDOWS else name)


def call(*command: object) -> None:
    """Run a program from the project's folder, offscreen where there is no display. Raises CalledProcessError."""
    words = [str(word) for word in command]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    if not WINDOWS and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    subprocess.run(words, cwd=ROOT, env=environment, check=True)


def _shown(command: Sequence[object]) -> str:
    return " ".join(map(str, command))


VERBS = {
    "run": (run, "open the window on a demo school (pictures of every page where there is no display)"),
    "test": (test, "run the tests; more words go to pytest"),
    "check": (check, "format, lint, types, import contract, coverage floors, catalogs"),
    "bench": (bench, "time what must be quick"),
    "build": (build, "make the one-folder program for this system and try it"),
    "lock": (lock, "make the hash-locked pins anew"),
}

if __name__ == "__main__":
    sys.exit(main())
