"""The strip that shows long work: what, how much, how long, and Cancel."""

from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from edudesk.kernel.words import _
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY
from edudesk.ui.work import Work

WAIT, STAY = 400, 600  # milliseconds before it appears, and for which it then stays


class WorkStrip(QFrame):
    """Above the status line while a job of `work` runs longer than a moment."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setProperty("face", "banner")
        self._work = work
        self.title = label("", points=BODY, bold=True)
        self.figures = label("", role="text2")
        self.gauge = QProgressBar()
        self.gauge.setTextVisible(False)
        self.gauge.setAccessibleName(_("Tiến độ"))
        self.what = label("", role="text2")
        self.cancel = button(_("Hủy"), on=self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(16)
        row.addLayout(stack(bar_of(self), self.gauge, self.what, spacing=5), 1)
        row.addWidget(self.cancel)
        self._began = 0.0
        self._appear = QTimer(self, singleShot=True, interval=WAIT)
        self._appear.timeout.connect(self._show)
        self._leave = QTimer(self, singleShot=True, interval=STAY)
        self._leave.timeout.connect(self._hide)
        work.started.connect(self._start)
        work.stepped.connect(self._step)
        work.ended.connect(self._end)
        self.hide()

    def _start(self, title: str) -> None:
        self.title.setText(title)
        self.figures.clear()
        self.what.setText(_("Đang bắt đầu…"))
        self.gauge.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._began = monotonic()
        self._leave.stop()
        self._appear.start()

    def _step(self, done: int, total: int, what: str) -> None:
        self.gauge.setRange(0, max(total, 1))
        self.gauge.setValue(done)
        left = (monotonic() - self._began) * (total - done) / done if done else 0.0
        message = _("{done} trên {total}").format(done=done, total=total)
        if left >= 1:
            message += " · " + _("còn khoảng {n} giây").format(n=round(left))
        self.figures.setText(message)
        self.what.setText(what)

    def _end(self) -> None:
        self._appear.stop()
        self._leave.start()

    def _show(self) -> None:
        self.show()

    def _hide(self) -> None:
        if not self._work.busy:
            self.hide()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.what.setText(_("Đang dừng…"))
        self._work.cancel()


def bar_of(strip: WorkStrip) -> QFrame:
    """The line over the gauge: the title left, the figures right."""
    line = QFrame()
    line.setLayout(bar(strip.title, None, strip.figures))
    return line
