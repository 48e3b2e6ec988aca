"""Tries a built program as a person would: every command that matters on data with Vietnamese names, and the window.

Each trial is a row of the report: what was done, how long it took, what came out. A row that is not fine fails the build.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from build_target import Target, end, settled_picture
from machine import ROOT, WINDOWS, python

Done = subprocess.CompletedProcess[str]
NEWCOMERS = "STT;Họ và tên;Ngày sinh;Giới tính;Lớp\n1;Vàng Thị Thử;05/03/2012;Nữ;9A1\n2;Đặng Văn Nghiệm;17/11/2012;Nam;9A1\n"
LOCKING = ("--class", "9A1", "--term", 1, "--reason", "thử")
STARTS = 7  # the first warms the disk and is not counted
IDLE = 12  # seconds a window is left alone before its memory is read
PATIENCE = 90  # seconds for a window to settle


@dataclass
class Row:
    """One thing tried."""

    title: str
    seconds: float
    fine: bool
    said: str


@dataclass
class Trial:
    """A program in a folder, on a target, and what came of trying it."""

    target: Target
    folder: Path
    rows: list[Row] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def verb(self, *words: object, expects: Callable[[Done], str], title: str = "") -> Done:
        """One command; `expects` answers what to say of it, or fails an assertion."""
        begun = time.monotonic()
        done = self.target.run(self.target.console(self.folder), *words)
        name = title or "edudesk-cli " + " ".join(w.name if isinstance(w, Path) else str(w) for w in words)
        self.judge(name, begun, lambda: expects(done), done)
        return done

    def judge(self, title: str, begun: float, style: Callable[[], str], done: Done | None = None) -> None:
        """Add a row: fine with what `look` answers, or not with why."""
        seconds = time.monotonic() - begun
        try:
            row = Row(title, seconds, True, style())
        except (AssertionError, OSError, ValueError, KeyError) as wrong:
            said = f"{wrong!r} {(done.stdout + done.stderr)[-600:] if done else ''}"
            row = Row(title, seconds, False, " ".join(said.split()))
        self.rows.append(row)
        print(
            f"  {'ok  ' if row.fine else 'FAIL'} {row.seconds:6.1f} s  {row.title}  {row.said[:100]}",
            flush=True,
        )


def fine(done: Done) -> str:
    """Exit code 0 and nothing said on standard error; the last line it printed."""
    assert done.returncode == 0, f"exit code {done.returncode}"
    assert not errors(done), "something on standard error"
    return (done.stdout.strip().splitlines() or [""])[-1]


def errors(done: Done) -> str:
    """Standard error without what a bare X server lacks."""
    return "\n".join(line for line in done.stderr.splitlines() if "propagateSizeHints" not in line)


def read(done: Done) -> dict[str, object]:
    fine(done)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def try_verbs(trial: Trial, work: Path) -> Path:
    """The command line on a new demo school; answers its folder."""
    shutil.rmtree(work, ignore_errors=True)
    school = work / "Trường Thử Nghiệm" / "dữ liệu"
    school.parent.mkdir(parents=True)
    where = ("--data", school)
    newcomers, paper, kept = work / "học sinh mới.csv", work / "kết quả.pdf", work / "bản lưu.edubak"
    newcomers.write_text(NEWCOMERS, encoding="utf-8-sig")
    trial.verb("demo", "--out", school, "--pupils", 120, expects=fine)
    trial.verb("import", "students", newcomers, *where, "--json", expects=lambda d: count(d, added=2))
    listed = work / "học sinh.xlsx"
    trial.verb("export", "students", *where, "-o", listed, expects=lambda d: file_of(d, listed, b"PK"))
    trial.verb("import", "students", listed, *where, "--json", expects=lambda d: count(d, added=0))
    of_class = ("--class", "9A1", "--term", 1)
    trial.verb("results", *where, *of_class, expects=fine)
    trial.verb(
        "print", "results", *where, *of_class, "-o", paper, expects=lambda d: file_of(d, paper, b"%PDF")
    )
    trial.verb("labs", "check", *where, "--json", expects=lambda d: f"{len(str(read(d)))} characters")
    trial.verb("dx", "score", *where, "--json", expects=lambda d: f"{len(str(read(d)))} characters")
    trial.verb("backup", *where, "-o", kept, expects=lambda d: file_of(d, kept, b""))
    book = work / "sổ tay.pdf"
    trial.verb("handbook", "-o", book, expects=lambda d: file_of(d, book, b"%PDF"))
    again = work / "khôi phục"
    trial.verb("restore", kept, "--data", again, expects=fine)
    trial.verb("doctor", "--data", again, expects=fine)
    trial.verb("doctor", *where, expects=fine)
    return school


def count(done: Done, *, added: int) -> str:
    found = read(done)
    assert found["added"] == added and not found["refused"], found
    return f"added {found['added']}, unchanged {found['unchanged']}, refused 0"


def file_of(done: Done, file: Path, head: bytes) -> str:
    fine(done)
    assert file.read_bytes().startswith(head), f"{file.name} does not begin with {head!r}"
    return f"{file.name}: {file.stat().st_size / 1000:.0f} kB"


def open_next_time(school: Path, page: str) -> None:
    """What the window shows when it is opened the next time; written by the source, the file is the same."""
    words = "import sys; from pathlib import Path; from edudesk.slices import open_school\n"
    words += "with open_school(Path(sys.argv[1])) as db: db.set_local('shell.page', sys.argv[2])"
    subprocess.run([str(python()), "-c", words, str(school), page], cwd=ROOT, check=True)


def try_start(trial: Trial, school: Path, display: str) -> None:
    """From the click to the painted gradebook, again and again; the median of the warm starts is told."""
    open_next_time(school, "gradebook")
    begun, found = time.monotonic(), []
    for _n in range(STARTS):
        program = trial.target.console(trial.folder)
        done = trial.target.run(program, "--data", school, "--measure", **on(display))
        found.append(read(done))
    warm = [float(str(one["painted"])) for one in found[1:]]
    trial.figures["start_ms"] = statistics.median(warm)
    trial.figures["memory_painted_mb"] = statistics.median(float(str(one["memory_mb"])) for one in found[1:])
    shown = f"median {statistics.median(warm):.0f} ms of {', '.join(f'{ms:.0f}' for ms in sorted(warm))}"
    trial.judge("start to the painted gradebook, warm", begun, lambda: shown)


def on(display: str) -> dict[str, str]:
    """A real window on that screen."""
    return {} if WINDOWS else {"DISPLAY": display, "QT_QPA_PLATFORM": "" if display else "offscreen"}


def try_window(trial: Trial, school: Path, display: str, log: Path) -> None:
    """The window itself: a picture of it, what it holds in memory when left alone, that it is there once, its log."""
    picture = trial.target.out / "window.png"
    begun = time.monotonic()
    more = {**on(display), **({} if trial.target.windows else {"QT_QPA_PLATFORM": "xcb"})}
    command = trial.target.command(trial.target.program(trial.folder), "--data", school)
    window = subprocess.Popen(
        command,
        env=trial.target.environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        settled_picture(display, picture, seconds=PATIENCE)
        trial.judge("a window with its picture", begun, lambda: seen(picture))
        time.sleep(IDLE)
        trial.figures["memory_idle_mb"] = resident(window.pid, trial.target)
        busy = trial.target.run(trial.target.console(trial.folder), "lock", "--data", school, *LOCKING)
        trial.judge("a second writer is refused", begun, lambda: refused(busy))
        trial.judge("the window's log, in words", begun, lambda: logged(log))
    finally:
        end(window)


def refused(done: Done) -> str:
    assert done.returncode == 4, f"exit code {done.returncode}"
    assert errors(done).startswith("BUSY: "), "no sentence"
    return errors(done).strip()[:80]


def logged(log: Path) -> str:
    last = log.read_text(encoding="utf-8").splitlines()[-1]
    assert "start window" in last, last
    return last


def seen(picture: Path) -> str:
    size = picture.stat().st_size
    assert size > 20_000, f"the picture is empty ({size} bytes)"
    return picture.name


def resident(process: int, target: Target) -> float:
    """Megabytes a process holds; under Wine the process that has the program's name."""
    if WINDOWS:
        return 0.0
    found = [Path("/proc", str(process))]
    if target.wine:
        found = [one for one in Path("/proc").glob("[0-9]*") if "edudesk.exe" in _name(one)]
    kilobytes = [re.search(r"VmRSS:\s+(\d+)", (one / "status").read_text()) for one in found]
    return max((int(match[1]) / 1024 for match in kilobytes if match), default=0.0)


def _name(process: Path) -> str:
    try:
        return (process / "cmdline").read_text()
    except OSError:
        return ""
