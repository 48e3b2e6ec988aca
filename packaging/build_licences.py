"""Gathers the licences of everything that is bundled into one file people can read. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from machine import PINS, ROOT

FILE = "LICENSES.txt"
LINE = "=" * 78
COMMON = ROOT / "packaging" / "licences"  # the texts that the packages of Qt name but do not bring along
KNOWN = {"sqlcipher3": "Zlib"}  # where the package says it in its text alone
NOT_BUNDLED = ("pip", "setuptools")  # wanted by sqlite-utils' own command line, left out of the program
QT = """Qt 6 and PySide6 are used under the GNU Lesser General Public License, version 3. They lie as separate shared libraries
in the folder of the program (PySide6, shiboken6) and may be replaced by changed versions of the same interface.
Their source is published by The Qt Company with each release of that version."""
INSIDE = {
    "sqlcipher3": "The library contains SQLite (public domain), SQLCipher (BSD-3-Clause, Zetetic LLC) and OpenSSL (Apache-2.0).",
    "pyside6-essentials": QT,
    "shiboken6": QT,
    "pillow": "The library contains libjpeg-turbo, zlib and others under the licences below.",
    "python-calamine": "The library contains calamine and other Rust packages (MIT).",
}


@dataclass(frozen=True)
class Bundled:
    """A package in the program: its name, version, licence in a word, and the texts that came with it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def bundled(site: Path) -> list[Bundled]:
    """The packages of the runtime pins that lie in a site-packages folder, by name."""
    wanted = {
        _plain(name) for name in re.findall(r"^([\w.-]+)==", (PINS / "runtime.txt").read_text(), re.MULTILINE)
    }
    found = [_read(folder) for folder in site.glob("*.dist-info")]
    kept = [one for one in found if _plain(one.name) in wanted and _plain(one.name) not in NOT_BUNDLED]
    return sorted(kept, key=lambda one: one.name.lower())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(folder: Path) -> Bundled:
    about = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    word = about["License-Expression"] or next(_classifiers(about.get_all("Classifier") or []), "")
    word = word or (about["License"] or "").strip().partition("\n")[0] or KNOWN.get(_plain(about["Name"]), "")
    return Bundled(about["Name"], about["Version"], word or "see the text below", tuple(_texts(folder)))


def _classifiers(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("License ::"):
            yield line.rpartition(" :: ")[2]


def _texts(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        named = re.match(r"(licen[cs]e|copying|notice|ofl)", file.name, re.IGNORECASE)
        if file.is_file() and (named or "licenses" in file.parts[-3:-1]):
            yield file.read_text(encoding="utf-8", errors="replace").strip()


def write_licences(folder: Path, *, site: Path, python_licence: Path) -> Path:
    """Write the one file: EduDesk's own licence, Python's, then each package's. Answers it."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = bundled(site)
    parts = ["EduDesk\nApache-2.0\n\n" + (ROOT / "LICENSE").read_text(encoding="utf-8").strip()]
    parts.append("Python\nPSF-2.0\n\n" + python_licence.read_text(encoding="utf-8", errors="replace").strip())
    for one in packages:
        said = INSIDE.get(_plain(one.name), "")
        parts.append(
            "\n\n".join(filter(None, (f"{one.name} {one.version}\n{one.licence}", said, *one.texts)))
        )
    parts += [text.read_text(encoding="utf-8").strip() for text in sorted(COMMON.glob("*.txt"), reverse=True)]
    names = "\n".join(f"  {one.name} {one.version}: {one.licence}" for one in packages)
    head = (
        f"Giấy phép của EduDesk và của những phần đi kèm\n\n  EduDesk: Apache-2.0\n  Python: PSF-2.0\n{names}"
    )
    file = folder / FILE
    file.write_text(f"\n\n{LINE}\n".join([head, *parts]) + "\n", encoding="utf-8")
    return file
