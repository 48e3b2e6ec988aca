"""Spreadsheets as schools have them: dates, long numbers, old encodings, broken and locked files."""

from __future__ import annotations

import datetime as dt
import errno
import gc
import os
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.errors import Unavailable
from edudesk.sheets.reader import read_sheet, sheet_names
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.storage.files.whole import whole_file

ACCENTED = "Nguyễn Đức Ngọc Ánh ở xã Đắk Đoa"


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_date_never_shifts_a_day(tmp_path: Path, from_1904: bool) -> None:
    path = tmp_path / "days.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": from_1904})
    page = book.add_worksheet()
    style = book.add_format({"num_format": "dd/mm/yyyy"})
    days = [dt.datetime(2012, 3, 14), dt.datetime(2012, 2, 29), dt.datetime(1971, 12, 31)]
    for row, day in enumerate(days):
        page.write_datetime(row, 0, day, style)
    book.close()
    assert [row[0] for row in read_sheet(path).rows] == [day.date() for day in days]


def test_a_personal_number_typed_as_a_number_keeps_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "numbers.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for place, value in enumerate((211212004178, 11212004178, 8.5, 8, 1e11)):
        page.write_number(0, place, value)
    book.close()
    cells = read_sheet(path).rows[0]
    assert cells == [211212004178, 11212004178, Decimal("8.5"), 8, 100000000000]
    assert [str(cell) for cell in cells[:2]] == ["211212004178", "11212004178"]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "out.xlsx"
    rows = [
        ["001205001234", ACCENTED, dt.date(2012, 3, 14), 45, None],
        ["=1+1", "https://example.vn", None, 0, "0912"],
    ]
    write_sheet(path, [SheetOut("Học sinh", list("abcde"), rows, (16,), frozenset({0, 4}), ("Chú ý",))])
    sheet = read_sheet(path)
    assert (sheet.name, sheet_names(path)) == ("Học sinh", ["Học sinh"])
    assert sheet.rows[0][0] == "Chú ý" and sheet.rows[1] == list("abcde")
    assert sheet.rows[2:] == rows
    assert not list(path.parent.glob("*.part"))


def test_rows_and_columns_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "offset.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("trống")
    page = book.add_worksheet("DS")
    page.merge_range(2, 1, 2, 4, "Danh sách học sinh")
    page.write_string(5, 2, unicodedata.normalize("NFD", "Lò Thị Ánh"))
    hidden = book.add_worksheet("ẩn")
    hidden.write_string(0, 0, "x")
    hidden.hide()
    book.close()
    sheet = read_sheet(path)
    assert sheet.name == "DS" and sheet.rows[5][2] == "Lò Thị Ánh"
    assert sheet.rows[2] == [None, "Danh sách học sinh", None]  # as far as anything is written
    assert sheet_names(path) == ["trống", "DS"]


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("A")
    book.close()
    assert read_sheet(path).rows == []
    (tmp_path / "empty.csv").write_bytes(b"")
    assert read_sheet(tmp_path / "empty.csv").rows == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_of_any_kind(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes(f"a{mark}b{mark}c\n{ACCENTED}{mark}\n".encode(encoding))
    assert read_sheet(path).rows == [["a", "b", "c"], [ACCENTED, None, None]]


def test_the_old_windows_encoding_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "cu.csv"
    # cp1258 writes tones as separate marks after the vowel
    written = "".join(
        unicodedata.normalize("NFC", "".join(p for p in unicodedata.normalize("NFD", c) if p not in _TONES))
        + "".join(p for p in unicodedata.normalize("NFD", c) if p in _TONES)
        for c in "Nguyễn Thị Lượng"
    )
    path.write_bytes((written + ";01/02/2012\n").encode("cp1258"))
    assert read_sheet(path).rows == [["Nguyễn Thị Lượng", "01/02/2012"]]


_TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.mark.parametrize("name", ["bad.xlsx", "bad.xls", "bad.ods"])
@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04junk", bytes(range(256)) * 20])
def test_a_broken_file_is_said_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unavailable) as no:
        read_sheet(path)
    assert no.value.code == "FILE_UNREADABLE" and no.value.problems[0].place == str(path)


def test_a_binary_file_named_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a\0b\0c,\x00")
    with pytest.raises(Unavailable) as no:
        read_sheet(path)
    assert no.value.code == "FILE_UNREADABLE"


def test_missing_folder_locked_and_unknown_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("none.xlsx", "none.csv"):
        with pytest.raises(Unavailable) as no:
            read_sheet(tmp_path / name)
        assert no.value.code == "FILE_MISSING"
    (tmp_path / "dir.xlsx").mkdir()
    with pytest.raises(Unavailable) as no:
        read_sheet(tmp_path / "dir.xlsx")
    path = tmp_path / "ok.xlsx"
    write_sheet(path, [SheetOut("A", ["x"], [["1"]])])
    with pytest.raises(Unavailable) as no:
        read_sheet(path, "B")
    assert no.value.code == "SHEET_MISSING" and "A" in no.value.next

    def locked(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(Unavailable) as no:
        read_sheet(path)
    assert no.value.code == "FILE_LOCKED"


def test_a_full_disk_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Unavailable) as no, whole_file(path) as part:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert no.value.code == "DISK_FULL" and path.read_bytes() == b"old"
    assert not list(tmp_path.glob("*.part"))


def test_a_file_open_in_excel_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")

    def locked(*_args: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(Unavailable) as no:
        write_sheet(path, [SheetOut("A", ["x"], [])])
    assert no.value.code == "FILE_LOCKED" and path.read_bytes() == b"old"


def test_writing_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unavailable):
        write_sheet(tmp_path / "file" / "out.xlsx", [SheetOut("A", ["x"], [])])


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=20),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_survives_the_round(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("round") / "t.xlsx"
    write_sheet(path, [SheetOut("A", ["h"] * len(texts), [texts])])
    got = [*read_sheet(path).rows, [None] * len(texts)][1]
    want = [unicodedata.normalize("NFC", t) if t.strip() else None for t in texts]
    assert [*got, *[None] * len(texts)][: len(texts)] == want


def test_a_disk_that_fills_up_leaves_no_half_workbook_and_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unavailable) as no:
        write_sheet(tmp_path / "a.xlsx", [SheetOut(name="A", heads=("a",), rows=[("b",)])])
    gc.collect()  # what was left open would complain here
    assert no.value.code == "DISK_FULL" and not list(tmp_path.iterdir())
