"""Makes the pictures of the handbook: a tour of the demo school, and of its pictures those the chapters show.

Run by `packaging/dev.py`; alone: `PYTHONPATH=. python packaging/handbook.py`. The pictures are not kept in the repository, so that
none can be older than the program.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from edudesk.handbook.chapters import chapters
from edudesk.tour import take_tour

ROOT = Path(__file__).resolve().parents[1]
WIDE = 960  # pixels: as wide as the handbook's window shows them
PICTURES = ROOT / "resources" / "handbook" / "pictures"


def main() -> int:
    """Make them anew; answers 1, naming them, when a chapter shows a picture that no tour makes."""
    wanted = {name for chapter in chapters() for name in chapter.pictures}
    with tempfile.TemporaryDirectory() as place:
        made = {path.name: path for path in take_tour(Path(place), papers=lambda _db, _year: {})}
        missing = sorted(wanted - made.keys())
        if missing:
            print("handbook: no such picture in the tour:", ", ".join(missing), file=sys.stderr)
            return 1
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for name in sorted(wanted):
            shrink(made[name], PICTURES / name)
    size = sum(path.stat().st_size for path in PICTURES.iterdir())
    print(f"handbook: {len(wanted)} pictures, {size / 1024:.0f} kB")
    return 0


def shrink(source: Path, target: Path) -> None:
    """A picture as wide as it is shown, in 256 colours."""
    image = QImage(str(source)).scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation)
    dither = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    image.convertToFormat(QImage.Format.Format_Indexed8, dither).save(str(target), "PNG", 0)


if __name__ == "__main__":
    raise SystemExit(main())
