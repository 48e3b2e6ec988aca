"""Entries of a zip file, whose format knows no day before 1980: a PC whose clock has stopped still writes one."""

from __future__ import annotations

import time
from zipfile import ZIP_DEFLATED, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
LAST_DAY = (2107, 12, 31, 23, 59, 58)


def zip_entry(name: str) -> ZipInfo:
    """A compressed entry of that name, made now as far as the format can say it."""
    now = time.localtime()[:6]
    entry = ZipInfo(name, min(max(now, FIRST_DAY), LAST_DAY))
    entry.compress_type = ZIP_DEFLATED
    return entry
