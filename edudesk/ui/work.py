"""Long work off the screen's thread: one job at a time, its progress, its end, and a way to stop it.

A job opens its own Database (`db.clone()` in the job); results come back in the screen's thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from edudesk.kernel.errors import Cancelled, Failure
from edudesk.kernel.progress import Progress

Failed = Callable[[Failure], object]
PACE = 0.1  # seconds between two reports


@dataclass(slots=True)
class Job:
    """One piece of work: what it is called, how it reports, what happens after it."""

    title: str
    run: Callable[[Progress], Any]
    done: Callable[[Any], object]
    failed: Failed | None
    progress: Progress


class Work(QObject):
    """`started(title)`, `stepped(done, total, what)` at most ten times a second, `ended()`, `broke(Failure)`."""

    started = Signal(str)
    stepped = Signal(int, int, str)
    ended = Signal()
    broke = Signal(object)
    _came_home = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._last = 0.0
        self._closed = False
        self._came_home.connect(self._home)

    def run(
        self,
        title: str,
        job: Callable[[Progress], Any],
        done: Callable[[Any], object] = lambda _result: None,
        *,
        failed: Failed | None = None,
    ) -> None:
        """Do `job(progress)` in the background, then `done(result)` here; `failed` gets what went wrong in words."""
        self._waiting.append(Job(title, job, done, failed, Progress(self._report)))
        if self._job is None:
            self._next()

    @property
    def busy(self) -> bool:
        """Whether something is being done or waits to be."""
        return self._job is not None or bool(self._waiting)

    def cancel(self) -> None:
        """Ask the job that runs to stop at its next step."""
        if self._job is not None:
            self._job.progress.cancel()

    def close(self) -> None:
        """Drop what waits, stop what runs, and wait for it to stop; what it brings is not wanted any more."""
        self._closed = True
        self._waiting.clear()
        self.cancel()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _next(self) -> None:
        if not self._waiting:
            return
        self._job = self._waiting.popleft()
        self._last = 0.0
        self.started.emit(self._job.title)
        self._thread = threading.Thread(target=self._labour, args=(self._job,), daemon=True)
        self._thread.start()

    def _labour(self, job: Job) -> None:
        try:
            result, error = job.run(job.progress), None
        except BaseException as wrong:  # noqa: BLE001 - brought home and raised there
            result, error = None, wrong
        self._came_home.emit(job, result, error)

    def _home(self, job: Job, result: object, error: BaseException | None) -> None:
        self._job, self._thread = None, None
        if self._closed:
            return
        self.ended.emit()
        self._next()
        if error is None:
            job.done(result)
        elif isinstance(error, Cancelled):
            return
        elif isinstance(error, Failure):
            (job.failed or self.broke.emit)(error)
        else:
            raise error

    def _report(self, done: int, total: int, what: str) -> None:
        now = monotonic()
        if now - self._last >= PACE or done == total:
            self._last = now
            self.stepped.emit(done, total, what)
