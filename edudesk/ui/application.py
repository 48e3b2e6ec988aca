"""The one QApplication of the process: its look, its words, offscreen where there is no display."""

from __future__ import annotations

import os
import sys

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from edudesk.kernel.preferences import Preferences
from edudesk.ui import icons, qtwords, theme
from edudesk.ui.style import sheet


def application(chosen: Preferences | None = None) -> QApplication:
    """The one QApplication, with the look that was chosen and Vietnamese words. Offscreen where there is no display."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["edudesk", "-style", theme.STYLE])
        app.setProperty(theme.STYLED, True)
        app.setApplicationName("EduDesk")
        dress(app, chosen or Preferences())
        qtwords.install(app)
    return app


def dress(app: QApplication, chosen: Preferences) -> None:
    """The theme and the height of rows."""
    theme.use_density(chosen.density)
    apply_theme(app, chosen.theme)


def apply_theme(app: QApplication, mode: str = "light") -> None:
    """Put a theme ("light" or "dark") on the whole program; widgets that exist are repainted, none is remade."""
    theme.use_theme(mode)
    icons.forget()
    if not app.property(theme.STYLED):
        app.setStyle(theme.STYLE)
        app.setProperty(theme.STYLED, True)
    app.setFont(theme.font())
    app.setPalette(_palette())
    app.setStyleSheet(sheet(theme.THEMES[mode]))


_ROLES = {
    QPalette.ColorRole.Window: "bg", QPalette.ColorRole.WindowText: "text", QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken", QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.BrightText: "bad", QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Mid: "line2", QPalette.ColorRole.Dark: "field", QPalette.ColorRole.Shadow: "line2",
    QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent_text", QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.ToolTipBase: "raised", QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text3", QPalette.ColorRole.Accent: "accent",
}  # fmt: skip


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, theme.token(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.token("off"))
    return palette
