"""Makes the pictures of the handbook: tours of two demo schools, and of their pictures those the chapters show.

Run by `packaging/dev.py`; alone: `PYTHONPATH=. python packaging/handbook.py`. The pictures are not kept in the repository, so that
none can be older than the program.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from edudesk.handbook.chapters import chapters
from edudesk.tour import take_tour

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "handbook" / "pictures"
WINDOW = QSize(1190, 640)  # pixels: pages whole, letters still readable at the width of the handbook
PRIMARY = "tieu-hoc-"  # what the names of pictures of the primary school begin with
EXACT, COARSE, ROUND = (
    160,
    0xFFE0E0E0,
    0x101010,
)  # colours kept as they are; the bits that tell the others apart
LONGEST, LEFT = (
    44,
    22,
)  # equal rows of pixels one below the other that are too many, and how many of them stay


def main() -> int:
    """Make them anew; answers 1, naming them, when a chapter shows a picture that no tour makes."""
    wanted = {name for chapter in chapters() for name in chapter.pictures}
    with tempfile.TemporaryDirectory() as place:
        made = {**walk(Path(place, "thcs"), "thcs"), **walk(Path(place, "tieu_hoc"), "tieu_hoc", PRIMARY)}
        missing = sorted(wanted - made.keys())
        if missing:
            print("handbook: no such picture in the tour:", ", ".join(missing), file=sys.stderr)
            return 1
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for name in sorted(wanted):
            keep(made[name], PICTURES / name)
    size = sum(path.stat().st_size for path in PICTURES.iterdir())
    print(f"handbook: {len(wanted)} pictures, {size / 1024:.0f} kB")
    return 0


def walk(out: Path, level: str, prefix: str = "") -> dict[str, Path]:
    """The pictures of a tour through a demo school, by name."""
    made = take_tour(out, papers=lambda _db, _year: {}, level=level, size=WINDOW)
    return {f"{prefix}{path.name}": path for path in made}


def keep(source: Path, target: Path) -> None:
    """A picture without its empty stretches, in 256 colours of its own."""
    dither = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    image = without_empty(QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32))
    image.convertToFormat(QImage.Format.Format_Indexed8, palette(image), dither).save(str(target), "PNG", 0)


def palette(image: QImage) -> list[int]:
    """The colours that cover most of a picture as they are, and of all the others coarse ones."""
    counted = Counter(memoryview(image.constBits()).cast("B").cast("I").tolist())
    exact = [colour for colour, _n in counted.most_common(EXACT)]
    coarse: Counter[int] = Counter()
    for colour, n in counted.items():
        coarse[colour & COARSE | ROUND] += n
    return [*exact, *(colour for colour, _n in coarse.most_common(256 - EXACT))]


def without_empty(image: QImage) -> QImage:
    """The same picture where long runs of equal rows are short: a table's empty lower half, a page's foot."""
    rows, run = [], 0
    for y in range(image.height()):
        run = run + 1 if y and image.constScanLine(y) == image.constScanLine(y - 1) else 0
        rows.append((y, run))
    lengths = {y - run: run for y, run in rows}  # of each run, by its first row
    kept = [y for y, run in rows if run < LEFT or lengths[y - run] < LONGEST]
    made = QImage(image.width(), len(kept), image.format())
    painter = QPainter(made)
    for at, y in enumerate(kept):
        painter.drawImage(0, at, image, 0, y, image.width(), 1)
    painter.end()
    return made


if __name__ == "__main__":
    raise SystemExit(main())
