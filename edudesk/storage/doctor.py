"""Checks the data against the journal; answers findings a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from edudesk.kernel import clock
from edudesk.kernel.change import GONE
from edudesk.kernel.words import _
from edudesk.storage import journal
from edudesk.storage.attachments import unsound_files
from edudesk.storage.backups.catalogue import age_words, list_backups
from edudesk.storage.database import Database
from edudesk.storage.places import TAIL, school_key
from edudesk.storage.tail_file import read_end


@dataclass(frozen=True, slots=True)
class Finding:
    """The finding of one check. `fine` is False when somebody must act; `next` says how."""

    code: str
    fine: bool
    message: str
    next: str = ""


def examine(db: Database) -> list[Finding]:
    """File, chain, replay, tail, attached files, backups and key, in that order."""
    written_in, last = read_end(db.folder / TAIL, school_key(db.folder))  # before the database is read
    with db.snapshot():
        tail = _tail(db, last if written_in == db.origin.epoch else 0)
        return [*check_data(db), tail, _attachments(db), _backups(db), _key()]


def check_data(db: Database, *, since: Mapping[str, journal.End] = MappingProxyType({})) -> list[Finding]:
    """File, chain and replay, at one moment: whether the data is whole. `since` as `journal.broken_links` takes it."""
    with db.snapshot():
        file = _file(db)
        return [file, *_chain(db, since), *_replay(db)] if file.fine else [file]


def _file(db: Database) -> Finding:
    said = [row[0] for row in db.all("pragma integrity_check")]
    if said == ["ok"]:
        return Finding("FILE", True, _("Tệp dữ liệu nguyên vẹn."))
    message = _("Tệp dữ liệu có {n} chỗ hỏng: {first}.").format(n=len(said), first=said[0])
    return Finding("FILE", False, message, _("Dùng bản sao lưu gần nhất."))


def _chain(db: Database, since: Mapping[str, journal.End]) -> list[Finding]:
    broken = journal.broken_links(db.connection, since=since)
    if not broken:
        rows = db.value("select count(*) from journal")
        return [Finding("CHAIN", True, _("Chuỗi nhật kí khớp ({rows} dòng).").format(rows=rows))]
    message = _("Nhật kí không khớp từ dòng {seq} của luồng {stream} (bảng {table}, bản ghi {row}).")
    return [
        Finding(
            "CHAIN",
            False,
            message.format(seq=link.seq, stream=link.stream, table=link.table, row=link.row),
            _("Dữ liệu đã bị sửa ngoài chương trình. Dùng bản sao lưu trước đó."),
        )
        for link in broken
    ]


def _replay(db: Database) -> list[Finding]:
    different = differences(db)
    if not different:
        return [Finding("REPLAY", True, _("Nhật kí dựng lại đúng mọi bảng."))]
    message = _("Bảng {table}: bản ghi {row} khác với nhật kí.")
    return [
        Finding("REPLAY", False, message.format(table=table, row=row), _("Dùng bản sao lưu trước đó."))
        for table, row in different
    ]


def differences(db: Database) -> list[tuple[str, str]]:
    """(table, row) of every row that the tables and the journal tell differently."""
    told = journal.replay(db.connection)
    different = []
    for name, table in sorted(db.tables.items()):
        columns = (GONE, *table.fields)
        rows = db.all(f"select id, {', '.join(columns)} from {name}")
        stored = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
        here = told.get(name, {})
        different += [(name, row) for row in sorted({*stored, *here}) if stored.get(row) != here.get(row)]
    return different


def _tail(db: Database, last: int) -> Finding:
    """How far the tail is behind. It may be, for a while: nothing is wrong then."""
    behind = int(db.value("select count(*) from journal_step where n > ?", (last,)))
    if not behind:
        return Finding("TAIL", True, _("Nhật kí dự phòng có đủ mọi việc đã ghi."))
    message = _("Nhật kí dự phòng còn thiếu {n} việc; EduDesk chép bù ở lần ghi tới.").format(n=behind)
    return Finding("TAIL", True, message, _("Sao lưu ngay nếu vừa ghi nhiều."))


def _attachments(db: Database) -> Finding:
    unsound = unsound_files(db)
    if not (unsound.missing or unsound.changed):
        return Finding("ATTACHMENTS", True, _("Tệp đính kèm còn đủ và nguyên vẹn."))
    message = _("Tệp đính kèm: {missing} tệp không còn, {changed} tệp bị đổi nội dung (tệp đầu: {first}).")
    first = (*unsound.missing, *unsound.changed)[0]
    counts = {"missing": len(unsound.missing), "changed": len(unsound.changed)}
    step = _("Chép lại thư mục attachments từ nơi sao lưu thứ hai, hoặc thêm lại tệp ấy.")
    return Finding("ATTACHMENTS", False, message.format(**counts, first=first), step)


def _backups(db: Database) -> Finding:
    message, tone = age_words(list_backups(db.folder), clock.now())
    return Finding("BACKUP", True, f"{message}.", _("Sao lưu ngay.") if tone == "wait" else "")


def _key() -> Finding:
    return Finding(
        "KEY",
        True,
        _("Khóa school.key nằm cạnh dữ liệu nên chưa bảo vệ được gì: ai chép được thư mục thì đọc được."),
        _("Giữ máy và bản sao lưu nơi an toàn."),
    )
