"""The panel of pictures beside a list: those of the room or machine under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from edudesk.kernel.words import _
from edudesk.premises import store_photos
from edudesk.premises.store_photos import Photo, photo_path
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.pictures import LargePicture, limits_words, picture_kinds, read_picture, thumbnail
from edudesk.ui.theme import BODY

WIDTH, THUMB = 248, 196
ID = Qt.ItemDataRole.UserRole


class Pictures(QListWidget):
    """The pictures themselves: `removed()` is Del, `left()` Esc."""

    removed = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PhotoPanel(QFrame):
    """`show_owner` says of whom; Enter shows a picture large, Del takes it away, Esc asks to be closed."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("face", "panel")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._owner, self._name = "", ""
        self._photos: list[Photo] = []
        self.title = label("", points=BODY, bold=True)
        self.title.setWordWrap(True)
        self.limits = label(limits_words(), role="text3")
        self.limits.setWordWrap(True)
        self.list = Pictures()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(QSize(THUMB, THUMB * 3 // 4))
        self.list.itemActivated.connect(lambda _item: self.show_large())
        self.add = button(_("Thêm ảnh…"), kind="low", icon="plus", on=self.choose)
        self.large = button(_("Xem"), kind="low", on=self.show_large)
        self.drop = button(_("Bỏ"), kind="low", icon="trash", on=self.remove)
        self._lay_out()
        self.list.removed.connect(self.remove)
        self.list.left.connect(self.closed)

    def _lay_out(self) -> None:
        column = stack(self.title, spacing=8, pad=(12, 10, 12, 10))
        column.addWidget(self.list, 1)
        column.addLayout(bar(self.add, self.large, self.drop, None, spacing=2))
        column.addWidget(self.limits)
        self.setLayout(column)

    def show_owner(self, owner: str, name: str) -> None:
        """Show the pictures of a row; none of "" ."""
        self._owner, self._name = owner, name
        self._photos = store_photos.photos(self._desk.db, owner) if owner else []
        row = self.list.currentRow()
        self.list.clear()
        for photo in self._photos:
            picture = thumbnail(photo_path(self._desk.db, photo), THUMB)
            words = photo.name if not picture.isNull() else _("{name} (thiếu tệp)").format(name=photo.name)
            item = QListWidgetItem(QIcon(picture), words)
            item.setData(ID, photo.id)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), len(self._photos) - 1))
        message = _("Ảnh của {name} ({n})").format(name=name, n=len(self._photos))
        self.title.setText(message if owner else _("Chọn một dòng để xem ảnh"))
        self.list.setAccessibleName(self.title.text())
        self.add.setEnabled(bool(owner))
        for press in (self.large, self.drop):
            press.setEnabled(bool(self._photos))

    @property
    def current(self) -> Photo | None:
        """The picture under the cursor."""
        place = self.list.currentRow()
        return self._photos[place] if 0 <= place < len(self._photos) else None

    def choose(self) -> None:
        """Ask for a picture and keep it, made smaller where it is large."""
        path = self._desk.choose_file(_("Chọn ảnh"), picture_kinds())
        if path is None or not self._owner:
            return
        picture = self._desk.do(lambda _db: read_picture(path))
        if picture is not None:
            message = _("Đã thêm ảnh cho {name}").format(name=self._name)
            shrunk = _(", thu nhỏ từ {size}").format(size=picture.shrunk) if picture.shrunk else ""
            action = store_photos.add_photo
            self._desk.do(action, self._owner, picture.name, picture.data, toast=message + shrunk)

    def show_large(self) -> None:
        """The picture under the cursor over the window."""
        if self.current is not None:
            shown = [(photo.name, photo_path(self._desk.db, photo)) for photo in self._photos]
            LargePicture(self.title.text(), shown, self.list.currentRow()).open()

    def remove(self) -> None:
        """Take the picture under the cursor away."""
        photo = self.current
        if photo is not None:
            self._desk.do(
                store_photos.drop_photo, photo.id, toast=_("Đã bỏ ảnh {name}").format(name=photo.name)
            )
