"""Pictures of rooms and machines: kept small, shown beside the list, taken away and brought back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.kernel.errors import Refused, Unavailable
from edudesk.premises import store, store_photos
from edudesk.premises.view_rooms import RoomsTab
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.pictures import LONGEST, LargePicture, read_picture, thumbnail


def drawn(path: Path, wide: int, high: int, *, clear: bool = False) -> Path:
    image = QImage(wide, high, QImage.Format.Format_ARGB32 if clear else QImage.Format.Format_RGB32)
    image.fill(0x11AABBCC if clear else 0xFFAABBCC)
    assert image.save(str(path))
    return path


@pytest.fixture
def tab(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[RoomsTab]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "trường", ("9A1",)) as db:
        store.save_room(db, {"name": "101", "kind": "PHONG_HOC"})
        desk = Desk(db, year=YEAR)
        desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        made = RoomsTab(desk, export=lambda _desk: None)
        desk.announced.connect(made.refresh)
        made.resize(1100, 640)
        qtbot.addWidget(made)
        made.refresh()
        made.show()
        made.table.pick(store.rooms(db)[0].id)
        yield made
        desk.close()


def test_a_large_picture_is_made_smaller_and_says_so(tmp_path: Path, qapp: QApplication) -> None:
    found = read_picture(drawn(tmp_path / "a.png", 4000, 3000))
    assert (found.width, found.height, found.shrunk, found.name) == (LONGEST, 1200, "4000 × 3000", "a.jpg")
    small = read_picture(drawn(tmp_path / "b.png", 100, 50, clear=True))
    assert (small.width, small.shrunk, small.name) == (100, "", "b.png")


def test_what_is_no_picture_is_refused(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "giả.png"
    bad.write_bytes(b"not a picture")
    with pytest.raises(Refused) as caught:
        read_picture(bad)
    assert caught.value.code == "PICTURE_UNREADABLE"
    monkeypatch.setattr("edudesk.ui.pictures.MOST_FILE", 4)
    with pytest.raises(Refused) as caught:
        read_picture(bad)
    assert caught.value.code == "PICTURE_LARGE"
    with pytest.raises(Unavailable):
        read_picture(tmp_path / "không có.png")
    assert thumbnail(bad, 50).isNull()


def test_pictures_beside_the_list(
    tab: RoomsTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drawn(tmp_path / "phòng.png", 2000, 1000)
    monkeypatch.setattr(tab.desk, "choose_file", lambda *_words: path)
    wide = len(tab.table.columns)
    tab.show_photos.click()
    assert tab.panel.isVisible() and len(tab.table.columns) < wide
    with qtbot.waitSignal(tab.desk.toasted) as said:
        tab.panel.choose()
    assert "thu nhỏ từ 2000 × 1000" in said.args[0]
    assert tab.panel.list.count() == 1 and tab.show_photos.text() == "Ảnh (1)"
    tab.activateWindow()
    tab.panel.list.setFocus()
    QApplication.processEvents()
    assert tab.panel.list.hasFocus()
    qtbot.keyClick(tab.panel.list, Qt.Key.Key_Delete)
    assert tab.panel.list.count() == 0
    tab.desk.undo()
    assert tab.panel.list.count() == 1
    tab.panel.show_large()
    (large,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, LargePicture) and one.isVisible()
    ]
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert large.place == 0 and "phòng.jpg" in large.name.text()
    large.reject()
    tab.activateWindow()
    tab.panel.list.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(tab.panel.list, Qt.Key.Key_Escape)
    assert not tab.panel.isVisible() and len(tab.table.columns) == wide


def test_limits_are_said_and_a_lost_file_too(
    tab: RoomsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, owner = tab.desk.db, store.rooms(tab.desk.db)[0].id
    for n in range(store_photos.MOST):
        store_photos.add_photo(db, owner, f"{n}.jpg", b"x%d" % n)
    with pytest.raises(Refused) as caught:
        store_photos.add_photo(db, owner, "a.jpg", b"y")
    assert caught.value.code == "PHOTO_MANY"
    store_photos.drop_photos(db, owner)
    monkeypatch.setattr(store_photos, "LARGEST", 2)
    with pytest.raises(Refused) as caught:
        store_photos.add_photo(db, owner, "a.jpg", b"yyy")
    assert caught.value.code == "PHOTO_LARGE"
    store_photos.add_photo(db, owner, "a.jpg", b"yy")
    (one,) = store_photos.photos(db, owner)
    assert store_photos.photo_path(db, one).read_bytes() == b"yy"
    store_photos.photo_path(db, one).unlink()
    tab.show_photos.click()
    assert "thiếu tệp" in tab.panel.list.item(0).text()
