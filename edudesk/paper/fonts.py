"""The typeface of official papers: Times New Roman where the PC has it, else letters of the same measure."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

FACES = ("regular", "bold", "italic", "bold-italic")
_WINDOWS = ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")
_LIBERATION = tuple(f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
_LIBERATION_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/liberation-serif",
)
_NOTO = "NotoSerif[wdth,wght].ttf", "NotoSerif-Italic[wdth,wght].ttf"


def candidates() -> list[tuple[Path, ...]]:
    """Sets of four files (regular, bold, italic, bold italic), the best first; some may not be there."""
    sets: list[tuple[Path, ...]] = []
    if sys.platform == "win32":
        folder = Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        sets.append(tuple(folder / name for name in _WINDOWS))
    sets += [tuple(Path(folder, name) for name in _LIBERATION) for folder in _LIBERATION_FOLDERS]
    return [*sets, packaged()]


def packaged() -> tuple[Path, ...]:
    """The letters that come with the program, for a PC with neither; its bold is its regular."""
    spec = find_spec("fontpkg_noto_serif")
    folder = Path(str(spec.origin)).parent / "files" if spec else Path()
    upright, slanted = (folder / name for name in _NOTO)
    return (upright, upright, slanted, slanted)


def font_files() -> tuple[Path, ...]:
    """The four files this PC prints with."""
    return next(files for files in candidates() if all(map(Path.is_file, files)))


@lru_cache(maxsize=1)
def register() -> None:
    """Tell reportlab of the four faces, under the names of FACES. Once per run; takes some 30 ms."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face, file in zip(FACES, font_files(), strict=True):
        pdfmetrics.registerFont(TTFont(face, str(file)))
