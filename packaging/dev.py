"""One script for whoever works on EduDesk: run, test, check, bench, lock. Standard library only; Linux and Windows.

Each verb makes what it needs on a fresh machine: `.venv` from the hash-locked pins, Debian's libraries for Qt, the
compiled message catalogs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from build_program import build_program
from machine import BUILD, LOCALE, ROOT, WINDOWS, Stop, call, edudesk, prepare, python, tool

FULL_COVERAGE = (
    "edudesk/kernel/*",
    "edudesk/*/rules*.py",
    "edudesk/*/*/rules*.py",
    "edudesk/gradebook/rules/*.py",
    "edudesk/storage/journal.py",
    "edudesk/storage/undo.py",
)


def main() -> int:
    """Read the verb and do it."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, (_deed, words) in VERBS.items():
        one = verbs.add_parser(name, help=words)
        if name == "test":
            one.add_argument("--long", action="store_true", help="also the tests that take minutes")
        if name == "build":
            one.add_argument("--windows", action="store_true", help="for Windows, made and tried under Wine")
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
    """The suite on every core, with coverage of each core's process."""
    prepare()
    (BUILD / "coverage").mkdir(parents=True, exist_ok=True)
    for old in (BUILD / "coverage").glob("data*"):
        old.unlink()
    choice = ["-m", "long or not long"] if args.long else []
    os.environ["EDUDESK_COVERAGE"] = str(ROOT / "pyproject.toml")
    call(python(), "-m", "pytest", "-q", "-n", "auto", *choice, *extra)
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
    for name, action in checks.items():
        print(f"-- {name}", flush=True)
        try:
            action()
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
    call(python(), ROOT / "packaging" / "catalogs.py", *catalogs)


def bench(_args: argparse.Namespace, extra: Sequence[str]) -> None:
    """Time what the project promises to be quick."""
    prepare()
    call(python(), ROOT / "packaging" / "benchmarks" / "bench.py", *extra)
    call(python(), ROOT / "packaging" / "benchmarks" / "assets.py")


def build(args: argparse.Namespace, _extra: Sequence[str]) -> None:
    """The one-folder program for this system, or for Windows from Debian, made, measured and tried."""
    prepare()
    build_program(windows=args.windows)


def lock(_args: argparse.Namespace, _extra: Sequence[str]) -> None:
    """Make the hash-locked pins anew from pyproject.toml. Needs uv on the path or in .venv."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(python().parent))
    if uv is None:
        raise Stop("uv is needed for this: pip install uv")
    options = "--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate".split()
    options += ["--custom-compile-command", "python3 packaging/dev.py lock", "--quiet"]
    same = ("-c", "packaging/requirements/dev.txt")
    for name, more in (
        ("runtime", ("--universal",)),
        ("dev", ("--universal", "--group", "dev", "-c", "packaging/requirements/runtime.txt")),
        ("windows", ("--python-platform", "x86_64-pc-windows-msvc", "--group", "build", *same)),
        ("windows-python", ("--python-platform", "x86_64-pc-windows-msvc", "--group", "windows-python")),
    ):
        source = () if name == "windows-python" else ("pyproject.toml",)
        call(uv, "pip", "compile", *options, *source, *more, "-o", f"packaging/requirements/{name}.txt")


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
