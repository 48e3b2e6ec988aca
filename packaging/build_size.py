"""What the program weighs, file by file, and what it may weigh. Standard library only."""

from __future__ import annotations

from pathlib import Path

MEGABYTE = 1_000_000
BUDGETS = {"installer_mb": 45.0, "folder_mb": 110.0, "start_ms": 700.0, "memory_idle_mb": 150.0}
# Linux's folder carries what Windows has in its system: ICU's code, X11, the C++ library, Kerberos.
LINUX_BUDGETS = {**BUDGETS, "folder_mb": 125.0}
# Wine keeps a copy of each library in memory and answers for each file itself: its time and memory are not Windows'.
WINE_BUDGETS = {key: BUDGETS[key] for key in ("installer_mb", "folder_mb")}
TIMED = ("start_ms",)  # told, and never what a build fails by: a busy machine is no fault of the program
WORDS = {
    "installer_mb": "installer, MB",
    "folder_mb": "folder, MB",
    "portable_mb": "portable zip, MB",
    "start_ms": "start to the painted gradebook, warm, ms",
    "memory_painted_mb": "memory when painted, MB",
    "memory_idle_mb": "memory when left alone, MB",
}
LISTED = 40


def files(folder: Path) -> list[tuple[int, str]]:
    """(bytes, name) of every file, the largest first; links count nothing."""
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(
        ((path.stat().st_size, path.relative_to(folder).as_posix()) for path in found), reverse=True
    )


def megabytes(folder: Path) -> float:
    return sum(size for size, _name in files(folder)) / MEGABYTE


def list_files(folder: Path) -> list[str]:
    """Lines for people: the largest files, and the rest in one line."""
    found = files(folder)
    lines = [f"{size / MEGABYTE:7.2f} MB  {name}" for size, name in found[:LISTED]]
    rest = sum(size for size, _name in found[LISTED:])
    return [*lines, f"{rest / MEGABYTE:7.2f} MB  {max(0, len(found) - LISTED)} smaller files"]


def over(figures: dict[str, float], budgets: dict[str, float]) -> list[str]:
    """Every budget that is not kept, in words."""
    return [
        f"{WORDS[key]}: {figures[key]:.1f}, not more than {most:.0f}"
        for key, most in budgets.items()
        if figures.get(key, 0) > most
    ]
