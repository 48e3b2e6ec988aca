"""The bytes of a file somebody chose, within bounds: never a device, never endless, never one with a password."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.storage.connection import disk_problem

MOST_BYTES = 64 << 20  # of a file as it lies on the disk
MOST_INFLATED = 80 << 20  # of all parts of a workbook together
MOST_PART = 40 << 20  # of one part
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
BROKEN_ZIP = (
    *(KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)  # what reading a damaged zip or part of it raises
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Office keeps a workbook with a password


def file_bytes(path: Path) -> bytes:
    """The whole file. Raises Unavailable: FILE_MISSING, FILE_LOCKED, FILE_UNREADABLE, FILE_TOO_LARGE."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise unreadable(path)
        with path.open("rb") as file:
            data: bytes = file.read(MOST_BYTES + 1)
    except PermissionError as error:
        step = _("Đóng tệp trong Excel rồi làm lại.")
        message = _("Tệp đang mở ở chương trình khác hoặc không được phép đọc.")
        raise Unavailable(Problem("FILE_LOCKED", message, str(path), step)) from error
    except OSError as error:
        raise disk_problem(error, path) from error
    except ValueError as error:  # a name that no system takes: a NUL, half a letter
        raise unreadable(path) from error
    if len(data) > MOST_BYTES:
        raise too_large(path)
    return data


def unreadable(path: Path) -> Unavailable:
    """What is said of a file that is broken or is no spreadsheet."""
    step = _("Mở bằng Excel, lưu lại dạng .xlsx rồi chọn tệp mới.")
    return Unavailable(Problem("FILE_UNREADABLE", _("Tệp hỏng hoặc không phải bảng tính."), str(path), step))


def too_large(path: Path) -> Unavailable:
    """What is said of a file that is far larger than any school's list."""
    step = _("Mở bằng Excel, chép riêng danh sách cần nhập sang tệp mới rồi chọn tệp ấy.")
    message = _("Tệp quá lớn, hoặc bung ra quá lớn, so với một danh sách.")
    return Unavailable(Problem("FILE_TOO_LARGE", message, str(path), step))


def locked(path: Path) -> Unavailable:
    """What is said of a file that asks for a password."""
    step = _("Mở tệp, bỏ mật khẩu rồi lưu lại.")
    return Unavailable(Problem("FILE_PASSWORD", _("Tệp có mật khẩu nên không đọc được."), str(path), step))


def is_encrypted_office(data: bytes) -> bool:
    """Whether it is an .xlsx or .xlsb with a password: an OLE file around an encrypted package."""
    return data.startswith(OLE) and _ENCRYPTED in data


def opened_zip(path: Path, file: BytesIO) -> ZipFile:
    """The parts of a workbook; what they say they inflate to is within bounds.

    Raises Unavailable FILE_UNREADABLE, FILE_TOO_LARGE, FILE_PASSWORD.
    """
    try:
        parts = ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise unreadable(path) from error
    sizes = [part.file_size for part in parts.infolist()]
    if sum(sizes) > MOST_INFLATED or max(sizes, default=0) > MOST_PART:
        raise too_large(path)
    if any(part.flag_bits & 1 for part in parts.infolist()):
        raise locked(path)
    return parts
