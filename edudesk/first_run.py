"""The first window of somebody without a school: make one, open a backup, or look at the sample school."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from edudesk.kernel import clock
from edudesk.kernel.calendar import school_year_of
from edudesk.slices import new_school


def first_run(folder: Path) -> bool:
    """Let somebody without a school make one, or look at the sample school. False when they went away."""
    from edudesk.school.store import SAMPLE
    from edudesk.school.store_setup import set_up
    from edudesk.school.view_setup import Start, run_setup

    def make(start: Start) -> None:
        with new_school(folder) as db:
            set_up(db, name=start.name, levels=start.levels, year=start.year, place=start.place)

    def sample() -> None:
        from edudesk.demo.build import make_demo

        with new_school(folder) as db:
            make_demo(db, year=school_year_of(clock.today()))
            db.set_local(SAMPLE, True)

    def restore(backup: Path) -> None:
        from edudesk.storage.backups.restore import restore_new

        restore_new(folder, backup)

    return run_setup(make, sample, restore)


def first_window() -> QWidget:
    """The first window, only to look at."""
    from edudesk.school.view_setup import SetUp

    return SetUp(lambda _start: None, lambda: None, lambda _path: None)
