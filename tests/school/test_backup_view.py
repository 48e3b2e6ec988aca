"""The part Sao lưu, the keeper of the day's backup, and the window for damaged data."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from edudesk import app, first_run
from edudesk.kernel.errors import Problem, Unavailable
from edudesk.school import view_backup
from edudesk.school.store import save_settings
from edudesk.school.view_backup import BackupKeeper, BackupTab, RestoreDialog
from edudesk.school.view_recovery import RECOVER, RecoveryDialog, check_later, run_recovery
from edudesk.slices import TABLES, open_school
from edudesk.storage.backups import backup as backups
from edudesk.storage.backups.backup import make_backup, second_place
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.backups.restore import Staged, finish_restore
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> BackupTab:
    tab = BackupTab(desk)
    qtbot.addWidget(tab)
    tab.refresh()
    return tab


def rest(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy, timeout=30_000)


def test_the_days_backup_is_made_once_and_told(desk: Desk, qtbot: QtBot) -> None:
    keeper = BackupKeeper(desk)
    said: list[tuple[str, str]] = []
    desk.backed_up.connect(lambda text, tone: said.append((text, tone)))
    keeper.start()
    rest(desk, qtbot)
    assert said[0] == ("Sao lưu: chưa có", "wait")
    assert said[-1][0].startswith("Sao lưu: hôm nay") and said[-1][1] == "ok"
    keeper.check()
    rest(desk, qtbot)
    assert [one.manifest.why for one in list_backups(desk.db.folder)] == ["daily"]


def test_a_dangerous_action_waits_for_its_backup(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    keeper = BackupKeeper(desk)
    keeper.run("close", lambda: done.append("closed"))
    assert done == []
    rest(desk, qtbot)
    assert done == ["closed"] and list_backups(desk.db.folder)[0].manifest.why == "close"
    told: list[str] = []
    desk.alert = lambda problems: told.append(problems[0].code)  # type: ignore[method-assign]

    def full(*_a: object, **_k: object) -> object:
        raise Unavailable(Problem("DISK_FULL", "Ổ đĩa đã đầy."))

    monkeypatch.setattr(backups, "pack", full)
    keeper.run("close", lambda: done.append("again"))
    rest(desk, qtbot)
    assert done == ["closed"] and told == ["DISK_FULL"]


def test_a_daily_backup_that_fails_is_only_said(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_a: object, **_k: object) -> object:
        raise Unavailable(Problem("DISK_FULL", "Ổ đĩa đã đầy."))

    monkeypatch.setattr(backups, "pack", full)
    with qtbot.waitSignal(desk.toasted) as toast:
        BackupKeeper(desk).start()
    assert "Ổ đĩa đã đầy" in toast.args[0]


def test_backups_are_listed_with_their_age(tab: BackupTab, desk: Desk, qtbot: QtBot) -> None:
    assert tab.age.text() == "Sao lưu: chưa có" and not tab.back.isEnabled()
    tab.now.click()
    rest(desk, qtbot)
    assert tab.age.text().startswith("Sao lưu: hôm nay") and tab.back.isEnabled()
    (line,) = tab.table.records
    assert line.manifest.why == "manual"
    shown = [column.show(line) for column in tab.table.columns]
    assert shown[1:3] == ["làm bằng tay", "Nguyên vẹn"] and shown[4].endswith("MB")


def asked() -> RestoreDialog | None:
    dialogs = (w for w in QApplication.topLevelWidgets() if isinstance(w, RestoreDialog) and w.isVisible())
    return next(dialogs, None)


def test_going_back_is_told_asked_and_done(tab: BackupTab, desk: Desk, qtbot: QtBot) -> None:
    save_settings(desk.db, name="THCS Cũ")
    tab.now.click()
    rest(desk, qtbot)
    save_settings(desk.db, name="THCS Mới")
    heard: list[object] = []
    desk.announced.connect(heard.append)
    tab.back.click()
    qtbot.waitUntil(lambda: asked() is not None, timeout=30_000)
    dialog = asked()
    assert dialog is not None
    said = " ".join(line.text() for line in dialog.lines)
    assert "Bỏ đi 1 việc" in said and "văn phòng" in said and "1 dòng khác sẽ đổi" in said
    ages: list[str] = []
    desk.backed_up.connect(lambda words, _tone: ages.append(words))
    dialog.yes.click()
    rest(desk, qtbot)
    assert desk.db.setting("school.name") == "THCS Cũ" and heard == [None]
    assert ages, "the backup of the present is on the status line too"
    save_settings(desk.db, name="THCS Khác")
    assert len(heard) == 2
    forward = next(one for one in tab.table.records if one.manifest.why == "restore")
    tab.preview(forward)
    qtbot.waitUntil(lambda: asked() is not None, timeout=30_000)
    dialog = asked()
    assert dialog is not None and any("Lấy lại 1 việc" in line.text() for line in dialog.lines)
    dialog.no.click()
    assert desk.db.setting("school.name") == "THCS Khác"


def test_the_lit_backup_is_the_one_that_is_gone_back_to(tab: BackupTab, desk: Desk, qtbot: QtBot) -> None:
    ages: list[str] = []
    desk.backed_up.connect(lambda words, _tone: ages.append(words))
    for _round in range(2):  # the second comes to stand above the first, on which the cursor is
        tab.now.click()
        rest(desk, qtbot)
    assert len(ages) == 2, "the status line hears of what was made here"
    row = tab.table._paint.lit
    assert (
        tab.table.records[row] is tab.table.current()
        and tab.table.current().path == tab.table.records[0].path
    )


def test_what_is_written_meanwhile_stops_going_back(
    tab: BackupTab, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(db: Database, staged: Staged) -> None:
        save_settings(db, name="THCS Muộn")
        finish_restore(db, staged)

    save_settings(desk.db, name="THCS Cũ")
    tab.now.click()
    rest(desk, qtbot)
    told: list[str] = []
    desk.alert = lambda problems: told.append(problems[0].code)  # type: ignore[method-assign]
    monkeypatch.setattr(view_backup, "finish_restore", late)
    tab.restore(tab.table.current())
    rest(desk, qtbot)
    assert told == ["STALE"] and desk.db.setting("school.name") == "THCS Muộn"


def test_a_backup_gone_from_the_disk_is_said(tab: BackupTab, desk: Desk, qtbot: QtBot) -> None:
    tab.now.click()
    rest(desk, qtbot)
    line = tab.table.current()
    line.path.unlink()
    told: list[str] = []
    desk.alert = lambda problems: told.append(problems[0].code)  # type: ignore[method-assign]
    tab.preview(line)
    rest(desk, qtbot)
    tab.preview(None)
    assert told == ["FILE_MISSING"] and tab.table.records == []


def test_a_second_place_is_chosen_and_left_again(
    tab: BackupTab, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    chosen = iter([str(stick), ""])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: next(chosen))
    tab.place.click()
    assert second_place(desk.db) == stick and str(stick) in tab.second.text()
    tab.now.click()
    rest(desk, qtbot)
    assert len(list(stick.rglob("*.edubackup"))) == 1
    stick.rename(tmp_path / "rút ra")
    tab.refresh()
    assert "chưa cắm" in tab.second.text()
    with qtbot.waitSignal(desk.toasted) as toast:
        tab.now.click()
    assert "chưa cắm" in toast.args[0]
    tab.place.click()
    tab.no_place.click()
    assert second_place(desk.db) is None


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    from schools import make_school

    folder = tmp_path / "hỏng"
    with make_school(folder) as db:
        save_settings(db, name="THCS Sông Trăng")
        make_backup(db)
        save_settings(db, name="THCS Mới")
    with (folder / "school.db").open("rb+") as file:
        file.write(bytes(4096))
    return folder


TORN = Problem("DATABASE_DAMAGED", "Tệp dữ liệu bị hỏng.")


@pytest.fixture
def dialog(broken: Path, qtbot: QtBot) -> RecoveryDialog:
    dialog = RecoveryDialog(broken, TABLES, TORN)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_damaged_data_is_rebuilt_with_one_press(dialog: RecoveryDialog, broken: Path, qtbot: QtBot) -> None:
    assert not dialog.as_is.isVisible()
    dialog.rebuild.click()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.open_school.isVisible(), timeout=30_000)
    assert "Không thiếu việc nào" in dialog.words.text()
    dialog.open_school.click()
    assert dialog.result() == RecoveryDialog.DialogCode.Accepted
    with open_school(broken) as db:
        assert db.setting("school.name") == "THCS Mới"


def test_or_the_newest_backup_is_opened(dialog: RecoveryDialog, broken: Path, qtbot: QtBot) -> None:
    dialog.backup.click()
    qtbot.waitUntil(lambda: dialog.open_school.isVisible(), timeout=30_000)
    assert "Có thể thiếu" in dialog.words.text()
    with open_school(broken) as db:
        assert db.setting("school.name") == "THCS Sông Trăng"


def test_a_rebuilding_that_fails_leaves_the_other_ways(
    dialog: RecoveryDialog, broken: Path, qtbot: QtBot
) -> None:
    for one in [*list_backups(broken)]:
        one.path.unlink()
    for name in ("journal-tail", "journal-tail-wal"):
        (broken / name).unlink(missing_ok=True)
    dialog.rebuild.click()
    qtbot.waitUntil(dialog.leave.isEnabled, timeout=30_000)
    assert dialog.title.text() == "Chưa dựng lại được" and dialog.backup.isVisible()
    dialog.leave.click()
    assert dialog.result() == RecoveryDialog.DialogCode.Rejected


def test_an_older_copy_can_be_opened_as_it_is(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schools import make_school

    make_school(tmp_path / "cũ").close()
    behind = Problem("DATABASE_BEHIND", "Tệp dữ liệu thiếu những việc ghi gần đây nhất.")
    monkeypatch.setattr(RecoveryDialog, "exec", lambda self: press_as_is(self, qtbot))
    assert run_recovery(tmp_path / "cũ", TABLES, behind)
    with open_school(tmp_path / "cũ") as db:
        assert db.tables


def press_as_is(dialog: RecoveryDialog, qtbot: QtBot) -> int:
    dialog.show()
    assert dialog.as_is.isVisible()
    dialog.as_is.click()
    qtbot.waitUntil(lambda: not dialog.work.busy, timeout=30_000)
    return dialog.result()


@pytest.mark.parametrize(("whole", "agrees"), [(True, True), (False, True), (False, False)])
def test_damage_found_later_is_told_and_the_window_may_be_closed_for_it(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, whole: bool, agrees: bool
) -> None:
    codes: list[int] = []
    asked: list[str] = []

    def ask(question: str, **_more: object) -> bool:
        asked.append(question)
        return agrees

    monkeypatch.setattr(QApplication, "exit", lambda code: codes.append(code))
    monkeypatch.setattr(desk, "ask", ask)
    if not whole:
        desk.db.connection.execute("pragma wal_checkpoint(truncate)")
        with desk.db.path.open("rb+") as file:
            file.seek(4096 * 12 + 50)
            file.write(bytes(500))
    check_later(desk)
    rest(desk, qtbot)
    assert codes == ([RECOVER] if not whole and agrees else [])
    assert asked == ([] if whole else ["Tệp dữ liệu bị hỏng."])


def test_a_tail_that_is_behind_is_said_beside_the_backup(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, said = BackupKeeper(desk), []
    desk.backed_up.connect(lambda words, _tone: said.append(words))
    monkeypatch.setattr(view_backup, "is_backup_due", lambda *_a: False)
    keeper.check()
    desk.db.tail._owed += 5
    keeper.check()
    assert "chép bù" not in said[0] and "chép bù" in said[1]


def test_a_lost_database_is_rebuilt_at_the_start_and_no_school_is_begun_over_it(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schools import make_school

    folder = tmp_path / "mất"
    with make_school(folder) as db:
        save_settings(db, name="THCS Mới")
    (folder / "school.db").write_bytes(b"")
    monkeypatch.setattr(first_run, "first_run", lambda _folder: pytest.fail("a new school was offered"))
    monkeypatch.setattr(RecoveryDialog, "exec", lambda self: press_rebuild(self, qtbot))
    shown: list[str] = []
    monkeypatch.setattr(app, "_show", lambda db, *_a, **_k: shown.append(db.setting("school.name")) or 0)
    assert app._run(folder, marks={}, measure=False) == 0
    assert shown == ["THCS Mới"]


def press_rebuild(dialog: RecoveryDialog, qtbot: QtBot) -> int:
    dialog.show()
    dialog.rebuild.click()
    qtbot.waitUntil(dialog.open_school.isVisible, timeout=30_000)
    dialog.open_school.click()
    return dialog.result()
