"""`dev.py build`: the one-folder program made, weighed, packed and tried, with a report. Standard library only."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import sys
import sysconfig
from contextlib import nullcontext
from pathlib import Path

import build_wine
from build_elf import slim
from build_installed import try_installed
from build_licences import FILE as LICENCES
from build_licences import write_licences
from build_resource import version
from build_size import BUDGETS, LINUX_BUDGETS, TIMED, WINE_BUDGETS, WORDS, list_files, megabytes, over
from build_smoke import Trial, try_start, try_verbs, try_window
from build_target import LINUX, NATIVE_WINDOWS, UNDER_WINE, Target, screen
from build_windows import make_installer, make_portable, size_of
from machine import ROOT, WINDOWS, Stop, call, debian_packages, python

QUIET = ("--noconfirm", "--clean", "--log-level", "ERROR")
SPEC = ROOT / "build_installer.spec"


def build_program(*, windows: bool) -> None:
    """Everything of one target, from the sources to the report. Raises Stop with all that is not as promised."""
    target = UNDER_WINE if windows and not WINDOWS else NATIVE_WINDOWS if WINDOWS else LINUX
    if target.wine:
        build_wine.ready()
    else:
        debian_packages(("xvfb", "xauth", "binutils"), why="the program is tried in a window nobody sees")
    made = _made(target)
    dist = _frozen(target, made)
    trial = Trial(target, dist)
    trial.figures["folder_mb"] = megabytes(dist)
    _try(trial, made)
    budgets = WINE_BUDGETS if target.wine else BUDGETS if target.windows else LINUX_BUDGETS
    hard = {key: most for key, most in budgets.items() if key not in TIMED}
    wrong = over(trial.figures, hard) + [f"{row.title}: {row.said}" for row in trial.rows if not row.fine]
    slow = over(trial.figures, {key: most for key, most in budgets.items() if key in TIMED})
    report = _report(trial, dist, [*wrong, *slow])
    print(f"Report: {report}", *(f"Slower here than promised: {one}" for one in slow), sep="\n")
    if wrong:
        raise Stop("not as promised:\n  " + "\n  ".join(wrong))


def _made(target: Target) -> Path:
    """What the program's folder needs besides code: icon, pictures of the handbook, licences."""
    made = target.out / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    call(python(), ROOT / "packaging" / "handbook.py")
    call(python(), ROOT / "packaging" / "icon.py", made / "edudesk.ico", target.out / "icon.png")
    write_licences(made / "licences", site=_site(target), python_licence=_python_licence(target))
    return made


def _site(target: Target) -> Path:
    if target.wine:
        return build_wine.PYTHON / "Lib" / "site-packages"
    return python().parents[1] / Path(sysconfig.get_path("purelib")).relative_to(sysconfig.get_path("data"))


def _python_licence(target: Target) -> Path:
    base = Path(sys.base_prefix)
    places = (base / "LICENSE.txt", Path(sysconfig.get_path("stdlib")) / "LICENSE.txt")
    debian = tuple(Path("/usr/share/doc").glob("python3*/copyright"))
    found = (build_wine.PYTHON / "LICENSE.txt",) if target.wine else (*places, *debian)
    return next(one for one in found if one.is_file())


def _frozen(target: Target, made: Path) -> Path:
    """PyInstaller's folder, without debug symbols, with the licences where people see them."""
    print(f"-- {target.name}: one folder", flush=True)
    paths = {"--distpath": target.out / "dist", "--workpath": target.out / "work"}
    options: list[object] = [*QUIET]
    for name, path in paths.items():
        options += [name, target.said(path)]
    os.environ["EDUDESK_MADE"] = target.said(made)
    if target.wine:
        build_wine.pyinstaller([*options, target.said(SPEC)])
    else:
        call(python(), "-m", "PyInstaller", *options, SPEC)
    dist = target.out / "dist" / "edudesk"
    if not target.windows:
        slim(dist, target.out / "work")
    shutil.copy(made / "licences" / LICENCES, dist / LICENCES)
    return dist


def _try(trial: Trial, made: Path) -> None:
    """Packed where there is something to pack, then run: installed on Windows, from its folder on Linux."""
    out = trial.target.out
    if trial.target.windows:
        print("-- installer and portable copy", flush=True)
        icon = made / "edudesk.ico"
        installer, portable = make_installer(trial.folder, out, icon), make_portable(trial.folder, out)
        trial.figures["installer_mb"], trial.figures["portable_mb"] = size_of(installer), size_of(portable)
        with screen() as display, build_wine.alive() if trial.target.wine else nullcontext():
            try_installed(trial, installer, portable, icon, display)
        return
    print("-- trying it", flush=True)
    school = try_verbs(trial, out / "trial")
    with screen() as display:
        try_start(trial, school, "")
        try_window(trial, school, display, out / "home" / "edudesk" / "edudesk.log")


def _report(trial: Trial, dist: Path, wrong: list[str]) -> Path:
    """What was made and tried, for people."""
    now = dt.datetime.now().strftime("%d/%m/%Y %H:%M")
    where = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores"
    lines = [f"# EduDesk {version()} for {trial.target.name}", "", f"{now}, made and tried on {where}"]
    lines[-1] += (", under Wine (which is not Windows)." if trial.target.wine else ".") + "\n"
    lines += [f"- {WORDS.get(key, key)}: {value:.1f}" for key, value in sorted(trial.figures.items())]
    lines += (
        ["", "**Not as promised:**", *(f"- {one}" for one in wrong)] if wrong else ["", "All as promised."]
    )
    lines += ["", "## Tried", "", "| | s | | |", "|---|---|---|---|"]
    for row in trial.rows:
        told = row.said.replace("|", "/")
        lines.append(f"| {row.title} | {row.seconds:.1f} | {'ok' if row.fine else '**FAIL**'} | {told} |")
    lines += ["", "## What is inside, largest first", "", "```", *list_files(dist), "```", ""]
    report = trial.target.out / "report.md"
    report.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(list_files(dist)))
    return report
