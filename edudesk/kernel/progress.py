"""How long work says what it does, and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable

from edudesk.kernel.errors import Cancelled


class Progress:
    """Given to a job; `step` reports and raises Cancelled once somebody has asked for it."""

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        self._report = report
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the job to stop at its next step. Safe from any thread."""
        self._cancelled = True

    def step(self, done: int, total: int, what: str = "") -> None:
        """`done` of `total` pieces are finished; `what` is being worked on."""
        if self._cancelled:
            raise Cancelled
        if self._report is not None:
            self._report(done, total, what)


SILENT = Progress()
