"""Random class lists as schools send them, each with the truth of what it says: a grammar of oddities."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from edudesk.sheets.letters import FONTS, legacy_fonts, legacy_text

CLASSES = ("9A1", "9A2")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Đỗ", "Đặng", "Lò", "Giàng", "Phạm")
MIDDLES = ("Thị", "Văn", "A", "Ngọc", "Hoàng", "Quỳnh")
GIVENS = ("Hoa", "Hoà", "Hoạ", "Bình", "Bính", "Ánh", "Anh", "Đức", "Dục", "Huỳnh", "Nương")
HEADINGS = {
    "number": ("STT", "TT", "Số TT", "stt*"),
    "name": ("Họ và tên", "HỌ VÀ TÊN", "Họ tên*", "Họ và tên\nhọc sinh", "ho va ten"),
    "birth_date": ("Ngày sinh", "Ngày sinh (dd/mm/yyyy)", "NGÀY,\nTHÁNG, NĂM SINH", "Sinh ngày"),
    "class": ("Lớp", "Mã lớp*", "Tên lớp", "LỚP"),
    "code": ("Mã học sinh*", "Mã định danh Bộ GD&ĐT", "Mã HS"),
    "strange": ("Sở thích", "Điểm chuẩn", "Cột 7"),
}
FOOTERS = (
    "Danh sách này có 12 học sinh",
    "Tổng số: 12, nữ: 5",
    "TỔNG CỘNG",
    "Nam Định, ngày 5 tháng 9 năm 2026",
    "Người lập biểu",
    "HIỆU TRƯỞNG",
    "Ghi chú: danh sách chính thức",
)
DAYS = ("date", "text", "dashes", "noise", "evening", "serial", "short", "iso")
WORDS = ("plain", "nfd", "spaces", "invisible", "nbsp")


@dataclass(frozen=True)
class Pupil:
    """What a row truly says."""

    name: str
    born: dt.date
    class_name: str
    code: str


@dataclass(frozen=True)
class Cell:
    """A value and how it is written: "date", "evening", "error", "formula", or "" for as it is."""

    value: object
    kind: str = ""


@dataclass
class Page:
    """A sheet: rows of cells, merges, and the rows (from 1) that are pupils; `broken` rows may only be refused."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: dict[int, Pupil] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Odd:
    """A whole file: its pages, the text encoding when it is text, and the class given for the whole file."""

    pages: list[Page]
    encoding: str
    class_text: str


@st.composite
def pupils(draw: st.DrawFn, class_name: str, taken: set[str]) -> list[Pupil]:
    """Pupils of a class; names may differ by an accent alone, never be the same."""
    people: dict[str, Pupil] = {}
    for _n in range(draw(st.integers(2, 6))):
        parts = (draw(st.sampled_from(x)) for x in (FAMILIES, MIDDLES, GIVENS))
        name = " ".join(parts)
        code = f"HS{draw(st.integers(100, 999))}"
        born = dt.date(draw(st.integers(2010, 2013)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
        if name not in people and code not in taken:
            taken.add(code)
            people[name] = Pupil(name, born, class_name, code)
    return list(people.values())


def in_font(text: str, font: str) -> str:
    """The text as somebody types it in an old font; the text itself where that cannot be told from plain text."""
    from edudesk.sheets import letters

    table = {shown: sign for sign, shown in letters._tables()[font].items()}
    typed = "".join(table.get(letter, letter) for letter in text)
    return typed if legacy_fonts(typed) == (font,) and legacy_text(typed, font) == text else text


def written(name: str, how: str) -> str:
    """A name in one of the ways it comes."""
    return {
        "plain": name,
        "nfd": unicodedata.normalize("NFD", name),
        "spaces": f"  {name.replace(' ', '   ')} ",
        "invisible": name[:3] + "\u200b\u200e" + name[3:] + "\ufeff",
        "nbsp": name.replace(" ", "\xa0"),
    }[how]


def day_cell(day: dt.date, how: str) -> Cell:
    """A birth date in one of the ways it comes."""
    if how in ("date", "noise", "evening"):
        clock = {"date": dt.time(), "noise": dt.time(23, 59, 17), "evening": dt.time(17)}[how]
        at = day - dt.timedelta(days=1) if how == "noise" else day
        return Cell(dt.datetime.combine(at, clock), "date")
    if how == "serial":
        return Cell((day - dt.date(1899, 12, 30)).days)
    shapes = {
        "text": "{d:02}/{m:02}/{y}",
        "dashes": "{d}-{m}-{y}",
        "short": "{d}/{m}/{s:02}",
        "iso": "{y}-{m:02}-{d:02}",
    }
    return Cell(shapes[how].format(d=day.day, m=day.month, y=day.year, s=day.year % 100))


@st.composite
def page(draw: st.DrawFn, name: str, class_by: str, taken: set[str], *, old: bool) -> Page:
    """A sheet with one list or more; `class_by` is "column", "title", "sheet" or "file"; `old` fonts may be used."""
    made = Page(name)
    classes = (
        [name]
        if class_by == "sheet"
        else list(CLASSES[: draw(st.integers(1, 2))])
        if class_by == "title"
        else [CLASSES[0]]
    )
    columns = draw(
        st.permutations(
            [k for k in ("birth_date", "code", "strange") if k == "birth_date" or draw(st.booleans())]
        )
    )
    order = ["number", "name", *columns, *(["class"] if class_by == "column" else [])]
    split = draw(st.sampled_from(("", "", "two", "merged", "two rows")))
    heads = {key: draw(st.sampled_from(HEADINGS[key])) for key in order}
    for _n in range(draw(st.integers(0, 2))):
        made.rows.append(
            [
                Cell(
                    draw(
                        st.sampled_from(("TRƯỜNG THCS SÔNG TRĂNG", "NĂM HỌC 2026-2027", "DANH SÁCH HỌC SINH"))
                    )
                )
            ]
        )
    days, word = draw(st.sampled_from(DAYS)), draw(st.sampled_from(WORDS))
    font = draw(st.sampled_from(("", "", "", *(FONTS if old else ()))))
    for n, class_name in enumerate(classes):
        if class_by == "title":
            made.rows.append(
                [
                    Cell(
                        draw(st.sampled_from(("LỚP {c}", "Lớp: {c}", "Danh sách lớp {c}"))).format(
                            c=class_name
                        )
                    )
                ]
            )
        if n == 0 or draw(st.booleans()):
            _heads(made, order, heads, split)
        if draw(st.booleans()):
            made.rows.append([Cell(f"({c})") for c in range(1, len(order) + 1 + bool(split))])
        people = draw(pupils(class_name, taken))
        for number, pupil in enumerate(people, 1):
            if number > 1 and not draw(st.integers(0, 9)):
                _heads(made, order, heads, split) if draw(st.booleans()) else made.rows.append([])
            typed = in_font(pupil.name, font) if font else written(pupil.name, word)
            _row(draw, made, order, (pupil, number, typed, days, bool(split)))
    for words in draw(st.lists(st.sampled_from(FOOTERS), max_size=3)):
        made.rows.append([Cell(None)] * draw(st.integers(0, 1)) + [Cell(words)])
    if draw(st.booleans()):
        made.rows += [[Cell(None), Cell("Người lập biểu")], [], [Cell(None), Cell("Vũ Thị Chủ Nhiệm")]]
    return made


def _heads(made: Page, order: list[str], heads: dict[str, str], split: str) -> None:
    upper: list[Cell] = []
    lower: list[Cell] = []
    for key in order:
        if key == "name" and split == "two":
            upper += [Cell("Họ đệm"), Cell("Tên")]
        elif key == "name" and split:
            made.merges.append((len(made.rows), len(upper), len(made.rows), len(upper) + 1))
            upper += [Cell(heads[key]), Cell(None)]
            lower += [Cell("Họ đệm"), Cell("Tên")]
            continue
        else:
            upper.append(Cell(heads[key]))
        lower.append(Cell(None))
    made.rows.append(upper)
    if split == "two rows":
        made.rows.append(lower)


def _row(draw: st.DrawFn, made: Page, order: list[str], what: tuple[Pupil, int, str, str, bool]) -> None:
    pupil, number, typed, days, split = what
    fault = draw(st.sampled_from(("",) * 12 + ("error", "formula", "control", "bad day")))
    cells: list[Cell] = []
    for key in order:
        if key == "name" and split:
            family, _gap, given = typed.strip().replace("\xa0", " ").rpartition(" ")
            cells += [Cell(family), Cell(given)]
        elif key == "name":
            cells.append(Cell(typed + "\x07" if fault == "control" else typed))
        elif key == "birth_date":
            faults = {
                "error": Cell("#N/A", "error"),
                "formula": Cell("=A1", "formula"),
                "bad day": Cell("05/13/2012"),
            }
            cells.append(faults.get(fault) or day_cell(pupil.born, days))
        else:
            texts = {"number": number, "class": pupil.class_name, "code": pupil.code, "strange": "tốt"}
            cells.append(Cell(texts[key]))
    made.rows.append(cells)
    made.truth[len(made.rows)] = pupil
    if fault and not (fault == "control" and split):
        made.broken.add(len(made.rows))


@st.composite
def odd_books(draw: st.DrawFn) -> Odd:
    """A whole file."""
    encoding = draw(st.sampled_from(("", "", "", "utf-8", "utf-8-sig", "utf-16", "cp1258")))
    class_by = draw(st.sampled_from(("column", "title", "sheet", "file")))
    taken: set[str] = set()
    names = list(CLASSES[: draw(st.integers(1, 2))]) if class_by == "sheet" else ["DS"]
    if encoding and class_by == "sheet":
        class_by, names = "file", ["DS"]
    old = encoding != "cp1258"  # nobody has both an old font and an old encoding in one list
    pages = [draw(page(name, class_by, taken, old=old)) for name in names]
    if not encoding and draw(st.booleans()):
        pages.insert(
            0, Page("Hướng dẫn", [[Cell("Điền danh sách vào trang sau")], [Cell("Dân tộc"), Cell("Kinh")]])
        )
    return Odd(pages, encoding, CLASSES[0] if class_by == "file" else "")


# -- written as files


def save(odd: Odd, folder: Path) -> Path:
    """The file; text that an encoding cannot hold is UTF-8."""
    if odd.encoding:
        path = folder / "ds.csv"
        path.write_bytes(_encoded(_text(odd.pages[-1]), odd.encoding))
        return path
    path = folder / "ds.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for made in odd.pages:
        sheet = book.add_worksheet(made.name)
        for merge in made.merges:
            sheet.merge_range(*merge, "")
        for row, cells in enumerate(made.rows):
            for place, cell in enumerate(cells):
                _write(sheet, (row, place), cell, day)
    book.close()
    return path


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], cell: Cell, day: object) -> None:
    if cell.kind == "date":
        sheet.write_datetime(*place, cell.value, day)
    elif cell.kind == "error":
        sheet.write_formula(*place, "=NA()", None, "#N/A")
    elif cell.kind == "formula":
        sheet.write_formula(*place, "=A1", None, "")
    elif isinstance(cell.value, int):
        sheet.write_number(*place, cell.value)
    elif cell.value is not None:
        sheet.write_string(*place, str(cell.value))


def _text(made: Page) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    for cells in made.rows:
        writer.writerow(["" if cell.value is None else _plain(cell) for cell in cells])
    return file.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell.value, dt.datetime):
        return (
            f"{cell.value:%d/%m/%Y}" if cell.value.time() == dt.time() else f"{cell.value:%d/%m/%Y %H:%M:%S}"
        )
    return str(cell.value)


def _encoded(text: str, encoding: str) -> bytes:
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    spread = "".join(
        unicodedata.normalize(
            "NFC", "".join(m for m in unicodedata.normalize("NFD", letter) if m not in tones)
        )
        + "".join(m for m in unicodedata.normalize("NFD", letter) if m in tones)
        for letter in text
    )
    try:
        return spread.encode("cp1258")
    except UnicodeError:
        return text.encode("utf-8")
