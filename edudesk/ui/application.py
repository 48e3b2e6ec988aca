"""The one QApplication of the process: its look, its words, offscreen where there is no display."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from edudesk.kernel.preferences import Preferences
from edudesk.ui import qtwords, theme


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
    theme.apply(app, chosen.theme)
