"""Files that would eat the memory, never end, or ask for a password: a sentence, or the rest of the list is read."""

from __future__ import annotations

import struct
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from edudesk.kernel.errors import Unavailable
from edudesk.sheets import cells, files
from edudesk.sheets.binary import ERRORS, _walk_xls, _walk_xlsb_sheet
from edudesk.sheets.cells import ErrorCell
from edudesk.sheets.reader import read_book, read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(path: Path, rows: str, texts: str = "", head: str = "", encoding: str = "utf-8") -> Path:
    """A workbook of one sheet made of XML as given; the second style is of days."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        parts.writestr("xl/styles.xml", f'<s xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></s>')
        parts.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" xmlns:x="urn:x">{texts}</sst>')
        sheet = f'<worksheet xmlns="{MAIN}" xmlns:x="urn:x"><sheetData>{rows}</sheetData></worksheet>'
        parts.writestr("xl/worksheets/sheet1.xml", (head + sheet).encode(encoding))
    return path


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as no:
        read()
    assert no.value.problems[0].message and no.value.next
    return no.value.code


def test_a_stray_cell_in_the_farthest_corner_is_told_and_the_list_is_read(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = read_sheet(workbook(tmp_path / "far.xlsx", rows))
    assert sheet.rows == [[7]]
    assert [(note.code, note.column, note.row) for note in sheet.notes] == [
        ("CELL_FAR", "XFD1048576", 1048576)
    ]


def test_a_full_stop_at_the_foot_of_a_column_costs_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    sheet = read_sheet(workbook(tmp_path / "low.xlsx", rows))
    assert (sheet.rows, [sheet.number(n) for n in (0, 1)]) == ([[7], [1]], [1, 1048576])


def test_blank_rows_between_are_counted(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c></row><row r="5"><c><v>2</v></c></row>'
    sheet = read_sheet(workbook(tmp_path / "gaps.xlsx", rows))
    assert sheet.rows[4] == [2, None] and sheet.number(4) == 5 and len(sheet.rows) == 5


def test_a_workbook_that_inflates_beyond_any_list_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "bomb.xlsx", '<row><c s="1"/></row>' * 5000)
    monkeypatch.setattr(files, "MOST_PART", 50_000)
    assert code_of(lambda: read_book(path)) == "FILE_TOO_LARGE"
    monkeypatch.setattr(files, "MOST_PART", 1 << 20)
    monkeypatch.setattr(files, "MOST_INFLATED", 60_000)
    assert code_of(lambda: read_book(path)) == "FILE_TOO_LARGE"


def test_a_part_larger_than_its_directory_says_is_no_way_around(tmp_path: Path) -> None:
    path = workbook(tmp_path / "liar.xlsx", '<row><c s="1"/></row>' * 20_000)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as parts:
        size = parts.getinfo("xl/worksheets/sheet1.xml").file_size
    place = data.rfind(struct.pack("<I", size))  # in the directory, the last of the two
    data[place : place + 4] = struct.pack("<I", 500)
    path.write_bytes(bytes(data))
    assert code_of(lambda: read_book(path)) == "FILE_UNREADABLE"


def test_more_filled_cells_than_any_list_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from edudesk.sheets import cells, ods, xlsx

    for module in (cells, ods, xlsx):
        monkeypatch.setattr(module, "MOST_CELLS", 100)
    full = workbook(tmp_path / "full.xlsx", "<row>" + "<c><v>1</v></c>" * 101 + "</row>")
    assert code_of(lambda: read_book(full)) == "FILE_TOO_LARGE"
    texts = workbook(tmp_path / "texts.xlsx", "", "<si><t/></si>" * 101)
    assert code_of(lambda: read_book(texts)) == "FILE_TOO_LARGE"
    assert code_of(lambda: read_book(document(tmp_path, repeated(1_048_576, 16_384)))) == "FILE_TOO_LARGE"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_rows_that_would_take_room_for_cells_that_are_not_there_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Each row is kept as wide as the widest: one far cell beside many short rows is no list."""
    from edudesk.sheets import cells

    monkeypatch.setattr(cells, "MOST_ROOM", 100 * 399)
    far = '<row r="1"><c r="NZ1"><v>1</v></c></row>'
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        workbook(path, far + "<row><c><v>1</v></c></row>" * 103)
    elif ending == "ods":
        path = document(tmp_path, far_cell(389) + repeated(103, 1))
    else:
        path.write_text("1" + "," * 389 + "1\n" + "1\n" * 103, encoding="utf-8")
    assert code_of(lambda: read_book(path)) == "FILE_TOO_LARGE"


def document(folder: Path, table: str, manifest: str = "") -> Path:
    """A LibreOffice document with a table as given."""
    path = folder / "x.ods"
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr(
            "content.xml", f'<office:d {spaces}><table:table table:name="S">{table}</table:table></office:d>'
        )
        if manifest:
            parts.writestr("META-INF/manifest.xml", manifest)
    return path


def repeated(rows: int, columns: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


def far_cell(column: int) -> str:
    return (
        f'<table:table-row><table:table-cell table:number-columns-repeated="{column}"/>'
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


def test_what_a_document_repeats_is_there_and_blanks_cost_nothing(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    sheet = read_sheet(document(tmp_path, repeated(2, 3) + blank))
    assert sheet.rows == [["x"] * 3] * 2


def test_elements_one_in_another_without_end_are_no_spreadsheet(tmp_path: Path) -> None:
    assert code_of(lambda: read_book(document(tmp_path, "<a>" * 5000 + "</a>" * 5000))) == "FILE_UNREADABLE"


def test_an_entity_bomb_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    assert code_of(lambda: read_book(path)) == "FILE_UNREADABLE"


@pytest.mark.skipif(sys.platform == "win32", reason="a device of Linux")
def test_a_device_is_no_file_to_read(tmp_path: Path) -> None:
    assert code_of(lambda: read_book(Path("/dev/zero"))) == "FILE_UNREADABLE"


@pytest.mark.parametrize("name", ["a\0b.xlsx", "a\udcff.xlsx"])
def test_a_name_no_system_takes_is_said(name: str) -> None:
    assert code_of(lambda: read_book(Path(name))) in ("FILE_UNREADABLE", "FILE_MISSING")


def test_a_file_too_large_to_be_a_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.csv").write_bytes(b"a" * 1001)
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    assert code_of(lambda: read_book(tmp_path / "x.csv")) == "FILE_TOO_LARGE"


def test_a_cell_of_text_longer_than_a_spreadsheet_holds_is_read_and_one_without_end_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a," + "b" * 131_073, encoding="utf-8")
    assert len(str(read_sheet(path).rows[0][1])) == 131_073
    from edudesk.sheets import plaintext

    monkeypatch.setattr(plaintext, "_LONGEST", 1000)
    assert code_of(lambda: read_book(path)) == "FILE_TOO_LARGE"


# -- passwords


def test_every_kind_of_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    office = tmp_path / "a.xlsx"
    office.write_bytes(files.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    assert code_of(lambda: read_book(office)) == "FILE_PASSWORD"
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert code_of(lambda: read_book(document(tmp_path, "", manifest))) == "FILE_PASSWORD"
    old = tmp_path / "a.xls"
    old.write_bytes(ole(record(0x0809, b"\0" * 16) + record(0x002F, b"\0" * 54)))
    assert code_of(lambda: read_book(old)) == "FILE_PASSWORD"


# -- the binary kinds


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def ole(stream: bytes) -> bytes:
    """An OLE file with one stream, Workbook, in sectors of 512 bytes."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    table = struct.pack(
        "<128I", *[0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE, *[0xFFFFFFFF] * (126 - count)]
    )
    header = bytearray(512)
    header[:8] = files.OLE
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    root, book = entry("Root Entry", 5, 0xFFFFFFFE, 0), entry("Workbook", 2, 2, len(stream))
    return bytes(header) + table + (root + book).ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    made = bytearray(128)
    text = name.encode("utf-16-le")
    made[: len(text)] = text
    struct.pack_into("<HB", made, 64, len(text) + 2, kind)
    struct.pack_into("<II", made, 116, start, size)
    return bytes(made)


def old_workbook(*cells_: bytes) -> bytes:
    sheet = record(0x0809, b"\0" * 16) + b"".join(cells_) + record(0x000A, b"")
    first = record(0x0809, b"\0" * 16)
    bounds = struct.pack("<IBBBB", len(first) + 13 + 4, 0, 0, 1, 0) + b"S"
    return ole(first + record(0x0085, bounds) + record(0x000A, b"") + sheet)


def test_the_error_cells_and_the_reach_of_an_old_workbook_are_found(tmp_path: Path) -> None:
    error = record(0x0205, struct.pack("<HHHBB", 3, 2, 0, 0x2A, 1))
    number = record(0x0203, struct.pack("<HHHd", 9, 4, 0, 8.5))
    formula = record(0x0006, struct.pack("<HHH", 5, 1, 0) + bytes([2, 0, 7, 0, 0, 0, 255, 255]) + b"\0" * 8)
    used = _walk_xls(tmp_path / "a.xls", old_workbook(error, number, formula))["S"]
    assert (used.row, used.column) == (9, 4)
    assert used.errors == {(3, 2): ErrorCell("#N/A"), (5, 1): ErrorCell("#DIV/0!")}


def test_an_old_workbook_that_reaches_too_far_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "far.xls"
    path.write_bytes(old_workbook(record(0x0203, struct.pack("<HHHd", 65535, 255, 0, 1.0))))
    assert code_of(lambda: read_book(path)) == "FILE_TOO_LARGE"


def test_a_chain_of_sectors_that_never_ends_is_a_broken_file(tmp_path: Path) -> None:
    data = bytearray(old_workbook())
    struct.pack_into("<I", data, 512 + 4 * 2, 2)  # the first sector of the stream leads to itself
    path = tmp_path / "loop.xls"
    path.write_bytes(bytes(data))
    assert code_of(lambda: read_book(path)) == "FILE_UNREADABLE"


def test_the_records_of_an_xlsb_sheet_are_walked() -> None:
    row = bytes([0, 4]) + struct.pack("<I", 6)
    error = bytes([3, 9]) + struct.pack("<II", 2, 0) + bytes([0x07])
    used = _walk_xlsb_sheet(row + error)
    assert (used.row, used.column, used.errors) == (6, 2, {(6, 2): ErrorCell(ERRORS[0x07])})


# -- what cells are


def test_a_number_is_what_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows = "".join(
        f"<row><c><v>{v}</v></c></row>" for v in ("8.2999999999999989", "7.6000000000000005", "7.65", "1e999")
    )
    values = [row[0] for row in read_sheet(workbook(tmp_path / "n.xlsx", rows)).rows]
    assert [str(cell) for cell in values] == ["8.3", "7.6", "7.65", "1e999"]
    assert isinstance(values[3], ErrorCell)


def test_errors_and_formulas_without_a_result_are_cells_of_their_own(tmp_path: Path) -> None:
    rows = '<row><c t="e"><v>#N/A</v></c><c><f>A1</f></c><c t="str"><f>A1</f><v></v></c><c t="str"><v>#REF!</v></c></row>'
    (row,) = read_sheet(workbook(tmp_path / "e.xlsx", rows)).rows
    assert row == [ErrorCell("#N/A"), ErrorCell("="), None, ErrorCell("#REF!")]


def test_a_moment_near_midnight_is_its_day(tmp_path: Path) -> None:
    import datetime as dt

    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, clock in enumerate((dt.time(23, 59, 17), dt.time(0, 1), dt.time(17))):
            page.write_datetime(row, 0, dt.datetime.combine(dt.date(2012, 5, 2), clock), day)
    days = [row[0] for row in read_sheet(path).rows]
    assert days == [dt.date(2012, 5, 3), dt.date(2012, 5, 2), dt.datetime(2012, 5, 2, 17)]


def test_half_letters_in_a_workbook_are_replaced(tmp_path: Path) -> None:
    rows = '<row><c t="inlineStr"><is><t>a_xD800_b_x0041_</t></is></c></row>'
    assert read_sheet(workbook(tmp_path / "s.xlsx", rows)).rows == [["a\ufffdbA"]]


def test_places_have_the_names_a_spreadsheet_gives_them() -> None:
    assert [cells.cell_name(*place) for place in ((0, 0), (9, 27), (1048575, 16383))] == [
        "A1",
        "AB10",
        "XFD1048576",
    ]
    assert [cells.column_place(name) for name in ("A", "AB", "XFD")] == [0, 27, 16383]


def test_the_bytes_decide_what_a_file_is_not_its_ending(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", "<row><c><v>7</v></c></row>").read_bytes()
    (tmp_path / "a.csv").write_bytes(made)
    assert read_sheet(tmp_path / "a.csv").rows == [[7]]
    assert BytesIO(made).read(2) == b"PK"


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (
            '1;Phan Một;"dở\n2;Phan Hai;\n3;Phan Ba;\n',
            2,
        ),  # never closed: the pupils after it would be its note
        ('1;Phan Một;"dở\n2;Phan Hai;\n3;Phan Ba;"x"\n', 2),  # closed where another one opens
        ('1;Phan Một;"một\nhai"\n2;"Phan Hai;\n', 4),
    ],
)
def test_a_quote_that_is_never_closed_takes_no_rows_with_it(tmp_path: Path, lines: str, at: int) -> None:
    path = tmp_path / "ds.csv"
    path.write_text("STT;Họ và tên;Ghi chú\n" + lines, encoding="utf-8")
    with pytest.raises(Unavailable) as no:
        read_book(path)
    assert no.value.code == "FILE_QUOTES" and str(at) in no.value.problems[0].message


def test_quotes_inside_a_text_and_line_ends_inside_quotes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text('Tên;Ghi chú\nMàn hình 24";"một\nhai, ""ba"""\n', encoding="utf-8")
    assert read_sheet(path).rows[1] == ['Màn hình 24"', 'một\nhai, "ba"']
