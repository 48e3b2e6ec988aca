"""Pictures chosen by a person: read, turned upright, made no larger than a screen needs, and shown large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.ui.parts import bar, button, label, stack

ENDINGS = ("png", "jpg", "jpeg", "bmp", "gif", "webp")
LONGEST = 1600  # px, of the longer side of what is kept
QUALITY = 85  # of JPEG
MOST_FILE = 40 << 20  # bytes of a file that is looked at


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept; `shrunk` says from which size, as “4000 × 3000”, or is blank."""

    name: str
    data: bytes
    width: int
    height: int
    shrunk: str


def picture_kinds() -> str:
    """What a file dialog offers."""
    return _("Ảnh ({kinds})").format(kinds=" ".join(f"*.{ending}" for ending in ENDINGS))


def limits_words() -> str:
    """What becomes of a large picture, for people."""
    words = _("Ảnh {endings}, tệp đến {most} MB; ảnh lớn được thu nhỏ còn {px} điểm cạnh dài.")
    return words.format(endings="PNG, JPG, BMP", most=MOST_FILE >> 20, px=LONGEST)


def read_picture(path: Path) -> Picture:
    """Read a picture, upright, its longer side at most LONGEST.

    Raises Refused PICTURE_LARGE, PICTURE_UNREADABLE; Unavailable when the file cannot be read.
    """
    with translating_errors(path):
        size = path.stat().st_size
    if size > MOST_FILE:
        message = _("Tệp ảnh lớn hơn {most} MB.").format(most=MOST_FILE >> 20)
        raise Refused(Problem("PICTURE_LARGE", message, path.name, _("Chọn ảnh nhỏ hơn.")))
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    image = reader.read()
    if image.isNull():
        next_step = _("Chọn ảnh PNG hoặc JPG.")
        raise Refused(Problem("PICTURE_UNREADABLE", _("Không đọc được ảnh này."), path.name, next_step))
    return _kept(path, image)


def _kept(path: Path, image: QImage) -> Picture:
    before = f"{image.width()} × {image.height()}"
    large = max(image.width(), image.height()) > LONGEST
    if large:
        image = image.scaled(
            LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    see_through = image.hasAlphaChannel()
    ending = "png" if see_through else "jpg"
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG" if see_through else "JPEG", -1 if see_through else QUALITY)  # type: ignore[call-overload]
    data = bytes(buffer.data().data())
    name = f"{path.stem}.{ending}"
    return Picture(name, data, image.width(), image.height(), before if large else "")


def thumbnail(path: Path, px: int) -> QPixmap:
    """The picture no larger than `px` square; a null one when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(px, px, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


class LargePicture(QDialog):
    """One picture as large as the screen lets it; Left and Right go to the others, Esc closes."""

    def __init__(self, title: str, pictures: Sequence[tuple[str, Path]], place: int = 0) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pictures = tuple(pictures)
        self.place = place
        self.image = QLabel()
        self.image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name = label("", role="text2")
        self.before = button(_("Ảnh trước"), on=lambda: self.go(-1))
        self.after = button(_("Ảnh sau"), on=lambda: self.go(1))
        column = stack(spacing=8, pad=(16, 12, 16, 12))
        column.addWidget(self.image, 1)
        column.addLayout(bar(self.name, None, self.before, self.after, button(_("Đóng"), on=self.accept)))
        self.setLayout(column)
        screen = self.screen().availableGeometry()
        self.resize(screen.width() * 4 // 5, screen.height() * 4 // 5)
        self.go(0)

    def go(self, places: int) -> None:
        """Show a neighbour."""
        self.place = (self.place + places) % len(self._pictures)
        name, path = self._pictures[self.place]
        room = min(self.width() - 40, LONGEST), min(self.height() - 90, LONGEST)
        pixmap = thumbnail(path, LONGEST)
        if not pixmap.isNull():
            pixmap = pixmap.scaled(
                *room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self.image.setPixmap(pixmap)
        self.image.setAccessibleName(name)
        missing = "" if not pixmap.isNull() else _(" · tệp ảnh không còn trong thư mục trường")
        self.name.setText(f"{name} ({self.place + 1}/{len(self._pictures)}){missing}")
        for press in (self.before, self.after):
            press.setVisible(len(self._pictures) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
