"""Gathering the report: the program and the PC, its log, what the look over the data found, and scrambled rows."""

from __future__ import annotations

import datetime as dt
import json
import platform
import secrets
import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edudesk import __version__
from edudesk.kernel import clock
from edudesk.kernel.errors import Failure
from edudesk.kernel.log import log_file
from edudesk.kernel.numbers import show_tenths, thousands
from edudesk.kernel.paths import portable_folder
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.files.whole import whole_file
from edudesk.storage.files.zips import zip_entry
from edudesk.storage.rows import read_rows
from edudesk.trouble.rules_scramble import Scrambler

MOST_ROWS = 400  # of one table
MOST_STEPS = 60
MOST_LOG = 64 * 1024  # bytes of the log, its end
MEGABYTE = 1 << 20
TITLES = {
    "loi-ke.txt": N_("Lời kể của bạn"),
    "chuong-trinh.txt": N_("Chương trình và máy"),
    "nhat-ki.txt": N_("Nhật kí lỗi"),
    "kiem-tra.txt": N_("Kiểm tra dữ liệu"),
    "bang.txt": N_("Các bảng"),
    "viec-gan-day.txt": N_("Việc gần đây"),
    "du-lieu.json": N_("Dữ liệu đã xáo"),
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of the report: its name and all that stands in it."""

    name: str
    text: str

    @property
    def title(self) -> str:
        """What it is, for people."""
        return _(TITLES[self.name])


def gather(db: Database | None, *, account: str = "", progress: Progress = SILENT) -> tuple[ReportFile, ...]:
    """Everything the report would hold. Without `db`, of a school that does not open, what there is besides data."""
    parts = [
        ReportFile("loi-ke.txt", account.strip()),
        ReportFile("chuong-trinh.txt", _program(db)),
        ReportFile("nhat-ki.txt", _log()),
    ]
    if db is not None:
        progress.step(1, 3, _("Xem lại dữ liệu"))
        parts.append(ReportFile("kiem-tra.txt", _findings(db)))
        progress.step(2, 3, _("Xáo tên và điểm"))
        scrambler = Scrambler(secrets.token_bytes(32))
        parts += [ReportFile("bang.txt", _tables(db)), ReportFile("viec-gan-day.txt", _steps(db))]
        parts.append(ReportFile("du-lieu.json", _rows(db, scrambler)))
    return tuple(part for part in parts if part.text)


def write_report(path: Path, parts: tuple[ReportFile, ...]) -> Path:
    """Write the report as one zip file; answers where. Raises Unavailable when it cannot be written."""
    with whole_file(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
        for piece in parts:
            file.writestr(zip_entry(piece.name), piece.text)
    return path


def report_name(day: dt.date) -> str:
    """The file name proposed for a report."""
    return f"EduDesk-bao-loi-{day.isoformat()}.zip"


def _program(db: Database | None) -> str:
    facts = {
        "EduDesk": __version__,
        _("Bản đóng gói"): _yes(bool(getattr(sys, "frozen", False))),
        _("Chạy từ USB"): _yes(portable_folder() is not None),
        _("Hệ điều hành"): platform.platform(),
        _("Bộ xử lí"): platform.machine(),
        "Python": platform.python_version(),
        "Qt": getattr(sys.modules.get("PySide6"), "__version__", "–"),
        _("Bảng mã"): sys.getfilesystemencoding(),
        _("Lúc"): f"{clock.now():%H:%M %d/%m/%Y}",
    }
    if db is not None:
        size = round(db.path.stat().st_size * 10 / MEGABYTE)
        facts[_("Cỡ dữ liệu")] = f"{show_tenths(size)} MB"
        facts[_("Ổ còn trống")] = f"{thousands(shutil.disk_usage(db.path.parent).free // MEGABYTE)} MB"
    return "\n".join(f"{name}: {value}" for name, value in facts.items())


def _yes(fact: bool) -> str:
    return _("có") if fact else _("không")


def _log() -> str:
    """The end of the log, which holds no names: words that may be somebody's are written there as their shape."""
    try:
        return log_file().read_bytes()[-MOST_LOG:].decode("utf-8", "replace")
    except OSError:
        return ""


def _findings(db: Database) -> str:
    try:
        return "\n".join(
            f"{finding.code}: {_('đạt') if finding.fine else _('có lỗi')}" for finding in examine(db)
        )
    except Failure as no:
        return no.code


def _tables(db: Database) -> str:
    lines = []
    for table in sorted(db.tables):
        there, gone = db.all(f"select count(*), coalesce(sum(gone), 0) from {table}")[0]
        lines.append(_("{table}: {n} dòng, {gone} đã bỏ").format(table=table, n=there, gone=gone))
    return "\n".join(lines)


def _steps(db: Database) -> str:
    """The last actions: when and how large. Their names may name people, so only the tables they touched are told."""
    rows = db.all(
        """select s.wall, s.size, group_concat(distinct j.tbl) from journal_step s join journal j on j.step = s.n
        group by s.n order by s.n desc limit ?""",
        (MOST_STEPS,),
    )
    words = _("{moment} · {n} thay đổi · {tables}")
    return "\n".join(words.format(moment=wall, n=size, tables=tables) for wall, size, tables in rows)


def _rows(db: Database, scrambler: Scrambler) -> str:
    return json.dumps(dict(_scrambled(db, scrambler)), ensure_ascii=False, indent=1)


def _scrambled(db: Database, scrambler: Scrambler) -> Iterator[tuple[str, list[dict[str, object]]]]:
    for name, table in sorted(db.tables.items()):
        ids = [row for (row,) in db.all(f"select id from {name} order by rowid desc limit ?", (MOST_ROWS,))]
        rows = read_rows(db.connection, table, ids)
        yield name, [dict(scrambler.row(name, row_id, fields)) for row_id, fields in rows.items()]
