"""Backups on the screen: made every day by themselves, listed, gone back to after a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from edudesk.kernel.access import actor_words
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Failure
from edudesk.kernel.numbers import thousands
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.school.store import current_year
from edudesk.storage.backups.archive import Backup
from edudesk.storage.backups.backup import Made, choose_second_place, is_backup_due, make_backup, second_place
from edudesk.storage.backups.catalogue import WHY, age_words, list_backups, when
from edudesk.storage.backups.restore import (
    Preview,
    Staged,
    StepPreview,
    finish_restore,
    prepare_restore,
    preview_restore,
)
from edudesk.ui.cells import Chip
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import fit
from edudesk.ui.parts import bar, button, label, set_role, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE

HOURLY = 3_600_000  # ms between two looks whether a new day has come
WIDTH = 520
NAMED = (
    "mark",
    "pupil",
    "subject_comment",
    "term_record",
)  # tables a preview names; the rest is counted together


class BackupKeeper(QObject):
    """Makes the day's backup, and one before a dangerous action; the desk hears after each how old the newest is."""

    made = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent or desk)
        self.desk = desk
        self._hourly = QTimer(self, interval=HOURLY)
        self._hourly.timeout.connect(self.check)

    def start(self) -> None:
        """After the first paint: make today's backup if there is none, and look again every hour."""
        self._hourly.start()
        self.check()

    def check(self) -> None:
        """Say how old the newest backup is, and make today's if it is not there."""
        self.say_age()
        if is_backup_due(self.desk.db, dt.date.today()):
            self.run("daily", failed=lambda failure: self.desk.toast(failure.sentence))

    def run(
        self,
        why: str,
        then: Callable[[], object] = lambda: None,
        *,
        failed: Callable[[Failure], object] | None = None,
    ) -> None:
        """Make a backup in the background, then do what it was for. A backup that fails is told, `then` is not done."""

        def job(progress: Progress) -> Made:
            with self.desk.db.clone() as db:
                return make_backup(db, why, progress=progress)

        def done(made: Made) -> None:
            self.say_age()
            self.made.emit()
            if made.problem is not None:
                self.desk.toast(made.problem.sentence)
            then()

        self.desk.work.run(
            _("Đang sao lưu"), job, done, failed=failed or (lambda no: self.desk.alert(no.problems))
        )

    def say_age(self) -> None:
        """Let the status line say how old the newest backup is."""
        words, tone = age_words(list_backups(self.desk.db.folder), dt.datetime.now())
        if self.desk.db.tail.behind:
            words = _("{backup} · nhật kí dự phòng đang chép bù").format(backup=words)
        self.desk.backed_up.emit(words, tone)


def _columns() -> list[Column]:
    return [
        Column("when", _("Lúc"), lambda backup: f"{when(backup):%H:%M  %d/%m/%Y}", 170, names=True),
        Column("why", _("Vì sao"), lambda backup: _(WHY.get(backup.manifest.why, backup.manifest.why)), 220),
        Column("sound", _("Tình trạng"), _state, 170, chip=_chip),
        Column("marks", _("Số dòng nhật kí"), _journal_rows, 130, "right"),
        Column("size", _("Cỡ tệp"), lambda backup: _size(backup.manifest.bytes), 90, "right"),
        Column("file", _("Tệp"), lambda backup: backup.path.name, 0),
    ]


def _journal_rows(backup: Backup) -> str:
    return thousands(backup.manifest.rows)


class BackupTab(QWidget):
    """The backups there are; make one, choose the second place, go back to one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.keeper = BackupKeeper(desk, self)
        self.keeper.made.connect(self._show_made)
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Các bản sao lưu"))
        self.table.opened.connect(self.preview)
        self.age, self.second = label(bold=True, points=BODY), label(role="text2")
        self.now = button(_("Sao lưu ngay"), kind="main", icon="disk", on=lambda: self.keeper.run("manual"))
        self.back = button(_("Khôi phục…"), on=lambda: self.preview(self.table.current()))
        self.table.enable_on_row(self.back)
        self.place = button(_("Chọn nơi thứ hai…"), icon="folder", on=self.choose_place)
        self.no_place = button(_("Thôi nơi thứ hai"), kind="ghost", on=lambda: self._place(None))
        column = stack(spacing=10)
        column.addLayout(bar(self.age, None, self.place, self.back, self.now))
        column.addLayout(bar(self.second, self.no_place, None))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the backups and their age."""
        backups = list_backups(self.desk.db.folder)
        text, tone = age_words(backups, dt.datetime.now())
        self.age.setText(text)
        set_role(self.age, "role", tone)
        place = second_place(self.desk.db)
        self.second.setText(_place_words(place))
        set_role(self.second, "role", "wait" if place is not None and not place.is_dir() else "text2")
        self.no_place.setVisible(place is not None)
        self.table.set_rows(backups, key=lambda x: x.path)
        if self.table.current() is None and backups:
            self.table.pick(backups[0].path)

    def _show_made(self) -> None:
        """The cursor goes to the backup that was just made."""
        self.refresh()
        if self.table.records:
            self.table.pick(self.table.records[0].path)

    def choose_place(self) -> None:
        """Let a folder on another drive be chosen."""
        name = QFileDialog.getExistingDirectory(self, _("Nơi sao lưu thứ hai: một ổ khác hoặc USB"))
        if name:
            self._place(Path(name))

    def preview(self, backup: Backup | None) -> None:
        """Tell what going back to a backup would take, and ask."""
        if backup is None:
            return

        def job(_progress: Progress) -> Preview:
            with self.desk.db.clone() as db:
                return preview_restore(db, backup.path)

        def ask(preview: Preview) -> None:
            dialog = RestoreDialog(preview, go=lambda: self.restore(backup))
            fit(dialog, WIDTH)
            dialog.open()

        self.desk.work.run(_("Đang so sánh với hiện tại"), job, ask, failed=self._failed)

    def restore(self, backup: Backup) -> None:
        """Back up the present, make the other ready, and let it take its place."""

        def job(progress: Progress) -> Staged:
            with self.desk.db.clone() as db:
                return prepare_restore(db, backup.path, progress=progress)

        self.desk.work.run(
            _("Đang khôi phục"), job, lambda staged: self._finish(staged, backup), failed=self._failed
        )

    def _finish(self, staged: Staged, backup: Backup) -> None:
        try:
            finish_restore(self.desk.db, staged)
        except Failure as no:
            self._failed(no)
            return
        self.desk.set_season(year=current_year(self.desk.db) or self.desk.year)
        self.desk.reread()
        self.refresh()
        self.keeper.say_age()
        self.desk.toast(_("Đã trở về bản sao lưu {moment}").format(moment=_moment(backup)))

    def _failed(self, failure: Failure) -> None:
        self.desk.alert(failure.problems)
        self.refresh()

    def _place(self, place: Path | None) -> None:
        self.desk.do(choose_second_place, place)
        self.refresh()


class RestoreDialog(QDialog):
    """What going back means; the button that does it names the action."""

    def __init__(self, preview: Preview, *, go: Callable[[], object]) -> None:
        super().__init__(QApplication.activeWindow())
        self._go = go
        moment = _moment(Backup(Path(), preview.manifest))
        title = _("Trở về lúc {moment}?").format(moment=moment)
        self.setWindowTitle(title)
        self.lines = [label(text, role=role, points=BODY) for text, role in _preview_lines(preview)]
        for line in self.lines:
            line.setWordWrap(True)
        column = stack(label(title, points=TITLE, bold=True), *self.lines, spacing=8, pad=(20, 16, 20, 16))
        self.yes = button(_("Sao lưu hiện tại rồi trở về"), kind="main", on=self._do)
        self.no = button(_("Thôi"), on=self.reject)
        self.no.setDefault(True)
        column.addSpacing(8)
        column.addLayout(bar(None, self.no, self.yes))
        self.setLayout(column)

    def _do(self) -> None:
        self.accept()
        self._go()


def _preview_lines(preview: Preview) -> list[tuple[str, str]]:
    """The lines of a preview with their roles."""
    lines = [_lost(preview), *_steps(preview.lost_last)]
    if preview.gained:
        lines.append((_("Lấy lại {n} việc đang không có:").format(n=preview.gained), "ok"))
        lines += _steps(preview.gained_last)
    lines += [(message, "") for message in _rows(preview.rows)]
    if not preview.manifest.sound:
        lines.append((_("Bản sao lưu này có lỗi: {reason}").format(reason=preview.manifest.said[0]), "bad"))
    lines.append((_("Dữ liệu hiện tại được sao lưu trước, nên vẫn quay lại được."), "text2"))
    return lines


def _lost(preview: Preview) -> tuple[str, str]:
    if not preview.lost:
        return _("Không mất việc nào đã làm."), "ok"
    more = preview.lost - len(preview.lost_last)
    if more:
        return _("Bỏ đi {n} việc làm sau đó, gần nhất là:").format(n=preview.lost), "bad"
    return _("Bỏ đi {n} việc làm sau đó:").format(n=preview.lost), "bad"


def _steps(steps: Sequence[StepPreview]) -> list[tuple[str, str]]:
    return [("\n".join(map(_step, steps)), "text2")] if steps else []


def _step(tell: StepPreview) -> str:
    moment = dt.datetime.fromisoformat(tell.wall)
    return f"·  {tell.label} – {actor_words(tell.actor)}, {moment:%H:%M %d/%m/%Y}"


def _rows(rows: dict[str, int]) -> list[str]:
    words = {
        "mark": _("{n} điểm sẽ đổi"),
        "pupil": _("{n} hồ sơ học sinh sẽ đổi"),
        "subject_comment": _("{n} lời nhận xét sẽ đổi"),
        "term_record": _("{n} dòng rèn luyện sẽ đổi"),
    }
    lines = [words[name].format(n=rows[name]) for name in NAMED if name in rows]
    rest = sum(count for name, count in rows.items() if name not in NAMED)
    lines += [_("{n} dòng khác sẽ đổi").format(n=rest)] if rest else []
    return ["; ".join(lines) + "."] if lines else []


def _moment(backup: Backup) -> str:
    return f"{when(backup):%H:%M %d/%m/%Y}"


def _state(backup: Backup) -> str:
    return _("Nguyên vẹn") if backup.manifest.sound else _("Có lỗi bên trong")


def _chip(backup: Backup) -> Chip:
    return Chip(_state(backup), "ok" if backup.manifest.sound else "bad")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def _place_words(place: Path | None) -> str:
    if place is None:
        return _("Chưa có nơi thứ hai: nếu hỏng ổ đĩa này thì mất cả bản sao lưu.")
    if not place.is_dir():
        return _("Nơi thứ hai {place} chưa cắm vào máy.").format(place=place)
    return _("Nơi thứ hai: {place}").format(place=place)
