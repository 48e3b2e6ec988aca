"""Opens the encrypted file, and translates its library's error codes into problems."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.paths import can_write
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


def connect(path: Path, key: bytes, *, readonly: bool = False, create: bool = False) -> Connection:
    """A connection in WAL with synchronous FULL: what is committed survives a power cut. `create` makes the file.

    On a medium that cannot be written a connection that only reads. Raises Unavailable in words.
    """
    with translating_errors(path):
        if create:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            connection = _opened(path, key, "mode=ro" if readonly else "mode=rw")
            if not readonly:
                connection.execute("pragma journal_mode = wal")
                connection.execute("pragma synchronous = full")
        except sqlcipher.OperationalError as error:
            if _reason(error) not in _NOT_WRITABLE or not path.exists() or can_write(path.parent):
                raise
            connection = _unchanging(path, key)
        connection.execute("pragma cache_size = -8000")
        connection.execute("pragma temp_store = memory")
    return connection


def _opened(path: Path, key: bytes, how: str) -> Connection:
    connection: Connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None
    )
    try:
        connection.execute("pragma cipher_log_level = none")  # what goes wrong is said in words, once
        connection.execute(f"pragma key = \"x'{key.hex()}'\"")
        connection.execute(f"pragma busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _unchanging(path: Path, key: bytes) -> Connection:
    """A file on a medium that nobody can write: read as it lies there, without the files that go with a writer."""
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        message = _("Thư mục dữ liệu chỉ cho đọc, mà những việc ghi sau cùng còn nằm trong tệp tạm.")
        step = _("Chép cả thư mục sang ổ ghi được rồi mở ở đó.")
        raise Unavailable(Problem("READ_ONLY", message, str(path.parent), step))
    connection = _opened(path, key, "mode=ro&immutable=1")
    connection.execute("pragma query_only = on")
    return connection


_NOT_WRITABLE = (sqlcipher.SQLITE_CANTOPEN, sqlcipher.SQLITE_READONLY)

# The library's codes of one kind; its words, where an error comes without a code; ours.
_WORDS: tuple[tuple[tuple[int, ...], str, str, str, str], ...] = (
    (
        (sqlcipher.SQLITE_FULL,),
        "disk is full",
        "DISK_FULL",
        N_("Ổ đĩa đã đầy, chưa ghi được gì."),
        N_("Dọn bớt chỗ rồi làm lại."),
    ),
    (
        (sqlcipher.SQLITE_IOERR,),
        "disk i/o error",
        "DISK_IO",
        N_("Ổ đĩa báo lỗi khi ghi, chưa ghi được gì."),
        N_("Kiểm tra ổ đĩa rồi làm lại."),
    ),
    (
        (sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_LOCKED),
        "locked",
        "BUSY",
        N_("Dữ liệu đang do một cửa sổ khác ghi."),
        N_("Đợi một lát rồi làm lại."),
    ),
    (
        (sqlcipher.SQLITE_READONLY, sqlcipher.SQLITE_PERM),
        "readonly",
        "READ_ONLY",
        N_("Thư mục dữ liệu chỉ cho đọc."),
        N_("Chọn thư mục ghi được, hoặc xin quyền ghi."),
    ),
    (
        (sqlcipher.SQLITE_NOTADB,),
        "not a database",
        "DATABASE_KEY",
        N_("Không mở được dữ liệu: khóa school.key không đúng, hoặc tệp đã hỏng."),
        N_("Chép lại cả hai tệp school.db và school.key từ cùng một bản sao lưu."),
    ),
    (
        (sqlcipher.SQLITE_CORRUPT,),
        "malformed",
        "DATABASE_DAMAGED",
        N_("Tệp dữ liệu bị hỏng."),
        N_("Dùng bản sao lưu gần nhất."),
    ),
    (
        (sqlcipher.SQLITE_CANTOPEN,),
        "unable to open",
        "DATABASE_OPEN",
        N_("Không mở được tệp dữ liệu."),
        N_("Kiểm tra thư mục và quyền ghi."),
    ),
)


def _reason(error: sqlcipher.DatabaseError) -> int:
    """The library's primary code of an error; 0 for one that has none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


@contextmanager
def translating_errors(path: Path) -> Iterator[None]:
    """Translate errors of the database library or the disk into Unavailable, naming the file."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        problem = _translated(error, path)
        if problem is None:
            raise
        raise Unavailable(problem) from error
    except OSError as error:
        raise disk_problem(error, path) from error


def _translated(error: sqlcipher.DatabaseError, path: Path) -> Problem | None:
    reason, words = _reason(error), str(error).lower()
    known = next((row for row in _WORDS if (reason in row[0] if reason else row[1] in words)), None)
    if known is not None and known[2] == "DISK_IO" and not _room(path):
        known = _WORDS[0]  # the library cannot always tell, as when it cannot even begin to read
    if known is None:
        return None
    _codes, _part, code, message, next_step = known
    return Problem(code, _(message), place=str(path), next=_(next_step))


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
    if error.errno == errno.EROFS:
        message, step = _("Ổ đĩa hay thư mục này chỉ cho đọc."), _("Chọn nơi khác để ghi.")
        return Unavailable(Problem("READ_ONLY", message, str(path), step))
    if isinstance(error, PermissionError):
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
