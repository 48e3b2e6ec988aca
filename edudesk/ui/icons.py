"""Outline icons: one SVG each under resources/icons, painted in a token's colour and kept.

`pixmap("lock", 12, "text2")` is sharp on every screen ratio; `icon("printer")` is for buttons.
"""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from edudesk.kernel.paths import resource, user_data_dir
from edudesk.ui.theme import token

_pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
_files = QTemporaryDir()


def pixmap(name: str, px: int, colour: str = "text2", ratio: float = 0.0) -> QPixmap:
    """A square picture `px` logical pixels wide; FileNotFoundError when there is no such icon."""
    sharp = ratio or _ratio()
    key = (name, px, colour, sharp)
    if key not in _pixmaps:
        _pixmaps[key] = _drawn(name, px, colour, sharp)
    return _pixmaps[key]


def icon(name: str, px: int = 16, colour: str = "text2") -> QIcon:
    """The same for buttons and menus, with its disabled look."""
    made = QIcon(pixmap(name, px, colour))
    made.addPixmap(pixmap(name, px, "off"), QIcon.Mode.Disabled)
    return made


def file(name: str, px: int, colour: str) -> Path:
    """The picture as a file, which is the only thing a style sheet can show."""
    target = Path(_folder(), f"{name}-{colour}-{token(colour).name()[1:]}.png")
    if not target.exists():
        pixmap(name, px, colour).save(str(target))
    return target


def _folder() -> Path:
    """Where the files of this run lie; a folder of the user where the PC has none for what passes."""
    if _files.isValid():
        return Path(_files.path())
    path = user_data_dir() / "pictures"
    with suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


def dress(button: QAbstractButton, name: str, px: int = 16, colour: str = "text2") -> None:
    """Put an icon on a button in a way that a change of theme finds again."""
    button.setProperty("dressed", [name, px, colour])
    button.setIcon(icon(name, px, colour))
    button.setIconSize(QSize(px, px))


def forget() -> None:
    """Drop every picture, because the colours have changed, and dress the buttons anew."""
    _pixmaps.clear()
    for widget in QApplication.allWidgets():
        worn = widget.property("dressed")
        if worn and isinstance(widget, QAbstractButton):
            dress(widget, *worn)


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _drawn(name: str, px: int, colour: str, ratio: float) -> QPixmap:
    text = resource("icons", name + ".svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", token(colour).name())
    if px <= 14:
        text = text.replace('stroke-width="1.75"', 'stroke-width="1.9"')
    if name == "dots":
        text = text.replace('stroke-width="1.75"', 'stroke-width="2.4"')
    canvas = QPixmap(round(px * ratio), round(px * ratio))
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(canvas.rect()))
    painter.end()
    canvas.setDevicePixelRatio(ratio)
    return canvas
