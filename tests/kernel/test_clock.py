"""The clock of the PC, asked in one place."""

from __future__ import annotations

import datetime as dt

import pytest

from edudesk.kernel import clock


def test_the_moment_the_day_and_the_wall_time_are_those_of_one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 22, 7, 8, 9))
    assert clock.today() == dt.date(2026, 11, 22)
    assert (
        clock.wall_time().startswith("2026-11-22T07:08:09")
        and dt.datetime.fromisoformat(clock.wall_time()).tzinfo
    )
