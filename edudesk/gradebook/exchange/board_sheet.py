"""Who still owes which marks, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from edudesk.gradebook.results.board import KINDS, BoardLine, board
from edudesk.gradebook.results.secondary import term_name
from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def board_sheets(db: Database, year: int, term: int) -> list[SheetOut]:
    """Every subject of every class of a term: a line can be filtered and sorted there."""
    return [board_sheet(board(db, year, term), term)]


def board_sheet(lines: Sequence[BoardLine], term: int) -> SheetOut:
    """These lines: what is held and owed of each kind, and how many marks are missing."""
    kinds = [(_(words), kind) for kind, words in KINDS.items()]
    counts = [
        head
        for words, _kind in kinds
        for head in (_("{kind}: đã có").format(kind=words), _("{kind}: phải có").format(kind=words))
    ]
    heads = (_("Giáo viên"), _("Lớp"), _("Môn"), *counts, _("Còn thiếu"))
    rows = [_row(line, [kind for _words, kind in kinds]) for line in lines]
    name = _("Tiến độ {term}").format(term=term_name(term))
    return SheetOut(
        name, heads, rows, widths=[28, 8, 24, *[12] * len(counts), 11], text_columns=frozenset({0, 1, 2})
    )


def _row(line: BoardLine, kinds: Sequence[str]) -> tuple[object, ...]:
    shares = [line.shares.get(kind) for kind in kinds]
    counts = [
        number for share in shares for number in ((share.filled, share.owed) if share else (None, None))
    ]
    return (line.teacher, line.class_name, line.subject, *counts, line.missing)
