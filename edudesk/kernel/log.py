"""The program's log: what went wrong and where in the code, never whose marks they were.

A file of the user (`edudesk.log`), turned over when it grows. Words of an error that may hold names, marks or paths are
written as their shape (“Lò Thị Ánh 8,5” becomes “xx xxx xxx 0,0”); Python's own words about its code are kept.
"""

from __future__ import annotations

import faulthandler
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from edudesk import __version__
from edudesk.kernel import clock
from edudesk.kernel.paths import user_data_dir
from edudesk.kernel.text import visible

NAME, BEFORE = "edudesk.log", "edudesk-1.log"
MOST = 256 * 1024  # bytes, then a new one is begun; the one before is kept
_OF_CODE = (AttributeError, NameError, ImportError, NotImplementedError, AssertionError)


def log_file() -> Path:
    """Where it lies for this user."""
    return user_data_dir() / NAME


def shape(text: str) -> str:
    """A text with every letter as x and every digit as 0."""
    return "".join("x" if letter.isalpha() else "0" if letter.isdigit() else letter for letter in text)


def write_line(words: str) -> Path | None:
    """Add a line with the time; answers the file, None when the disk does not let us."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > MOST:
            path.replace(path.with_name(BEFORE))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{clock.now():%Y-%m-%d %H:%M:%S} {_plain(words)}\n")
    except OSError:
        return None
    return path


def _plain(words: str) -> str:
    """Lines as they were, without letters that would hide or turn round what is written."""
    return "\n".join(map(visible, words.split("\n")))


def write_start(what: str) -> Path | None:
    """A window or a command begins: the program's version and the system's."""
    system = ".".join(map(str, getattr(sys, "getwindowsversion", lambda: ())()[:3]))  # of Windows alone
    return write_line(f"start {what} · EduDesk {__version__} · {sys.platform} {system}".rstrip())


def write_bug(error: BaseException, trace: TracebackType | None = None) -> Path | None:
    """A bug with the places in the code it came through, and what it came from."""
    places = traceback.extract_tb(trace or error.__traceback__)
    lines = [f"bug {_error_text(error)}"]
    lines += [f"    {_short(place.filename)}:{place.lineno} {place.name}" for place in places]
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines.append(f"    from {_error_text(cause)}")
    return write_line("\n".join(lines))


@contextmanager
def crashes_watched() -> Iterator[None]:
    """While inside, an end that Python cannot catch leaves its trace too. For the window."""
    path = write_start("window")
    if path is None:
        yield
        return
    before = faulthandler.is_enabled()
    with path.open("a", encoding="utf-8") as file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
    if before:
        faulthandler.enable()


def _error_text(error: BaseException) -> str:
    words = str(error) if isinstance(error, _OF_CODE) else shape(str(error))
    return f"{type(error).__name__}: {' '.join(words.split())}"


def _short(filename: str) -> str:
    """The end of a path: where a program lies may hold a person's name."""
    return "/".join(Path(filename).parts[-3:])
