"""Where a built program runs: here as it is, or a Windows program under Wine. Standard library only."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import build_wine
from machine import BUILD, ROOT, WINDOWS, python

SCREEN = "1366x768x24"
CLOSING = 30  # seconds a window may take to close


@dataclass(frozen=True)
class Target:
    """`out` is where everything of this build lies; `wine` says that the program is a Windows program run by Wine."""

    name: str
    out: Path
    wine: bool = False

    @property
    def windows(self) -> bool:
        return self.wine or WINDOWS

    def program(self, folder: Path) -> Path:
        """The window's program in a folder."""
        return folder / ("edudesk.exe" if self.windows else "edudesk")

    def console(self, folder: Path) -> Path:
        """The program of the command line, whose streams can be read."""
        return folder / ("edudesk-cli.exe" if self.windows else "edudesk")

    def said(self, path: Path) -> str:
        """A path as the program is told it."""
        return build_wine.seen(path) if self.wine else str(path)

    def command(self, program: Path, *words: object) -> list[str]:
        told = [self.said(word) if isinstance(word, Path) else str(word) for word in (program, *words)]
        return ["wine", *told] if self.wine else told

    def environment(self, **more: str) -> dict[str, str]:
        """A user's own: nothing of the project's, a home of its own on Linux."""
        if self.wine:
            return {**build_wine.environment(), **more}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
        home = {} if WINDOWS else {"XDG_DATA_HOME": str(self.out / "home"), "QT_QPA_PLATFORM": "offscreen"}
        return {**kept, **home, **more}

    def run(
        self, program: Path, *words: object, timeout: float = 600, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """To its end, with its streams."""
        return subprocess.run(
            self.command(program, *words),
            env=self.environment(**more),
            cwd=ROOT,
            input="",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )


LINUX = Target("linux", BUILD / "linux")
NATIVE_WINDOWS = Target("windows", BUILD / "windows")
UNDER_WINE = Target("windows", BUILD / "windows", wine=True)


@contextmanager
def screen() -> Iterator[str]:
    """A screen of 1366×768 that nobody looks at; its name. Needs Xvfb; on Windows the PC's own."""
    if WINDOWS:
        yield ""
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    shown = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    before = os.environ.get("DISPLAY", "")
    try:
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield os.environ["DISPLAY"]
    finally:
        os.environ["DISPLAY"] = before
        shown.terminate()
        shown.wait()


def take_picture(display: str, file: Path) -> None:
    """The whole screen as a PNG, by the environment's own Qt."""
    looks = (
        "import sys; from PySide6.QtGui import QGuiApplication as A; a = A([]); "
        "sys.exit(not a.primaryScreen().grabWindow(0).save(sys.argv[1]))"
    )
    more = {} if WINDOWS else {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    command = [str(python()), "-c", looks, str(file)]
    subprocess.run(command, env={**kept, **more}, check=True, timeout=60, stderr=subprocess.DEVNULL)


def settled_picture(display: str, file: Path, *, seconds: float) -> None:
    """A picture once something is shown and two looks, two seconds apart, are the same."""
    empty = b""
    before = b"-"
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        take_picture(display, file)
        now = file.read_bytes()
        empty = empty or now
        if now == before and now != empty:
            return
        before = now
        time.sleep(2)


def end(window: subprocess.Popen[bytes]) -> None:
    """End a program that we started."""
    window.terminate()
    try:
        window.wait(CLOSING)
    except subprocess.TimeoutExpired:
        window.kill()
        window.wait()
