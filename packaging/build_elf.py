"""Takes out of a Linux folder what nobody there needs: debug symbols, libraries nobody asks for, ICU's data.

Standard library and Debian's binutils; where those are missing the folder is only larger.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from machine import ROOT

TOOLS = ("strip", "readelf", "as", "ld")
EMPTY_ICU = ROOT / "packaging" / "installer" / "icudata.s"
WORTH = 300_000  # bytes; smaller libraries are not worth stripping


def slim(folder: Path, work: Path) -> None:
    """All three, on a folder that PyInstaller made."""
    if all(shutil.which(tool) for tool in TOOLS):
        _empty_icu(folder / "_internal" / "PySide6" / "Qt" / "lib", work)
        _prune(folder)
        _strip(folder)


def _libraries(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*.so*") if file.is_file() and not file.is_symlink()]


def _strip(folder: Path) -> None:
    for library in _libraries(folder):
        if library.stat().st_size > WORTH:
            subprocess.run(["strip", "--strip-debug", str(library)], check=False, stderr=subprocess.DEVNULL)


def _prune(folder: Path) -> None:
    """PyInstaller gathers what a file asks for before some of those files are left out again."""
    inside = folder / "_internal"
    loose = {file.name: file for file in inside.glob("lib*.so*") if not file.is_symlink()}
    asking = [file for file in _libraries(folder) if file.parent != inside] + [folder / "edudesk"]
    asking += [file for name, file in loose.items() if name.startswith("libpython")]
    while asking:
        asked = set().union(*map(_asked, asking))
        asking = [loose.pop(name) for name in asked if name in loose]
    for file in loose.values():
        if not file.name.startswith("libpython"):
            file.unlink()


def _asked(library: Path) -> set[str]:
    """The libraries that one names as needed."""
    told = subprocess.run(["readelf", "-d", str(library)], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", told))


def _empty_icu(qt: Path, work: Path) -> None:
    """ICU's data without entries in place of 32 MB: Qt links it for sorting by language and for old encodings.

    The program does both by itself (`kernel/names.py`, `sheets/cells.py`), as it must on Windows.
    """
    data = next(qt.glob("libicudata.so.*"), None)
    if data is None:
        return
    number = data.suffix.removeprefix(".")
    source, made = work / "icudata.s", work / "icudata.o"
    source.write_text(EMPTY_ICU.read_text().replace("NUMBER", number))
    subprocess.run(["as", "-o", str(made), str(source)], check=True)
    name = ["-soname", data.name, "-z", "noexecstack"]
    subprocess.run(["ld", "-shared", *name, "-o", str(data), str(made)], check=True)
