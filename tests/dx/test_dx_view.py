"""The page “Chuyển đổi số” as a clerk uses it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from schools import YEAR
from windows import open_form

from edudesk.dx import store, store_evidence
from edudesk.dx.editions.rules import IndexEntry
from edudesk.dx.editions.view import EditionTab
from edudesk.dx.places import EDITIONS, SCORE, WAY, DxPlace
from edudesk.dx.view import DxPage
from edudesk.sheets.reader import read_sheet, sheet_names
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog


def press(root: QWidget, words: str) -> None:
    found = next(one for one in root.findChildren(QPushButton) if one.text() == words and one.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def begun(desk: Desk, page: DxPage) -> None:
    store.start(desk.db, YEAR, plan="KH 12")
    page.score.table.setFocus()


def test_a_year_begins_with_one_step(desk: Desk, page: DxPage) -> None:
    press(page, "Bắt đầu đợt tự chấm")
    form = open_form()
    form.form.boxes["plan"].put("KH 12/KH-THCS")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert page.score.score is not None and page.score.score.report.plan == "KH 12/KH-THCS"
    assert page.score.strip.isVisible() and not page.score.empty.isVisible()
    assert page.score.stage.plan.text() == "Theo KH 12/KH-THCS"
    press(page, "Sửa kế hoạch")
    form = open_form()
    assert form.form.boxes["due"].raw() == "31/05/2027"
    form.form.boxes["due"].put("2027-05-15")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert page.score.strip.overall.stage.text() == "Đang tự chấm, còn 29 mục; báo cáo trước 15/05/2027"
    assert "Nhóm 2 mới có 90/100 điểm" in page.score.strip.draft.text()


def test_points_are_typed_line_after_line(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    page.score.table.pick("1.3.1")
    QTest.keyClick(page.score.table, Qt.Key.Key_Return)
    QTest.keyClicks(page.score.detail.points, "5,5")
    QTest.keyClick(page.score.detail.points, Qt.Key.Key_Return)
    assert page.score.table.current().code == "1.3.2"
    QTest.keyClicks(page.score.detail.points, "7")
    QTest.keyClick(page.score.detail.points, Qt.Key.Key_Return)
    assert page.score.detail.trouble.text() == "Mục này tối đa 6 điểm. Gõ điểm từ 0 đến mức tối đa."
    assert page.score.table.current().code == "1.3.2"
    page.score.detail.points.selectAll()
    QTest.keyClicks(page.score.detail.points, "6")
    QTest.keyClick(page.score.detail.points, Qt.Key.Key_Return)
    assert page.score.score is not None and page.score.score.result.groups[0].points == 115
    card = page.score.strip.groups[0]
    assert (card.points.text(), card.left.text()) == ("11,5/100 điểm", "còn 38,5 điểm tới mức 2")
    desk.undo()
    assert card.points.text() == "5,5/100 điểm"


def test_a_condition_is_answered_and_somebody_made_responsible(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    page.score.table.pick("1.1")
    detail = page.score.detail
    assert detail.answer.isVisible() and not detail.points.isVisible()
    detail.answer.chosen.emit(1)
    detail.people.chosen.emit(desk.db.value("select id from staff"))
    detail.note.setText("Lồng ghép")
    detail.note.editingFinished.emit()
    line = page.score.table.current()
    assert (line.met, line.staff, line.note) == (True, "Lê Thị Mai", "Lồng ghép")
    assert page.score.strip.overall.conditions.text() == "Điều kiện bắt buộc chưa đạt: 1.2, 2.1, 2.2"
    detail.answer.chosen.emit("")
    assert page.score.table.current().met is None


def test_a_proposal_is_taken(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    page.refresh(None)
    page.score.table.pick("2.3.4")
    assert page.score.detail.proposed.text() == "Danh sách nhân sự: 1/1 người có hồ sơ ghi vị trí công tác."
    press(page, "Lấy 6 điểm")
    assert page.score.table.current().points == 60 and not page.score.detail.take.isVisible()


def test_evidence_is_added_opened_and_taken_away(
    desk: Desk, page: DxPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, page)
    page.score.table.pick("1.4")
    file = tmp_path / "Danh mục.txt"
    file.write_text("học liệu", encoding="utf-8")
    monkeypatch.setattr(desk, "choose_file", lambda *_words: file)
    press(page.score.detail, "Thêm tệp")
    press(page.score.detail, "Đường dẫn")
    form = open_form()
    form.form.boxes["text"].put("không phải đường dẫn")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert form.isVisible()
    form.form.boxes["text"].put("https://truong.example.vn")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    pieces = page.score.detail.pieces
    assert [one.words for one in pieces.records] == ["Danh mục.txt", "https://truong.example.vn"]
    out = tmp_path / "ra.txt"
    monkeypatch.setattr(desk, "save_file", lambda *_words: out)
    pieces.opened.emit(pieces.records[0])
    assert out.read_text(encoding="utf-8") == "học liệu"
    pieces.pick(pieces.records[1].id)
    press(page.score.detail, "Bỏ")
    assert page.score.table.current().evidence == 1


def test_only_what_is_possible_now_is_offered(
    desk: Desk, page: DxPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, page)
    stage = page.score.stage
    press(page, "Phê duyệt…")
    form = open_form()
    form.form.boxes["principal"].put("Nguyễn Văn Bách")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert form.isVisible(), "nothing is scored yet"
    form.reject()
    for code, item in page.score.score.edition.index.items.items():  # type: ignore[union-attr]
        store.score_item(desk.db, YEAR, code, item.maximum)
    for code in ("1.1", "1.2", "2.1", "2.2"):
        store.answer_condition(desk.db, YEAR, code, True)
    store.approve(desk.db, YEAR, principal="Nguyễn Văn Bách")
    assert [one.isVisible() for one in (stage.approve, stage.send, stage.back)] == [False, True, True]
    assert not page.score.detail.points.isEnabled()
    press(page, "Ghi đã báo cáo…")
    form = open_form()
    form.form.boxes["to"].put("UBND xã Sông Trăng")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert page.score.strip.overall.stage.text().startswith("Đã báo cáo UBND xã Sông Trăng ngày ")
    monkeypatch.setattr(desk, "ask", lambda *_words, **_more: True)
    press(page, "Bỏ phê duyệt")
    assert stage.approve.isVisible() and page.score.detail.points.isEnabled()


def test_the_way_up_opens_the_item(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    for code in ("1.3.1", "1.4", "1.5.1", "1.6.1", "1.6.2", "1.7.1"):
        store.score_item(desk.db, YEAR, code, page.score.score.edition.index.items[code].maximum)  # type: ignore[union-attr]
    page.open_tab(WAY)
    table = page.tab.table  # type: ignore[attr-defined]
    assert table.records[0].title == "Nhóm 1, còn 22,5 điểm tới mức 3: ít mục nhất, 4 mục"
    went: list[DxPlace] = []
    desk.went.connect(went.append)
    table.opened.emit(table.records[1])
    assert went == [DxPlace(tab=SCORE, item=table.records[1].code)]
    page.open_at(went[0])
    assert page.score.table.current().code == table.records[1].code


def test_papers_are_written(
    desk: Desk, page: DxPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, page)
    store_evidence.add_words(desk.db, YEAR, "1.4", "note", "Danh mục học liệu")
    file = tmp_path / "a.txt"
    file.write_text("một", encoding="utf-8")
    store_evidence.add_file(desk.db, YEAR, "1.4", file)
    store_evidence.add_file(desk.db, YEAR, "1.4", file)
    for words, name in (("In báo cáo", "b.pdf"), ("Xuất Excel", "b.xlsx"), ("Gói minh chứng", "b.zip")):
        monkeypatch.setattr(desk, "save_file", lambda *_words, name=name: tmp_path / name)
        press(page, words)
        qtbot.waitUntil(lambda: not desk.work.busy, timeout=10000)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert sheet_names(tmp_path / "b.xlsx") == ["Tự chấm", "Kết quả"]
    assert len(read_sheet(tmp_path / "b.xlsx").rows) == 30
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.namelist() == ["1.4/a.txt", "1.4/a (2).txt", "Danh mục minh chứng.xlsx"]
        assert archive.read("1.4/a (2).txt").decode() == "một"


def test_a_kept_file_that_is_gone_is_told(desk: Desk, page: DxPage, tmp_path: Path) -> None:
    from edudesk.dx.bundle import save_file, write_bundle
    from edudesk.kernel.errors import Unavailable

    file = tmp_path / "a.txt"
    file.write_text("một", encoding="utf-8")
    store_evidence.add_file(desk.db, YEAR, "1.4", file)
    (piece,) = store_evidence.evidence(desk.db, YEAR)
    store_evidence.attachment_path(desk.db, piece.sha256).unlink()
    with pytest.raises(Unavailable) as caught:
        save_file(desk.db, piece, tmp_path / "ra.txt")
    assert caught.value.code == "FILE_GONE"
    assert write_bundle(desk.db, YEAR, tmp_path / "b.zip") == 1
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        (tmp_path / "l.xlsx").write_bytes(archive.read("Danh mục minh chứng.xlsx"))
        assert archive.namelist() == ["Danh mục minh chứng.xlsx"]
    assert read_sheet(tmp_path / "l.xlsx").rows[1][4] == "thiếu tệp"


def test_the_index_is_completed_from_the_original_and_confirmed(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    page.open_tab(EDITIONS)
    tab = page.tab
    assert isinstance(tab, EditionTab)
    assert tab.copy.isVisible() and not tab.confirm.isVisible()
    tab.table.opened.emit(next(one for one in tab.table.records if isinstance(one, IndexEntry)))
    assert not any(isinstance(one, FormDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
    press(page, "Tạo bản sao để sửa")
    assert tab.edition.id and tab.confirm.isVisible() and "còn thiếu 10 điểm" in tab.state.text()
    tab.table.pick("2.3.8")
    press(page, "Thêm mục")
    form = open_form()
    for key, value in (
        ("code", "2.3.9"),
        ("title", "Mục trong văn bản gốc"),
        ("maximum", 11),
        ("verified", 1),
    ):
        form.form.boxes[key].put(value)
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert form.isVisible(), "eleven points are more than the scale has left"
    form.form.boxes["maximum"].put(10)
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    line = next(one for one in tab.table.records if isinstance(one, IndexEntry) and one.code == "2.3.9")
    assert (line.criterion.code, line.verified) == ("2.3", True)
    tab.table.pick("1.1")
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    form = open_form()
    form.form.boxes["title"].put("Có kế hoạch dạy học trực tuyến")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert tab.table.current().title == "Có kế hoạch dạy học trực tuyến"
    press(page, "Xác nhận…")
    form = open_form()
    form.form.boxes["by"].put("Nguyễn Văn Bách")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert tab.edition.confirmed_by == "Nguyễn Văn Bách" and not tab.confirm.isVisible()
    assert not page.score.strip.draft.isVisible()
    page.open_tab(SCORE)
    assert not page.score.strip.draft.isVisible()


def test_levels_conditions_and_items_of_a_copy_are_edited(desk: Desk, page: DxPage) -> None:
    begun(desk, page)
    page.open_tab(EDITIONS)
    tab = page.tab
    assert isinstance(tab, EditionTab)
    press(page, "Tạo bản sao để sửa")
    press(page, "Sửa mức")
    form = open_form()
    form.form.boxes["third_above"].put(80)
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert tab.edition.index.bands.third_above == 800
    tab.table.pick("2.1")
    press(page, "Thêm điều kiện")
    form = open_form()
    form.form.boxes["code"].put("2.5")
    form.form.boxes["title"].put("Điều kiện trong văn bản gốc")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    assert tab.table.pick("2.5")
    press(page, "Bỏ")
    assert not tab.table.pick("2.5")
    tab.table.pick("1.4")
    press(page, "Bỏ")
    assert tab.edition.index.groups[0].missing == 100
    tab.choice.chosen.emit("")
    assert tab.edition.id == "" and tab.copy.isVisible()
    desk.undo()
    assert tab.edition.id
