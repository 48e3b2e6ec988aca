"""Files are kept once by their content, and handed out whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import make_school

from edudesk.kernel.errors import Refused, Unavailable
from edudesk.storage.attachments import attachment_path, copy_out, keep_file
from edudesk.storage.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ()) as found:
        yield found


def test_two_files_of_one_content_are_kept_once(db: Database, tmp_path: Path) -> None:
    for name in ("hóa đơn.pdf", "bản sao.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
    one, other = (keep_file(db, tmp_path / name) for name in ("hóa đơn.pdf", "bản sao.pdf"))
    assert (one.name, one.size) == ("hóa đơn.pdf", 4) and one.sha256 == other.sha256
    assert attachment_path(db, one.sha256).read_bytes() == b"%PDF"
    assert copy_out(db, one, tmp_path / "ra.pdf").read_bytes() == b"%PDF"


def test_what_is_too_large_or_not_there_is_said(db: Database, tmp_path: Path) -> None:
    (tmp_path / "lớn").write_bytes(b"123")
    with pytest.raises(Refused) as large:
        keep_file(db, tmp_path / "lớn", most=2)
    assert large.value.code == "FILE_LARGE"
    with pytest.raises(Unavailable):
        keep_file(db, tmp_path / "không có")
    kept = keep_file(db, tmp_path / "lớn")
    attachment_path(db, kept.sha256).unlink()
    with pytest.raises(Unavailable) as gone:
        copy_out(db, kept, tmp_path / "ra")
    assert gone.value.code == "FILE_GONE" and not (tmp_path / "ra").exists()
