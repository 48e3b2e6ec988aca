"""Reading what somebody hands in, without reading without end."""

from __future__ import annotations

import sys
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors

MEGABYTE = 1 << 20


def read_bounded(name: str | Path, *, most: int) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises Refused FILE_LARGE, Unavailable as the disk does."""
    place = _("đầu vào chuẩn") if str(name) == "-" else str(name)
    if str(name) == "-":
        content = sys.stdin.buffer.read(most + 1)
    else:
        path = Path(name)
        with translating_errors(path), path.open("rb") as file:
            content = file.read(most + 1)
    if len(content) > most:
        message = _("Tệp lớn hơn {n} MB, không phải loại tệp này.").format(n=most // MEGABYTE)
        raise Refused(Problem("FILE_LARGE", message, place, _("Kiểm tra lại tên tệp.")))
    return content
