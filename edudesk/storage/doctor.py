"""Checks the data against the journal; answers findings a person can act on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from edudesk.kernel import clock
from edudesk.kernel.change import Fields
from edudesk.kernel.merge.rows import RowKey
from edudesk.kernel.words import _
from edudesk.storage import journal
from edudesk.storage.attachments import unsound_files
from edudesk.storage.backups.catalogue import age_words, list_backups
from edudesk.storage.database import Database
from edudesk.storage.places import TAIL, school_key
from edudesk.storage.recovery.replay import replay
from edudesk.storage.rows import read_rows
from edudesk.storage.tail_file import read_end

BATCH = 500  # rows compared at a time
CACHE = 1 << 16  # KiB of the file in memory meanwhile


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
    different: list[tuple[str, str]] = []
    same: Counter[str] = Counter()
    with _roomy(db):
        for batch in _batches(replay(db.connection, db.tables)):
            stored = _stored(db, batch)
            wrong = [
                key for key, fields in batch.items() if key[0] in db.tables and stored.get(key, {}) != fields
            ]
            different += wrong
            same.update(table for table, _row in batch.keys() - set(wrong))
    return sorted({*different, *_strangers(db, same)})


@contextmanager
def _roomy(db: Database) -> Iterator[None]:
    """More of the file kept in memory: rows are read by id, which is no order in it."""
    usual = db.value("pragma cache_size")
    db.connection.execute(f"pragma cache_size = -{CACHE}")
    try:
        yield
    finally:
        db.connection.execute(f"pragma cache_size = {usual}")


def _batches(rows: Iterable[tuple[RowKey, Fields]]) -> Iterator[dict[RowKey, Fields]]:
    remaining = iter(rows)
    while batch := dict(islice(remaining, BATCH)):
        yield batch


def _stored(db: Database, batch: Mapping[RowKey, Fields]) -> dict[RowKey, Fields]:
    """The same rows as the tables have them."""
    ids: dict[str, list[str]] = {}
    for table, row in batch:
        ids.setdefault(table, []).append(row)
    return {
        (table, row): fields
        for table, named in ids.items()
        if table in db.tables
        for row, fields in read_rows(db.connection, db.tables[table], named).items()
    }


def _strangers(db: Database, same: Mapping[str, int]) -> list[RowKey]:
    """The rows no journal row tells of, looked for where a table has more rows than the journal vouches for."""
    return [
        (table, str(row))
        for table in db.tables
        if db.value(f"select count(*) from {table}") != same.get(table, 0)
        for (row,) in db.all(
            f"select id from {table} where id not in (select row from journal where tbl = ?)", (table,)
        )
    ]


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
