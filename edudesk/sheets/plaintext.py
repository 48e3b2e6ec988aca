"""Lists as text (.csv, .txt, .tsv): whichever encoding and separator, and the rows where a byte did not decode."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.cells import MOST_COLUMNS, FilledCells, Sheet, sheet_of, text_cell
from edudesk.sheets.files import too_large, unreadable
from edudesk.sheets.letters import is_syllable, legacy_text

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_LONGEST = 1 << 20  # letters of one cell; what is too long for a field is refused by its row
LOST = "\ufffd"
_SAMPLE = 200_000
MOST_TEXT = 24 << 20  # bytes


def read_text(path: Path, data: bytes) -> Sheet:
    """A text file as a sheet named after it. Raises Unavailable FILE_UNREADABLE, FILE_TOO_LARGE, FILE_QUOTES."""
    if len(data) > MOST_TEXT:
        raise too_large(path)
    text = _decode(data)
    if "\0" in text:
        raise unreadable(path)
    cells = FilledCells()
    notes: list[Note] = []
    for row, values in enumerate(_rows(path, text)):
        line = enumerate(map(text_cell, values[: MOST_COLUMNS + 1]))
        cells.add(row, {column: cell for column, cell in line if cell is not None})
        if cells.too_many:
            raise too_large(path)
        if any(LOST in value for value in values):
            notes.append(_lost_note(row, values))
    sheet = sheet_of(path.stem, cells)
    return Sheet(sheet.name, sheet.rows, numbers=sheet.numbers, notes=(*sheet.notes, *notes))


def _lost_note(row: int, values: list[str]) -> Note:
    value = next(value for value in values if LOST in value)
    reason = _("Dòng này có chữ không đọc được (hiện là {sign}); các dòng khác đọc đúng.").format(sign=LOST)
    return Note(row + 1, "", value[:60], "BYTE_BAD", reason, _("Xem lại ô ấy."))


def _rows(path: Path, text: str) -> Iterator[list[str]]:
    """Strictly: a quote that is never closed would take the lines after it into its cell without a word."""
    old = csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for values in reader:
            line = reader.line_num + 1
            yield values
    except csv.Error as error:
        raise (too_large(path) if "limit" in str(error) else _open_quote(path, line)) from error
    finally:
        csv.field_size_limit(old)


def _open_quote(path: Path, line: int) -> Unavailable:
    message = _("Dòng {n} mở dấu ngoặc kép mà không đóng đúng chỗ, nên không biết ô ấy hết ở đâu.").format(
        n=line
    )
    step = _("Sửa dấu ngoặc kép ở dòng ấy, hoặc mở tệp bằng Excel rồi lưu lại dạng .xlsx.")
    return Unavailable(Problem("FILE_QUOTES", message, str(path), step))


def _delimiter(text: str) -> str:
    lines = [line for line in text[:_SAMPLE].splitlines()[:20] if line.strip()]
    return max("\t;,", key=lambda mark: sum(line.count(mark) for line in lines))


# -- encodings


def _decode(data: bytes) -> str:
    named = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if named.startswith("utf-16") or (not named and (wide := _unmarked_wide(data))):
        return data.decode(named or wide, errors="replace")
    try:
        return data.decode(named or "utf-8")
    except UnicodeError:
        return _mostly_utf8(data) or _old_windows(data)


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is zero."""
    head = data[:2000]
    if len(head) < 8 or len(head) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 2 > half and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and not odd else ""


def _mostly_utf8(data: bytes) -> str:
    """The text as UTF-8 with what does not decode replaced, where far more does than does not; else nothing."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    lost = text.count(LOST)
    whole = sum(1 for letter in text if ord(letter) > 127) - lost
    return text if whole > 2 * lost else ""


def _old_windows(data: bytes) -> str:
    """What old Vietnamese Windows, or a font of its time, writes: the reading with most Vietnamese words."""
    windows = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    plain = data.decode("latin-1")
    candidates = [windows, plain, *(legacy_text(plain, name) for name in ("tcvn3", "vni"))]
    best = max(candidates, key=lambda text: (_vietnamese(text), -candidates.index(text)))
    return plain if best in candidates[2:] else best  # the font's letters are decoded cell by cell, and told


def _vietnamese(text: str) -> int:
    words = [word for word in text[:_SAMPLE].split() if not word.isascii()]
    return sum(1 if is_syllable(word.strip(".,;:()\"'")) else -1 for word in words)
