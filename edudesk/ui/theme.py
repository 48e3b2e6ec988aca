"""Colours and type, in the theme that is on.

No other module names a colour value: painters ask `token("accent")`, the style sheet is filled from the same table.
"""

import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo

LIGHT: dict[str, str] = {
    "text": "#182020", "text2": "#465252", "text3": "#5F6B6B", "accent_text": "#0A5A5E",
    "ok": "#1A6B3C", "wait": "#1D5B9E", "ask": "#835000", "bad": "#AE2118", "off": "#94A0A0",
    "bg": "#F5F7F7", "surface": "#FFFFFF", "sunken": "#EEF1F1", "rail": "#EDF1F1", "raised": "#FFFFFF",
    "soft": "#DDEFEE", "soft2": "#EDF6F5", "cross": "#E6F1F0", "active_col": "#EEF6F6",
    "soft_line": "#93C6C3", "line": "#DFE4E4", "line2": "#C3CBCB", "field": "#7C8888",
    "ok_bg": "#E2F2E8", "ok_line": "#9CCFB0", "ok_fill": "#2F8F57",
    "wait_bg": "#E4EEF9", "wait_line": "#A3C3E6", "wait_fill": "#3F7FC4",
    "ask_bg": "#FBEFD8", "ask_line": "#E0B868", "ask_fill": "#C47C12",
    "bad_bg": "#FBE6E4", "bad_line": "#E7A39D", "bad_fill": "#CB3A30",
    "accent": "#0B6468", "accent_hover": "#095357", "accent_pressed": "#07444A", "on_accent": "#FFFFFF",
    "hatch": "#AE883F", "hatch_bg": "#FDF8EE", "hist": "#789A9A", "bar_bg": "#E3E8E8", "shadow": "#33182020",
}  # fmt: skip

DARK: dict[str, str] = {
    "text": "#E4EAE9", "text2": "#B4BFBD", "text3": "#95A2A0", "accent_text": "#7BD2CB",
    "ok": "#79CF9A", "wait": "#8ABAF0", "ask": "#EDB95C", "bad": "#F59A92", "off": "#667271",
    "bg": "#121717", "surface": "#191F1F", "sunken": "#141A1A", "rail": "#151B1B", "raised": "#222A2A",
    "soft": "#173836", "soft2": "#182A29", "cross": "#1D2D2C", "active_col": "#1A2525",
    "soft_line": "#2F6662", "line": "#2B3434", "line2": "#3F4B4B", "field": "#75827F",
    "ok_bg": "#15301F", "ok_line": "#2E6343", "ok_fill": "#4FAE76",
    "wait_bg": "#16283C", "wait_line": "#335A85", "wait_fill": "#5C97D8",
    "ask_bg": "#332711", "ask_line": "#6E5423", "ask_fill": "#D49A3A",
    "bad_bg": "#3A1B19", "bad_line": "#7E3A35", "bad_fill": "#E0685E",
    "accent": "#5CC2BA", "accent_hover": "#74D0C9", "accent_pressed": "#47A9A2", "on_accent": "#062322",
    "hatch": "#83693A", "hatch_bg": "#221E15", "hist": "#567573", "bar_bg": "#2B3434", "shadow": "#87000000",
}  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK}
STYLE = "Fusion"
STYLED = (
    "styled"  # set on an application that was started with the style: naming it later wraps all of its parts
)
SMALL, BODY, TITLE, PAGE = 9, 10, 12, 16
"""The four type sizes, in points."""

DENSITIES = {"normal": (26, 22), "dense": (24, 20), "compact": (22, 18)}
"""How high a row is, in pixels: of a list, of the gradebook."""

_rows = DENSITIES["normal"]
_now: dict[str, QColor] = {name: QColor(value) for name, value in LIGHT.items()}


def use_theme(mode: str) -> None:
    """Let the tokens be those of "light" or "dark"; `ui/application.py` puts them on the program."""
    _now.update({name: QColor(value) for name, value in THEMES[mode].items()})


def token(name: str) -> QColor:
    """The colour of a token in the theme that is on; KeyError for a name that is no token."""
    return _now[name]


def use_density(name: str) -> None:
    """Choose how high the rows of lists and grids are that are made from now on."""
    global _rows
    _rows = DENSITIES[name]


def list_row() -> int:
    """Pixels of a row of a list."""
    return _rows[0]


def grid_row() -> int:
    """Pixels of a row of the gradebook."""
    return _rows[1]


def is_dark() -> bool:
    """Whether the dark theme is on."""
    return _now["surface"].lightness() < 128


def contrast(text: str, other: str) -> float:
    """WCAG 2 contrast ratio of two `#RRGGBB` colours, 1.0 to 21.0."""
    high, low = sorted((_luminance(QColor(text)), _luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@lru_cache(maxsize=1)
def _family() -> tuple[str, int]:
    """Family name and stretch in percent of the screen font."""
    if sys.platform == "win32":
        return "Segoe UI", 100
    if QFontInfo(QFont("Noto Sans")).family() == "Noto Sans":
        return "Noto Sans", 93
    packaged = _packaged()
    return (packaged, 92) if packaged else ("DejaVu Sans", 88)  # both are wider than Segoe UI


def _packaged() -> str:
    """Load the packaged screen font, a stand-in where the system has none; its family name or ""."""
    spec = find_spec("fontpkg_be_vietnam_pro")
    if spec is None or spec.origin is None:
        return ""
    names: list[str] = []
    for file in sorted(Path(spec.origin).parent.glob("files/*.ttf")):
        if file.stem.endswith(("-Regular", "-SemiBold", "-Italic")):
            names += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return names[0] if names else ""


@lru_cache(maxsize=32)
def font(points: int = SMALL, bold: bool = False, italic: bool = False) -> QFont:
    """The screen font with tabular figures; `points` is one of the four sizes."""
    family, stretch = _family()
    made = QFont(family, points)
    made.setStretch(stretch)
    made.setItalic(italic)
    made.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    if sys.platform != "win32":
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
