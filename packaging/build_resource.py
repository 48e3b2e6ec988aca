"""What Windows shows of the program's files: version, maker, licence. Read by `build_installer.spec` on Windows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MAKER = "EduDesk"
ABOUT = "EduDesk – sổ điểm và hồ sơ của trường"
VIETNAMESE, UNICODE = 0x042A, 1200


def version() -> str:
    """The program's version, "0.1.0"."""
    sys.path.insert(0, str(ROOT))
    from edudesk import __version__  # noqa: PLC0415 - only here is the source on the path

    return __version__


def four(text: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: four whole numbers."""
    numbers = [int(part) for part in text.split(".") if part.isdigit()]
    first, second, third, fourth = (*numbers, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def strings(name: str) -> dict[str, str]:
    """The lines of the page “Details” in a file's properties."""
    return {
        "CompanyName": MAKER,
        "FileDescription": ABOUT if name == "edudesk" else f"{ABOUT} (dòng lệnh)",
        "FileVersion": version(),
        "InternalName": name,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "EduDesk",
        "ProductVersion": version(),
    }


def version_resource(name: str) -> Any:
    """PyInstaller's version resource of one of the programs."""
    from PyInstaller.utils.win32.versioninfo import (  # noqa: PLC0415 - only where PyInstaller runs
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    table = StringTable(
        f"{VIETNAMESE:04x}{UNICODE:04x}", [StringStruct(*one) for one in strings(name).items()]
    )
    numbers = four(version())
    return VSVersionInfo(
        FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=1),
        [StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [VIETNAMESE, UNICODE])])],
    )
