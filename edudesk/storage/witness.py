"""The witness: a few bytes beside the database that say which Step was the last to be acknowledged.

Should the write-ahead files of database and tail be lost, both look whole and end early; the witness tells that
something is missing, and how much. It reaches the disk with the tail, some seconds after a commit at most.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from edudesk.storage.connection import Connection
from edudesk.storage.places import TAIL, WITNESS
from edudesk.storage.tail_file import read_end

_SLOT = 192  # bytes; two slots are written in turn, so that a torn one leaves the one before


@dataclass(frozen=True, slots=True)
class Promise:
    """That a Step was acknowledged in an epoch: its number, and its id where that is known."""

    epoch: str
    number: int
    step: str = ""


def write_witness(folder: Path, promise: Promise) -> None:
    """Remember a Step that was committed. What goes wrong with it stops nothing."""
    words = f"{promise.epoch} {promise.number} {promise.step}"
    line = f"{words} {_sum(words)}".encode().ljust(_SLOT - 1) + b"\n"
    with suppress(OSError):
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(folder / WITNESS, flags, 0o600)
        try:
            os.lseek(handle, promise.number % 2 * _SLOT, os.SEEK_SET)
            os.write(handle, line)
        finally:
            os.close(handle)


def read_witness(folder: Path) -> Promise | None:
    """The newest Step it tells of; None without one, or when it cannot be read."""
    try:
        text = (folder / WITNESS).read_bytes()[: 2 * _SLOT]
    except OSError:
        return None
    promises = [promise for slot in (text[:_SLOT], text[_SLOT:]) if (promise := _read(slot)) is not None]
    return max(promises, key=lambda promise: promise.number, default=None)


def _read(slot: bytes) -> Promise | None:
    words = slot.decode("ascii", errors="replace").split()
    if len(words) != 4 or _sum(" ".join(words[:3])) != words[3]:
        return None
    return Promise(words[0], int(words[1]), words[2])


def _sum(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def promised(folder: Path, key: bytes) -> tuple[Promise, ...]:
    """What the tail and the witness of a folder tell was acknowledged. Ask before the database is read: a Step that
    another process commits in between must not look like one that is missing."""
    epoch, number = read_end(folder / TAIL, key)
    seen = (Promise(epoch, number), read_witness(folder))
    return tuple(promise for promise in seen if promise is not None and promise.number)


def missing(connection: Connection, epoch: str, promises: tuple[Promise, ...]) -> int:
    """How many acknowledged Steps of its epoch the database lacks; at least 1 where its own Step of a number is
    another one."""
    last = int(connection.execute("select coalesce(max(n), 0) from journal_step").fetchone()[0])
    lacking = 0
    for promise in promises:
        if promise.epoch != epoch:
            continue
        own = connection.execute("select id from journal_step where n = ?", (promise.number,)).fetchone()
        strange = own is not None and promise.step not in ("", own[0])
        lacking = max(lacking, promise.number - last, int(strange))
    return lacking
