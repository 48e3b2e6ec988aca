"""Opening the encrypted file, and saying in words what its library says in codes."""

from __future__ import annotations

import errno
import shutil
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import N_, _

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection  # the same interface, and one that is typed
else:
    Connection = sqlcipher.Connection

BUSY_MILLISECONDS = 5_000
LEAST_ROOM = 1 << 16  # bytes; with less the disk is full for a database


def teach_sqlite_utils() -> None:
    """Let sqlite-utils work on encrypted files: it takes an importable `pysqlite3` in place of the plain module."""
    if "pysqlite3" in sys.modules:
        return
    stand_in = types.ModuleType("pysqlite3")
    stand_in.__dict__.update({name: getattr(sqlcipher, name) for name in dir(sqlcipher)})
    stand_in.dbapi2 = sqlcipher  # type: ignore[attr-defined]
    sys.modules["pysqlite3"] = stand_in
    sys.modules["pysqlite3.dbapi2"] = sqlcipher


def connect(path: Path, key: bytes, *, readonly: bool = False) -> Connection:
    """A connection in WAL with synchronous FULL: what is committed survives a power cut."""
    with in_words(path):
        mode = "ro" if readonly else "rwc"
        connection: Connection = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None
        )
        connection.execute("pragma cipher_log_level = none")  # what goes wrong is said in words, once
        connection.execute(f"pragma key = \"x'{key.hex()}'\"")
        connection.execute(f"pragma busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("select count(*) from sqlite_master").fetchone()
        if not readonly:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
        connection.execute("pragma cache_size = -8000")
        connection.execute("pragma temp_store = memory")
    return connection


_WORDS: tuple[tuple[str, str, str, str], ...] = (
    ("disk is full", "DISK_FULL", N_("Ổ đĩa đã đầy, chưa ghi được gì."), N_("Dọn bớt chỗ rồi làm lại.")),
    (
        "disk i/o error",
        "DISK_IO",
        N_("Ổ đĩa báo lỗi khi ghi, chưa ghi được gì."),
        N_("Kiểm tra ổ đĩa rồi làm lại."),
    ),
    ("locked", "BUSY", N_("Dữ liệu đang do một cửa sổ khác ghi."), N_("Đợi một lát rồi làm lại.")),
    (
        "readonly",
        "READ_ONLY",
        N_("Thư mục dữ liệu chỉ cho đọc."),
        N_("Chọn thư mục ghi được, hoặc xin quyền ghi."),
    ),
    (
        "not a database",
        "DATABASE_KEY",
        N_("Không mở được dữ liệu: khóa school.key không đúng, hoặc tệp đã hỏng."),
        N_("Chép lại cả hai tệp school.db và school.key từ cùng một bản sao lưu."),
    ),
    ("malformed", "DATABASE_DAMAGED", N_("Tệp dữ liệu bị hỏng."), N_("Dùng bản sao lưu gần nhất.")),
    (
        "unable to open",
        "DATABASE_OPEN",
        N_("Không mở được tệp dữ liệu."),
        N_("Kiểm tra thư mục và quyền ghi."),
    ),
)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the database library or the disk says into Unavailable, naming the file."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        said = str(error).lower()
        if "disk i/o error" in said and not _room(path):
            said = "disk is full"  # the library cannot always tell, as when it cannot even begin to read
        known = next((row for row in _WORDS if row[0] in said), None)
        if known is None:
            raise
        _part, code, message, next_step = known
        raise Unavailable(Problem(code, _(message), place=str(path), next=_(next_step))) from error
    except OSError as error:
        raise disk_problem(error, path) from error


def _room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free > LEAST_ROOM
    except OSError:
        return True


def disk_problem(error: OSError, path: Path) -> Unavailable:
    """An operating system error about a file, in words."""
    if error.errno == errno.ENOSPC:
        return Unavailable(
            Problem(
                "DISK_FULL", _("Ổ đĩa đã đầy, chưa ghi được gì."), str(path), _("Dọn bớt chỗ rồi làm lại.")
            )
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        message, step = (
            _("Không được phép ghi vào đây."),
            _("Đóng chương trình đang mở tệp, hoặc chọn nơi khác."),
        )
        return Unavailable(Problem("NOT_ALLOWED", message, str(path), step))
    if isinstance(error, FileNotFoundError):
        return Unavailable(
            Problem(
                "FILE_MISSING", _("Không thấy tệp hoặc thư mục này."), str(path), _("Kiểm tra đường dẫn.")
            )
        )
    if isinstance(error, NotADirectoryError | FileExistsError):
        message = _("Ở đây đã có một tệp, không lập thư mục được.")
        return Unavailable(Problem("NOT_A_FOLDER", message, str(path), _("Chọn nơi khác.")))
    message = _("Không đọc ghi được: {reason}.").format(reason=error.strerror or str(error))
    return Unavailable(Problem("DISK_IO", message, str(path), _("Kiểm tra ổ đĩa rồi làm lại.")))
