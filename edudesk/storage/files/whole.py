"""A file that is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.storage.connection import disk_problem


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Write to the path given, beside the real one; it takes its place only when all went well.

    Raises Unavailable: FILE_LOCKED, DISK_FULL, NOT_ALLOWED, OUTPUT_NOT_FILE for what is no plain file.
    """
    require_plain(path)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except PermissionError as error:
        if not path.exists():
            raise disk_problem(error, path) from error
        message = _("Tệp đang mở ở chương trình khác nên không ghi đè được.")
        step = _("Đóng tệp rồi làm lại, hoặc ghi tên khác.")
        raise Unavailable(Problem("FILE_LOCKED", message, str(path), step)) from error
    except OSError as error:
        raise disk_problem(error, path) from error
    finally:
        with suppress(OSError):
            part.unlink()


def require_plain(path: Path) -> None:
    """Raises Unavailable OUTPUT_NOT_FILE when a device, a pipe or a folder has the name to be written."""
    try:
        odd = path.exists() and not path.is_file()
    except (OSError, ValueError):
        return
    if odd:
        message = _("Đây không phải một tệp thường nên không ghi vào.")
        step = _("Chọn tên tệp khác, như ket-qua.xlsx.")
        raise Unavailable(Problem("OUTPUT_NOT_FILE", message, str(path), step))
