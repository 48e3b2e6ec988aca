"""A workbook read past the parser, where its shape is usual, says what the parser alone makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from test_hostile import workbook

from edudesk.kernel.errors import Unavailable
from edudesk.sheets import parts
from edudesk.sheets.cells import ErrorCell
from edudesk.sheets.reader import read_book, read_sheet
from edudesk.sheets.xlsx_cells import _CellReader

PLACES = (
    ' r="{p}"',
    ' r="{p}"',
    " r='{p}'",
    "",
    ' r="C1"',
    ' r="XFD1048576"',
    ' r="A0"',
    ' r="a1"',
    ' r="B02"',
)
FORMS = (
    *(
        "",
        ' t="s"',
        ' s="1" t="s"',
        ' t="s" s="1"',
        ' s="1"',
        ' t="n"',
        ' t="e"',
        ' t="b"',
        ' t="d"',
        ' t="str"',
    ),
    *(' t="inlineStr"', ' s="1" t="inlineStr"', ' t="day"', ' t=""', ' t=" s"', "\n t='s'", ' cm="1"'),
    *(' t="&#115;"', ' x:t="s"', ' s="x"', ' s="99999"'),
)
TEXTS = (
    *(
        "1",
        "0",
        "7.65",
        "8.2999999999999989",
        "41000",
        "",
        " ",
        " 1",
        "\n",
        "\r\n",
        "\xa0",
        "1e999",
        "-1",
        "9",
    ),
    *("#N/A", "Hoà", "Hoa\u0300", "a&amp;b", "a&#13;b", "&#65;", "a>b", "a_x0041_b", "\ufb01", "2026-09-05"),
    *("<![CDATA[5]]>", "<!-- 4 -->5", "5<?a b?>", '"', "<x>6</x>", "<v>7</v>"),
)
FORMULAS = (
    *("", "<f>A1</f>", '<f aca="false">A1&amp;"x"</f>', '<f t="shared" si="0"/>', "<f/>", "<f >A1</f>"),
    *('<f t="shared" ref="A1:B2" si="0">A1&gt;1</f>', "<f><x/></f>", "<f>'Hoà'!A1</f>"),
)
BODIES = (
    *(
        "<v>{t}</v>",
        "",
        "<is><t>{t}</t></is>",
        "<v/>",
        "<v>{t}</v><v>1</v>",
        "<!-- --><v>{t}</v>",
        "<x:v>{t}</x:v>",
    ),
    *('<is><t xml:space="preserve">{t}</t></is>', "<is><r><t>{t}</t></r><r><t>b</t></r></is>"),
    *("<is><t>{t}</t><rPh><t>c</t></rPh></is>", "<v>{t}</v><is><t>d</t></is>"),
)
AROUND = (
    *(
        "{c}",
        "{c}",
        "{c}",
        " {c}\n",
        "]]{c}",
        "x{c}",
        "<!-- {c} -->",
        "<!-- -->{c}",
        "<![CDATA[{c}]]>",
        "<?a {c}?>",
    ),
    *(
        "<![CDATA[]]>{c}",
        "<x>{c}</x>",
        "<c>{c}</c>",
        "<v>{c}</v>",
        "<t>{c}</t>",
        "<rPh>{c}</rPh>",
        "<row>{c}</row>",
    ),
    *(
        "</row>{c}<row>",
        '</row><row r="7">{c}',
        "</row><row/>{c}<row>",
        "</row></sheetData>{c}<sheetData><row>",
    ),
    *("</row><x><row>{c}</row></x><row>", '<x:c r="A1"><v>1</v></x:c>{c}', "<c><x>{c}</x></c>"),
)
INSIDE = tuple(around for around in AROUND if not around.startswith("</"))
BROKEN = (
    *(
        "<",
        ">",
        "&",
        "&b;",
        "]]>",
        "\x07",
        "\ufffe",
        "</v>",
        "</c>",
        "</row>",
        "<row>",
        "<!--",
        "<![CDATA[",
        "<?a ",
    ),
    *(' s="2"', ' t="s"', ' z:t="s"', '<x y="', '"/>', "<f>&b;</f>", "<v>1</v>", "</t></is>", "<x>", "é"),
)
HEADS = (
    *(
        "",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        "<?xml version='1.0' encoding='utf-8'?>",
    ),
    *(
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="windows-1258"?>',
        "\ufeff",
        "<!-- a -->",
        "<?a?>",
    ),
    '<!DOCTYPE worksheet [<!ATTLIST c t CDATA "str">]>',
)
USUAL = '<c r="{p}" s="1" t="s"><v>1</v></c>', '<c r="{p}"><f>A1</f><v>7.5</v></c>', '<c r="{p}" s="1"/>'


def cells() -> st.SearchStrategy[str]:
    """A cell, more often usual than odd; {p} is its place."""

    def cell(place: str, form: str, formula: str, body: str, text: str) -> str:
        inside = formula + body.replace("{t}", text)
        return f"<c{place}{form}>{inside}</c>" if inside else f"<c{place}{form}/>"

    odd = st.builds(cell, *map(st.sampled_from, (PLACES, FORMS, FORMULAS, BODIES, TEXTS)))
    return st.sampled_from(USUAL) | odd


def row(number: int, attributes: str, row_cells: list[str]) -> str:
    """A row of them."""
    columns = cycle("ABCDEFGHI")
    placed = re.sub(r"\{p\}", lambda _place: f"{next(columns)}{number}", "".join(row_cells))
    return f'<row r="{number}"{attributes}>{placed}</row>'


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """The rows of a sheet, well-formed."""
    attributes = st.sampled_from(("", ' spans="1:9"', ' x:d="1"'))
    some = st.lists(st.tuples(st.sampled_from(AROUND), st.lists(cells(), max_size=4)), max_size=3)
    runs = some.map(lambda pairs: [around.replace("{c}", "".join(run)) for around, run in pairs])
    return "".join(
        row(n, *what) for n, what in enumerate(draw(st.lists(st.tuples(attributes, runs), max_size=4)), 1)
    )


def outcome(path: Path) -> object:
    """What is read, or why not."""
    try:
        return read_book(path)
    except Unavailable as no:
        return no.code


def both_ways(path: Path, chunk: int) -> tuple[object, object]:
    """What is read as it is, in pieces of some length, and by the parser alone."""
    with patch.object(parts, "CHUNK", chunk):
        sifted = outcome(path)
    with patch.object(parts, "Sieve", lambda parser, _usual: parser):
        return sifted, outcome(path)


CHUNKS = st.sampled_from((1 << 16, 1 << 16, 1, 7, 40, 300))


@given(sheets(), st.sampled_from(HEADS), CHUNKS)
def test_a_sheet_is_what_the_parser_makes_of_it(rows: str, head: str, chunk: int) -> None:
    with TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "x.xlsx", rows, "<si><t>một</t></si><si><t>#N/A</t></si>", head=head)
        sifted, parsed = both_ways(path, chunk)
        assert sifted == parsed


@given(st.data(), CHUNKS)
def test_a_sheet_with_something_broken_anywhere_is_broken_alike(data: st.DataObject, chunk: int) -> None:
    rows = data.draw(sheets()) or row(1, "", list(USUAL))
    place, length = data.draw(st.integers(0, len(rows))), data.draw(st.integers(0, 12))
    rows = rows[:place] + data.draw(st.sampled_from(BROKEN)) + rows[place + length :]
    with TemporaryDirectory() as folder:
        sifted, parsed = both_ways(workbook(Path(folder) / "x.xlsx", rows, "<si><t>một</t></si>"), chunk)
        assert sifted == parsed


SHARED = (
    *(
        "<si><t>{t}</t></si>",
        '<si><t xml:space="preserve">{t}</t></si>',
        "<si/>",
        "<si><r><t>{t}</t></r></si>",
    ),
    *("<si><t>{t}</t><rPh><t>c</t></rPh></si>", "<si><t>{t}</t><t>d</t></si>", "<t>{t}</t>"),
)


@given(st.lists(st.tuples(st.sampled_from(INSIDE), st.sampled_from(SHARED), st.sampled_from(TEXTS))), CHUNKS)
def test_shared_texts_are_what_the_parser_makes_of_them(
    texts: list[tuple[str, str, str]], chunk: int
) -> None:
    shared = "".join(around.replace("{c}", element).replace("{t}", text) for around, element, text in texts)
    rows = row(1, "", [f'<c r="{{p}}" t="s"><v>{n}</v></c>' for n in range(8)])
    with TemporaryDirectory() as folder:
        sifted, parsed = both_ways(workbook(Path(folder) / "x.xlsx", rows, shared), chunk)
        assert sifted == parsed


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><is><t>5</t></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a\ufffe</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<rPh><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row></rPh>',
        '<c r="B1"><row r="1"><c r="A1"><v>1</v></c></row></c>',
        '<row r="1"><c r="A1" s="1"><f>B1</f><v> </v></c><c r="B1" t="b"><f>A1</f><v>0</v></c></row>',
    ],
)
def test_a_cell_that_only_seems_usual_is_what_the_parser_makes_of_it(tmp_path: Path, rows: str) -> None:
    sifted, parsed = both_ways(workbook(tmp_path / "x.xlsx", rows), 1 << 16)
    assert sifted == parsed


@pytest.mark.parametrize(
    "cell", ['<c r="{p}" t="str"><v>Hoà</v></c>', "<c r=\"{p}\"><f>'Hoà'!A1</f><v>1</v></c>"]
)
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_bytes_of_another_encoding_are_not_taken_for_cells(
    tmp_path: Path, encoding: str, named: bool, cell: str
) -> None:
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "cp1258": "windows-1258"}.get(encoding, encoding)
    head = f'<?xml version="1.0" encoding="{name}"?>' if named else ""
    path = workbook(tmp_path / "x.xlsx", row(1, "", [cell] * 2), head=head, encoding=encoding)
    sifted, parsed = both_ways(path, 1 << 16)
    assert sifted == parsed


# -- what programs write goes past the parser


def parsed_cells(monkeypatch: pytest.MonkeyPatch, path: Path) -> tuple[list[list[object]], int]:
    """The first sheet, and how many cells the parser was asked for."""
    begun: list[object] = []
    begin: Callable[..., None] = _CellReader._begin
    monkeypatch.setattr(
        _CellReader, "_begin", lambda self, given: (begun.append(given), begin(self, given))[1]
    )
    return [list(line) for line in read_sheet(path).rows], len(begun)


def test_a_workbook_of_this_program_goes_past_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number in range(9):
            page.write_row(number, 0, ["Hoà & Hoạ", number, 7.5, None, True])
            page.write_formula(number, 5, "=B1", None, "kết quả")
    rows, parsed = parsed_cells(monkeypatch, path)
    assert rows == [["Hoà & Hoạ", n, rows[0][2], None, "x", "kết quả"] for n in range(9)] and parsed == 0


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="1" t="inlineStr"><is><t>Hoà</t></is></c>',  # openpyxl
        '<c r="A1" t="s" s="1"><v>0</v></c>',  # Apache POI
        '<c r="A1" s="1" t="str"><f aca="false">B1&amp;&quot;&quot;</f><v>Hoà</v></c>',  # LibreOffice
        '<c r="A1" t="str"><f t="shared" ref="A1:A9" si="0">B1</f><v>Hoà</v></c>',  # Excel
    ],
)
def test_cells_as_other_programs_write_them_go_past_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    path = workbook(
        tmp_path / "x.xlsx", f'<row r="1" spans="1:1" x:d="0.3">{cell}</row>', "<si><t>Hoà</t></si>"
    )
    assert parsed_cells(monkeypatch, path) == ([["Hoà"]], 0)


def test_a_formula_without_a_result_goes_past_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(
        tmp_path / "x.xlsx", '<row r="1"><c r="A1"><f>B1</f></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    )
    assert parsed_cells(monkeypatch, path) == ([[ErrorCell("="), ErrorCell("#N/A")]], 0)
