"""The PC's clock, asked in one place: for days and moments people read. No rule orders anything by it."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The moment, as the clock on this PC's wall shows it."""
    return dt.datetime.now()


def today() -> dt.date:
    """The day."""
    return now().date()


def wall_time() -> str:
    """The moment with its offset, to the second: what is written beside an action, for people."""
    return now().astimezone().isoformat(timespec="seconds")
