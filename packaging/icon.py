"""Draws the program's icon in every size Windows asks for: `icon.py OUT.ico [OUT.png]`. Needs PySide6 and Pillow."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = Path(__file__).resolve().parents[1] / "resources" / "program"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
SMALL = 32  # pixels; up to here the drawing has fewer lines


def drawn(size: int) -> Image.Image:
    """The icon at one size in pixels."""
    drawing = DRAWINGS / ("icon-small.svg" if size <= SMALL else "icon.svg")
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")  # type: ignore[call-overload]
    return Image.open(BytesIO(kept.data().data()))


def main() -> int:
    """Write the icon, and one picture of all sizes when asked to."""
    _app = QGuiApplication(sys.argv[:1])
    pictures = [drawn(size) for size in SIZES]
    sizes = [(size, size) for size in SIZES]
    pictures[-1].save(sys.argv[1], sizes=sizes, append_images=pictures[:-1])
    if len(sys.argv) > 2:
        sheet = Image.new("RGBA", (sum(SIZES) + 8 * len(SIZES), 264), "white")
        left = 4
        for picture in pictures:
            sheet.paste(picture, (left, 4), picture)
            left += picture.width + 8
        sheet.save(sys.argv[2])
    return 0


if __name__ == "__main__":
    sys.exit(main())
