"""What Windows users get: an installer for one user, and a portable copy in a zip. Standard library only."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

from build_resource import four, version
from build_size import MEGABYTE, files
from machine import ROOT, WINDOWS, Stop

SCRIPT = ROOT / "packaging" / "installer" / "edudesk.nsi"
PORTABLE = "portable.txt"
PORTABLE_WORDS = """Bản chạy không cần cài: dữ liệu nằm trong thư mục DuLieu cạnh tệp này, đi theo USB hoặc thư mục này.
Xóa tệp portable.txt thì chương trình dùng thư mục dữ liệu của người dùng trên máy.
"""


def make_installer(dist: Path, out: Path, icon: Path, *, numbered: str = "", quick: bool = False) -> Path:
    """Pack a one-folder program; `numbered` gives it another version, `quick` packs it loosely. Raises Stop."""
    number = numbered or version()
    installer = out / f"EduDesk-{number}-setup.exe"
    defines = {
        "VERSION": number,
        "NUMBERS": ".".join(map(str, four(number))),
        "DIST": str(dist),
        "OUT": str(installer),
        "ICON": str(icon),
        "KILOBYTES": str(sum(size for size, _name in files(dist)) // 1024),
        **({"QUICK": "1"} if quick else {}),
    }
    command = [
        _makensis(),
        "-V2",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{key}={value}" for key, value in defines.items()),
    ]
    subprocess.run([*command, str(SCRIPT)], check=True)
    return installer


def _makensis() -> str:
    places = (Path("C:/Program Files (x86)/NSIS/makensis.exe"), Path("C:/Program Files/NSIS/makensis.exe"))
    found = shutil.which("makensis") or next((str(one) for one in places if WINDOWS and one.is_file()), None)
    if found is None:
        raise Stop("makensis (NSIS 3) is needed for the installer.")
    return found


def make_portable(dist: Path, out: Path) -> Path:
    """The same folder with a file beside the program that keeps its data there, as a zip."""
    packed = out / f"EduDesk-{version()}-portable.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for _size, name in sorted(files(dist), key=lambda one: one[1]):
            archive.write(dist / name, f"EduDesk/{name}")
        archive.writestr(f"EduDesk/{PORTABLE}", PORTABLE_WORDS)
    return packed


def size_of(file: Path) -> float:
    return file.stat().st_size / MEGABYTE
