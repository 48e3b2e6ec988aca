"""The pages of the gradebook, with real keys on a real school."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unicodedata import normalize

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.gradebook.entry.jump import JumpBox
from edudesk.gradebook.entry.level_chips import level_of
from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.pages.homeroom import HomeroomPage
from edudesk.gradebook.pages.results import ResultsPage
from edudesk.gradebook.places import GradebookPlace, HomeroomPlace, ResultsPlace
from edudesk.gradebook.register.marks import (
    MarkEntry,
    SheetKey,
    enter_marks,
    homeroom_lines,
    save_term_record,
)
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices
from edudesk.school.rules import usual_year
from edudesk.school.store import classes, years
from edudesk.school.store_setup import open_year
from edudesk.slices import row_name
from edudesk.storage.database import Database
from edudesk.storage.slice import PageSpec
from edudesk.students.store import add_pupil, pupils
from edudesk.students.store_status import set_status
from edudesk.ui.application import apply_theme
from edudesk.ui.callout import Callout
from edudesk.ui.desk import Desk
from edudesk.ui.shell import Shell

KEY = QtNames.Key
CTRL = QtNames.KeyboardModifier.ControlModifier
NAMES = ("Nguyễn Hoàng Anh", "Lò Thị Ánh", "Trần Gia Bảo", "Vàng A Bình", "Lê Minh Châu", "Hoàng Văn Cường")
PLACES = {"gradebook": GradebookPlace, "homeroom": HomeroomPlace, "results": ResultsPlace}
PAGES = [
    PageSpec("gradebook", "Sổ điểm", "table", GradebookPage),
    PageSpec("homeroom", "Rèn luyện", "check-square", HomeroomPage),
    PageSpec("results", "Kết quả lớp", "file-text", ResultsPage),
]


@pytest.fixture(autouse=True)
def _qt_is_silent(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: object, message: str) -> None:
        if "propagateSizeHints" not in message:
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "truong", ("9A1", "9A2")) as db:
        room = class_id(db)
        for place, name in enumerate(NAMES):
            add_pupil(db, YEAR, room, {"name": name, "sex": "NAM", "birth_date": f"2012-01-{place + 1:02d}"})
        left = pupils(db, YEAR, class_id=room)[-1]
        set_status(db, left.id, YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
        yield db


@pytest.fixture
def shell(db: Database, qtbot: QtBot, qapp: QApplication) -> Shell:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(db, year=YEAR, name_row=partial(row_name, db))
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    made = Shell(desk, PAGES, school=lambda: "Trường THCS Sông Trăng", years=lambda: (YEAR,))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def class_id(db: Database) -> str:
    return classes(db, YEAR)[0].id


def gradebook(shell: Shell, code: str = "toan", slot: str = "ck") -> GradebookPage:
    page = shell.go(GradebookPlace(class_id=class_id(shell.desk.db), code=code))
    assert isinstance(page, GradebookPage)
    page.open_at(GradebookPlace(slot=slot))
    return page


def fill(
    db: Database, *, besides: str = "", code: str = "toan", term: int = 1, value: int | str = 70
) -> None:
    """Every cell of a page, except one slot."""
    sheet = class_sheet(db, class_id(db), code, term)
    slots = [column.slot for column in sheet.columns if column.slot != besides]
    entries = [MarkEntry(line.pupil_id, slot, value) for line in sheet.lines if line.owes for slot in slots]
    enter_marks(db, SheetKey(class_id(db), code, term), entries)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_(qtbot: QtBot, text: str, end: QtNames.Key = KEY.Key_Return) -> None:
    for letter in text:
        qtbot.keyClicks(focused(), letter)
    qtbot.keyClick(focused(), end)


def column(page: GradebookPage, slot: str = "ck") -> list[str]:
    place = page.grid.model.column_of(slot)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def words_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def popover(shell: Shell) -> Callout:
    return next(callout for callout in shell.findChildren(Callout) if callout.isVisible())


# -- typing marks


def test_a_column_is_typed_with_fast_decimals_and_averages_follow(shell: Shell, qtbot: QtBot) -> None:
    fill(shell.desk.db, besides="ck")
    page = gradebook(shell)
    assert column(page, "average")[:2] == ["thiếu CK", "thiếu CK"]
    for text in ("85", "7", "6,5", "10", "05"):
        type_(qtbot, text)
    assert column(page)[:5] == ["8,5", "7,0", "6,5", "10,0", "0,5"]
    assert column(page, "average")[:2] == ["7,5", "7,0"]


def test_each_mark_is_one_step_on_disk_and_undo_takes_the_last(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    for text in ("8", "9"):
        type_(qtbot, text)
    qtbot.keyClick(shell, KEY.Key_Z, CTRL)
    assert column(page)[:2] == ["8,0", ""]
    assert shell.toast.words.text() == "Hoàn tác: Nhập điểm · Lò Thị Ánh · ĐĐGck"
    assert page.grid.place[0] == 1, "the cursor goes where something changed"
    qtbot.keyClick(shell, KEY.Key_Y, CTRL)
    assert column(page)[:2] == ["8,0", "9,0"]


def test_a_refused_mark_stays_red_and_says_why(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    type_(qtbot, "7,25")
    style = page.grid.model.style(0, page.grid.model.column_of("ck"))
    assert (style.text, style.bad) == ("7,25", True)
    assert "Điểm chỉ có một chữ số thập phân." in words_of(popover(shell))
    type_(qtbot, "8")
    assert column(page)[:2] == ["7,25", "8,0"], "what comes after is not shifted"
    page.grid.go(0, page.grid.model.column_of("ck"))
    fix = next(p for p in popover(shell).findChildren(QPushButton) if p.text() == "Ghi 7,3")
    qtbot.mouseClick(fix, QtNames.MouseButton.LeftButton)
    assert column(page)[0] == "7,3"


def test_out_of_range_is_refused_never_clamped(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    type_(qtbot, "11,5")
    assert class_sheet(shell.desk.db, page.class_id, "toan", 1).lines[0].marks[-1] is None
    assert column(page)[0] == "11,5"


def test_tab_goes_along_the_row_and_the_column_follows(shell: Shell, qtbot: QtBot) -> None:
    save_typing_choices(shell.desk.db, TypingChoices(one_column=False))
    page = gradebook(shell, slot="tx1")
    page.controllers.column.reread()
    type_(qtbot, "8", KEY.Key_Tab)
    type_(qtbot, "9", KEY.Key_Right)
    assert [column(page, slot)[0] for slot in ("tx1", "tx2")] == ["8,0", "9,0"]
    assert page.banner.active.text() == "ĐĐGtx3 · thường xuyên"


def test_owed_codes_are_one_key_and_delete_clears(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    qtbot.keyClicks(focused(), "v")
    style = page.grid.model.style(0, page.grid.model.column_of("ck"))
    assert (style.text, style.owed) == ("V", True)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert column(page)[0] == ""


def test_a_comment_subject_takes_letters_and_digits(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell, code="gdtc")
    for key in ("d", "0", "1", "c"):
        qtbot.keyClicks(focused(), key)
        qtbot.keyClick(focused(), KEY.Key_Down)
    assert column(page)[:4] == ["Đ", "CĐ", "Đ", "CĐ"]
    assert not page.panel._scores.isVisible()


def test_a_comment_is_kept_with_its_accents(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell, slot="comment")
    qtbot.keyClicks(focused(), "T")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    editor.insert("iến bộ rõ")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert column(page, "comment")[0] == "Tiến bộ rõ"


def test_a_composed_comment_replaces_the_old_one_and_is_kept_as_nfc(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell, slot="comment")
    type_(qtbot, "xong")
    page.grid.go(0, page.grid.model.column_of("comment"))
    said = "Tiến bộ rõ, cần cẩn thận hơn."
    event = QInputMethodEvent("Ti", [])
    QApplication.sendEvent(focused(), event)
    event.setCommitString(normalize("NFD", said))
    QApplication.sendEvent(focused(), event)
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "comment")[0] == said


def test_who_left_owes_nothing_and_cannot_be_written(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    place = page.grid.model.column_of("ck")
    assert page.grid.model.style(5, place).text == "–"
    page.grid.go(5, place)
    type_(qtbot, "8")
    assert column(page)[5] == "–"
    assert page.grid.right.head.heads["ck"].count == "0/5"


def test_the_panel_names_who_is_missing_and_jumps_there(shell: Shell, qtbot: QtBot) -> None:
    fill(shell.desk.db, besides="ck")
    page = gradebook(shell)
    type_(qtbot, "8")
    QApplication.processEvents()
    press = next(
        p for p in page.panel.findChildren(QPushButton) if p.isVisible() and "Vàng A Bình" in p.text()
    )
    qtbot.mouseClick(press, QtNames.MouseButton.LeftButton)
    assert page.grid.place == (3, page.grid.model.column_of("ck"))
    assert "Còn thiếu 4" in words_of(page.panel)


def test_f2_on_an_average_shows_the_sum(shell: Shell, qtbot: QtBot) -> None:
    fill(shell.desk.db, value=65)
    page = gradebook(shell, slot="average")
    qtbot.keyClick(focused(), KEY.Key_F2)
    words = words_of(popover(shell))
    assert "6,5 × 3" in words and "4 bài thường xuyên + 5" in words
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert page.grid.right.hasFocus()


def test_the_year_can_only_be_read(shell: Shell, qtbot: QtBot) -> None:
    fill(shell.desk.db)
    fill(shell.desk.db, term=2, value=80)
    page = gradebook(shell)
    shell.desk.set_season(term=0)
    assert column(page, "average")[0] == "7,7"
    page.grid.go(0, page.grid.model.column_of("hk2"))
    type_(qtbot, "9")
    assert column(page, "hk2")[0] == "8,0"


def test_a_class_without_a_regulation_is_said_in_words(shell: Shell) -> None:
    page = gradebook(shell)
    shell.desk.set_season(year=2015)
    assert page.empty.isVisible()
    assert "chưa có lớp" in page.empty.title.text()


def test_where_there_is_nothing_to_show_another_class_can_be_chosen(shell: Shell, qtbot: QtBot) -> None:
    empty, full = classes(shell.desk.db, YEAR)[1].id, class_id(shell.desk.db)
    went: list[str] = []
    shell.desk.went.disconnect()
    shell.desk.went.connect(lambda place: went.append(place.page))
    for spec in PAGES:
        page = shell.go(PLACES[spec.key](class_id=empty))
        assert page.empty.isVisible() and "chưa có học sinh" in page.empty.title.text()
        qtbot.mouseClick(page.empty.go, QtNames.MouseButton.LeftButton)
        choosers = [one for one in page.findChildren(QComboBox) if one.isVisible()]
        assert choosers and choosers[0].currentData() == empty
        page.open_at(PLACES[spec.key](class_id=full))
        assert not page.empty.isVisible()
    assert went == ["students"] * len(PAGES)


def test_enter_passes_over_a_pupil_who_left(shell: Shell, qtbot: QtBot) -> None:
    set_status(shell.desk.db, pupils(shell.desk.db, YEAR)[1].id, YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    page = gradebook(shell)
    type_(qtbot, "7")
    type_(qtbot, "8")
    assert column(page)[:3] == ["7,0", "–", "8,0"]
    qtbot.keyClick(focused(), KEY.Key_Up)
    qtbot.keyClick(focused(), KEY.Key_Up)
    assert page.grid.place[0] == 0


def test_a_year_taken_back_is_left_for_one_that_is_there(shell: Shell, qtbot: QtBot) -> None:
    db = shell.desk.db
    shell._years = lambda: [one.year for one in years(db)]
    page = gradebook(shell)
    open_year(db, usual_year(YEAR + 1))
    shell.desk.set_season(year=YEAR + 1)
    assert page.empty.isVisible() and not page.banner.isVisible()
    shell.desk.undo()
    assert shell.desk.year == YEAR and page.grid.isVisible() and page.banner.isVisible()


def test_jump_finds_by_number_and_without_accents(shell: Shell, qtbot: QtBot) -> None:
    page = gradebook(shell)
    assert page.sheet is not None
    box = JumpBox(None, page.sheet.lines)
    qtbot.addWidget(box)
    box.field.setText("lo anh")
    found = box.line()
    assert found is not None and found.name == "Lò Thị Ánh"
    box.field.setText("3")
    found = box.line()
    assert found is not None and found.number == 3


# -- the homeroom teacher's page


def homeroom(shell: Shell) -> HomeroomPage:
    page = shell.go(HomeroomPlace(class_id=class_id(shell.desk.db)))
    assert isinstance(page, HomeroomPage)
    return page


def test_conduct_is_one_key_and_enter_goes_on(shell: Shell, qtbot: QtBot) -> None:
    page = homeroom(shell)
    page.grid.go(0, 2)
    for key in ("t", "k", "d", "c"):
        qtbot.keyClicks(focused(), key)
        qtbot.keyClick(focused(), KEY.Key_Return)
    found = [line.conduct for line in homeroom_lines(shell.desk.db, page.class_id, 1)]
    assert found[:5] == ["TOT", "KHA", "DAT", "CHUA_DAT", None]
    assert page.done.text() == "4/5 em đã đánh giá"


def test_tab_after_a_one_key_judgement_stays_in_the_sheet(shell: Shell, qtbot: QtBot) -> None:
    page = homeroom(shell)
    page.grid.go(0, 2)
    qtbot.keyClicks(focused(), "k")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    assert page.grid.place == (0, 3)
    type_(qtbot, "3", KEY.Key_Tab)
    qtbot.keyClick(focused(), KEY.Key_Backtab)
    assert page.grid.place == (0, 3)
    shell._term._buttons[0].click()
    assert page.grid.right.hasFocus() and "chỉ xem" in shell._right.text()
    qtbot.keyClick(focused(), KEY.Key_Tab)
    assert not page.grid.right.hasFocus(), "a sheet that is only read lets the keyboard go"


def test_why_a_pupil_who_left_has_no_result_is_said(shell: Shell, qtbot: QtBot) -> None:
    fill(shell.desk.db)
    page = shell.go(ResultsPlace(class_id=class_id(shell.desk.db)))
    assert isinstance(page, ResultsPage) and page.results is not None
    page.table.pick(next(line.pupil_id for line in page.results.pupils if not line.owes))
    qtbot.keyClick(focused(), KEY.Key_F2)
    assert any("rời trường ngày 12/10" in text for text in words_of(popover(shell)))


def test_absences_and_a_comment_are_typed_along_the_row(shell: Shell, qtbot: QtBot) -> None:
    page = homeroom(shell)
    page.grid.go(0, 3)
    type_(qtbot, "2", KEY.Key_Tab)
    type_(qtbot, "1", KEY.Key_Tab)
    type_(qtbot, "Cham chi")
    line = homeroom_lines(shell.desk.db, page.class_id, 1)[0]
    assert (line.absent_excused, line.absent_unexcused, line.comment) == (2, 1, "Cham chi")


def test_the_year_of_conduct_follows_from_both_terms(shell: Shell) -> None:
    db = shell.desk.db
    pupil = homeroom_lines(db, class_id(db), 1)[0].pupil_id
    for term, conduct in ((1, "DAT"), (2, "TOT")):
        save_term_record(db, class_id(db), term, pupil_id=pupil, conduct=conduct)
    shell.desk.set_season(term=0)
    page = homeroom(shell)
    assert page.grid.model.style(0, page.grid.model.column_of("year")).text == "Khá"


def test_levels_are_read_however_they_are_typed() -> None:
    assert [level_of(text) for text in ("TOT", "tốt", "đ", "", "xyz")] == ["TOT", "TOT", "DAT", None, "xyz"]


# -- results


def complete(db: Database) -> None:
    """Every subject of both terms full, and everybody's conduct."""
    from edudesk.school.store_subjects import class_subjects

    for subject in class_subjects(db, class_id(db)):
        for term in (1, 2):
            fill(db, code=subject.code, term=term, value=70 if subject.kind == "score" else "D")
    for term in (1, 2):
        for line in homeroom_lines(db, class_id(db), term):
            if line.owes:
                save_term_record(db, class_id(db), term, pupil_id=line.pupil_id, conduct="TOT")


def test_results_of_the_year_with_levels_and_going_up(shell: Shell, qtbot: QtBot) -> None:
    complete(shell.desk.db)
    shell.desk.set_season(term=0)
    page = shell.go(ResultsPlace(class_id=class_id(shell.desk.db)))
    assert isinstance(page, ResultsPage)
    keys = [one.key for one in page.table.columns]
    model = page.table.model()

    def text(row: int, key: str) -> str:
        return str(model.index(row, keys.index(key)).data())

    assert [text(0, key) for key in ("toan", "learning", "conduct", "promotion")] == [
        "7,0",
        "Khá",
        "Tốt",
        "Hoàn thành",
    ]
    assert text(5, "toan") == text(5, "learning") == "–"
    page.table.pick(page.table.records[0].pupil_id)
    page.table.setFocus()
    qtbot.keyClick(page.table, KEY.Key_F2)
    assert "Ít nhất 6 môn từ 8,0" in words_of(popover(shell))


def test_a_term_has_no_promotion_and_says_what_is_missing(shell: Shell) -> None:
    page = shell.go(ResultsPlace(class_id=class_id(shell.desk.db)))
    assert isinstance(page, ResultsPage)
    assert "promotion" not in [one.key for one in page.table.columns]
    assert "5 em chưa đủ điểm" in words_of(page.summary)


def test_papers_and_sheets_are_written_where_one_says(
    shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(shell.desk.db)
    asked: list[str] = []

    def answer(_title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / f"{len(asked)}{Path(name).suffix}"

    monkeypatch.setattr(shell.desk, "save_file", answer)
    page = shell.go(ResultsPlace(class_id=class_id(shell.desk.db)))
    for words in ("In bảng tổng hợp", "Xuất Excel"):
        press = next(p for p in page.findChildren(QPushButton) if p.text() == words)
        qtbot.mouseClick(press, QtNames.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shell.desk.work.busy, timeout=20000)
    assert asked == ["Kết quả Lớp 9A1 Học kì I.pdf", "Kết quả Lớp 9A1 Học kì I.xlsx"]
    assert (tmp_path / "1.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "2.xlsx").stat().st_size > 1000


# -- all pages


@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_everything_one_can_use_has_a_name(shell: Shell, key: str) -> None:
    page = shell.go(PLACES[key](class_id=class_id(shell.desk.db)))
    for widget in page.findChildren(QWidget):
        if widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView):
            continue  # a part Qt makes itself
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName() or widget.text(), widget
        elif isinstance(widget, QLineEdit | QComboBox | QAbstractItemView):
            assert widget.accessibleName(), widget


@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_each_page_lists_its_keys_and_fits_a_small_window(shell: Shell, key: str) -> None:
    page = shell.go(PLACES[key](class_id=class_id(shell.desk.db)))
    assert page.help_keys() and page.hint()
    shell.resize(1024, 600)
    assert shell.width() == 1024 and not shell.grab().isNull()


def test_a_result_is_printed_for_the_parents_from_its_explanation(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(shell.desk.db)
    page = shell.go(ResultsPlace(class_id=class_id(shell.desk.db)))
    assert isinstance(page, ResultsPage)
    target = tmp_path / "giải thích.pdf"
    asked: list[str] = []

    def save(_title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return target

    shell.desk.save_file = save  # type: ignore[method-assign]
    page.table.setFocus()
    qtbot.keyClick(page.table, KEY.Key_F2)
    press = next(b for b in popover(shell).findChildren(QPushButton) if b.text() == "In cho phụ huynh")
    qtbot.mouseClick(press, QtNames.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shell.desk.work.busy)
    assert asked == [f"Giải thích {NAMES[0]} Học kì I.pdf"]
    assert target.read_bytes().startswith(b"%PDF")
