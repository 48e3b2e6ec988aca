"""The register of primary school: levels and tests by one key each, and nothing computed from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from registers import NAMES, Register
from schools import YEAR

from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.exchange.phrases import band_of, offers
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.closing import close_term, closing_plan
from edudesk.gradebook.register.filled import completeness
from edudesk.gradebook.register.marks import MarkEntry, enter_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.results.secondary import class_results, school_results
from edudesk.gradebook.rules.assessment import read_mark
from edudesk.gradebook.rules.words import mark_text_in, slot_words
from edudesk.gradebook.seals.sealing import seal_page
from edudesk.kernel.errors import Refused
from edudesk.storage.slice import PageSpec
from edudesk.ui.desk import Desk
from edudesk.ui.shell import Shell

KEY = Qt.Key


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[Register]:
    found = Register(tmp_path / "th", "4A", levels=("tieu_hoc",))
    yield found
    found.db.close()


def slots(register: Register, code: str, term: int = 1) -> list[str]:
    return [column.slot for column in class_sheet(register.db, register.class_id, code, term).columns]


def test_a_page_has_the_levels_and_tests_of_its_grade(primary: Register) -> None:
    assert slots(primary, "toan") == ["kgk", "gk", "kck", "ck"]
    assert slots(primary, "khoa_hoc") == ["gk", "kck", "ck"]
    assert slots(primary, "dao_duc") == ["gk", "ck"]
    labels = [one.label for one in class_sheet(primary.db, primary.class_id, "toan", 1).columns]
    assert labels == ["KT giữa kì", "Mức giữa kì", "KT cuối kì", "Mức cuối kì"]


def test_the_level_at_the_end_is_the_result_and_the_year_is_the_second_term(primary: Register) -> None:
    primary.enter(0, "toan", 1, {"kgk": 90, "gk": "T", "kck": 80, "ck": "H"})
    primary.enter(0, "toan", 2, {"kgk": 100, "gk": "T", "kck": 90, "ck": "T"})
    primary.enter(1, "toan", 1, {"ck": "C"})
    first = class_sheet(primary.db, primary.class_id, "toan", 1)
    assert [first.lines[0].result, first.lines[1].result, first.lines[2].result] == ["H", "C", None]
    assert first.lines[1].missing == ("kgk", "gk", "kck")
    year = class_sheet(primary.db, primary.class_id, "toan", 0)
    assert (year.lines[0].marks, year.lines[0].year, year.lines[1].year) == (("H", "T"), "T", None)


@pytest.mark.parametrize(
    ("slot", "value", "code"),
    [
        ("gk", 90, "MARK_NOT_STAGE"),
        ("ck", "D", "MARK_NOT_STAGE"),
        ("kck", 85, "MARK_STEP"),
        ("kgk", "T", "MARK_RANGE"),
    ],
)
def test_what_a_cell_does_not_take_is_refused_with_the_pupil(
    primary: Register, slot: str, value: int | str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        enter_marks(primary.db, primary.key(), [MarkEntry(primary.pupils[0], slot, value)])
    assert (refused.value.code, refused.value.problems[0].place) == (code, NAMES[0])


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("t", "T"),
        ("Hoàn thành tốt", "T"),
        ("hoan thanh", "H"),
        ("C", "C"),
        ("9", 90),
        (10, 100),
        ("v", "V"),
        ("", None),
    ],
)
def test_what_is_pasted_or_imported_is_read_exactly(raw: object, value: object) -> None:
    assert read_mark(raw, "primary") == value


def test_words_for_people() -> None:
    assert (mark_text_in("kck", 90), mark_text_in("ck", "T"), mark_text_in("gk", 85)) == ("9", "T", "8,5")
    assert (slot_words("kck"), slot_words("gk")) == ("bài kiểm tra cuối kì", "giữa kì")


def test_phrases_follow_the_level(primary: Register) -> None:
    primary.enter(0, "toan", 1, {"gk": "C"})
    sheet = class_sheet(primary.db, primary.class_id, "toan", 1)
    assert [band_of(sheet, line) for line in sheet.lines[:2]] == ["C", ""]
    said = [one.text for one in offers(sheet, sheet.lines[0], band="C")]
    assert any("Ánh" in text for text in said) and len(said) >= 4


def test_the_board_counts_levels_and_tests(primary: Register) -> None:
    primary.enter(0, "toan", 1, {"kgk": 90, "gk": "T"})
    held = {(one.code, one.slot): (one.filled, one.owed) for one in completeness(primary.db, YEAR, 1)}
    assert held["toan", "gk"] == (1, 4) and held["toan", "kck"] == (0, 4) and ("dao_duc", "kck") not in held


def test_closing_makes_nothing_of_what_is_owed_and_a_seal_holds_the_levels(primary: Register) -> None:
    primary.enter(0, "dao_duc", 1, {"gk": "K", "ck": "T"})
    plan = closing_plan(primary.db, YEAR, 1)
    assert not any(page.cells for page in plan.pages)
    for pupil in range(4):
        primary.enter(pupil, "dao_duc", 1, {"gk": "H", "ck": "T"})
    close_term(primary.db, closing_plan(primary.db, YEAR, 1), (), "Đóng sổ")
    step = seal_page(primary.db, primary.class_id, 1, code="dao_duc", reason="Cuối kì")
    assert step.touches("seal")


def test_there_are_no_averages(primary: Register) -> None:
    assert school_results(primary.db, YEAR, 1) == []
    with pytest.raises(Refused) as refused:
        class_results(primary.db, primary.class_id, 1)
    assert refused.value.code == "NO_AVERAGES"


# -- with real keys


@pytest.fixture
def page(primary: Register, qtbot: QtBot) -> GradebookPage:
    desk = Desk(primary.db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    specs = [PageSpec("gradebook", "Sổ điểm", "table", GradebookPage)]
    shell = Shell(desk, specs, school=lambda: "Trường Tiểu học", years=lambda: (YEAR,))
    qtbot.addWidget(shell)
    shell.show()
    shell.activateWindow()
    qtbot.waitExposed(shell)
    found = shell.go(GradebookPlace(class_id=primary.class_id, code="toan"))
    assert isinstance(found, GradebookPage)
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def column(page: GradebookPage, slot: str) -> list[str]:
    place = page.grid.model.column_of(slot)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def test_t_h_c_are_one_key_each_and_enter_goes_down(page: GradebookPage, qtbot: QtBot) -> None:
    page.open_at(GradebookPlace(slot="ck"))
    for letter in ("t", "H", "c"):
        qtbot.keyClicks(focused(), letter)
        qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "ck")[:3] == ["T", "H", "C"]
    page.grid.go(3, page.grid.model.column_of("ck"))
    qtbot.keyClicks(focused(), "9")
    assert column(page, "ck")[3] == "", "a digit is no level"


def test_a_test_takes_whole_marks_and_refuses_decimals_aloud(page: GradebookPage, qtbot: QtBot) -> None:
    page.open_at(GradebookPlace(slot="kck"))
    for text in ("9", "10", "85"):
        for digit in text:
            qtbot.keyClicks(focused(), digit)
        qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "kck")[:3] == ["9", "10", "85"]
    style = page.grid.model.style(2, page.grid.model.column_of("kck"))
    assert style.bad, "85 is neither 8,5 nor eighty-five"
    assert page.sheet is not None and page.sheet.lines[2].marks[2] is None


def test_the_year_shows_both_terms_and_the_level(page: GradebookPage) -> None:
    page.desk.set_season(term=0)
    assert [one.key for one in page.grid.model.columns] == ["number", "name", "hk1", "hk2", "average", "rest"]
    assert page.grid.model.columns[4].label == "Cả năm"
