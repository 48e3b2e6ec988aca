"""Commands that keep the school safe: backup, restore."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel.errors import Unavailable
from edudesk.kernel.words import N_, _
from edudesk.storage.backups.archive import Manifest
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.leftovers import SUFFIX
from edudesk.storage.backups.restore import preview_restore, restore, restore_new
from edudesk.storage.command import Answer, Call, Command, output
from edudesk.storage.instance import FolderLock
from edudesk.storage.places import has_database, has_school
from edudesk.storage.recovery.recover import DAMAGE, damage, sentences, start_from_backup


def backup(call: Call) -> Answer:
    """A verified backup, among the school's own or as a file; works while a window is open."""
    target = Path(call.args.o) if call.args.o else None
    with call.reading() as db:
        made = make_backup(db, "manual", target=target)
    manifest = made.backup.manifest
    data = {
        "file": str(made.backup.path),
        **_backup_data(manifest),
        "second": str(made.second.path) if made.second else None,
    }
    lines = [
        _("Đã sao lưu vào {file} ({rows} dòng nhật kí).").format(file=made.backup.path, rows=manifest.rows)
    ]
    lines += [_("Lưu ý: {reason}").format(reason=note) for note in manifest.said]
    lines += [made.problem.sentence] if made.problem else []
    return Answer(data, tuple(lines))


def restore_backup(call: Call) -> Answer:
    """Back to a backup, in a new epoch; the present is backed up first. A folder without a school becomes it."""
    path = Path(call.args.file)
    if not has_school(call.folder):
        manifest = restore_new(call.folder, path)
        message = _("Đã mở {school} từ bản sao lưu, trong {folder}.")
        return Answer(
            {"file": str(path), **_backup_data(manifest), "lost": 0, "gained": 0, "changed": {}},
            (message.format(school=manifest.school, folder=call.folder),),
        )
    if not has_database(call.folder):
        return _instead_of_lost(call, path)
    try:
        return _back_to(call, path)
    except Unavailable as error:
        if (
            error.code not in DAMAGE or damage(call.folder) is None
        ):  # what cannot be opened has no present to lose
            raise
    return _instead_of_lost(call, path)


def _back_to(call: Call, path: Path) -> Answer:
    with call.writing() as db:
        preview = preview_restore(db, path)
        manifest = restore(db, path)
    data = {
        "file": str(path),
        **_backup_data(manifest),
        "lost": preview.lost,
        "gained": preview.gained,
        "changed": preview.rows,
    }
    message = _("Đã trở về bản sao lưu {made}: bỏ {lost} việc ghi sau đó, lấy lại {gained} việc.")
    return Answer(
        data,
        (
            message.format(made=manifest.made, lost=preview.lost, gained=preview.gained),
            _("Dữ liệu trước đó vẫn còn trong thư mục backups."),
        ),
    )


def _instead_of_lost(call: Call, path: Path) -> Answer:
    """The school's database is lost or damaged: the backup that was chosen takes its place; what is left of it is kept aside."""
    with FolderLock(call.folder):
        done = start_from_backup(call.folder, call.doors.tables, chosen=path)
    assert done.base is not None
    unknown = dict.fromkeys(("lost", "gained", "changed"))  # there was nothing left to compare with
    data = {"file": str(path), **_backup_data(done.base), **unknown, "kept": str(done.damaged_folder)}
    return Answer(data, tuple(sentences(done)))


def _backup_data(manifest: Manifest) -> dict[str, object]:
    keys = ("school", "made", "why", "sound", "rows", "counts", "bytes", "sha256")
    return {key: getattr(manifest, key) for key in keys}


def _add_backup(parser: ArgumentParser) -> None:
    message = _("tệp để ghi (đuôi {suffix}); không có thì ghi vào thư mục backups của trường").format(
        suffix=SUFFIX
    )
    parser.add_argument("-o", type=output, metavar=_("TỆP"), help=message)


def _add_restore(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("TỆP"), help=_("bản sao lưu"))


COMMANDS = (
    Command("backup", N_("sao lưu dữ liệu và kiểm tra bản sao"), backup, _add_backup),
    Command("restore", N_("khôi phục từ một bản sao lưu"), restore_backup, _add_restore),
)
