"""Who still owes which marks, on paper (“Tiến độ nhập điểm”), to be handed out or put on the wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.gradebook.papers.heading import Frame, read_frame
from edudesk.gradebook.results.board import KINDS, BoardGroup, BoardLine, board, chosen, grouped
from edudesk.gradebook.results.secondary import term_name
from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.storage.database import Database


def board_paper(
    db: Database,
    year: int,
    term: int,
    *,
    view: str = "teacher",
    grade: int = 0,
    unfinished: bool = True,
    day: dt.date | None = None,
) -> Paper:
    """Of a term, of a grade (0 for all). Raises Refused like `board`."""
    every = chosen(board(db, year, term), grade=grade)
    groups = grouped([line for line in every if line.missing or not unfinished], view)
    return _paper(every, groups, read_frame(db, day=day), (_words(year, term, grade), view))


def _words(year: int, term: int, grade: int) -> str:
    where = _("Khối {grade}").format(grade=grade) if grade else _("Toàn trường")
    return _("{where} – {term} – Năm học {year}").format(
        where=where, term=term_name(term), year=year_name(year)
    )


def _paper(
    every: Sequence[BoardLine], groups: Sequence[BoardGroup], frame: Frame, row: tuple[str, str]
) -> Paper:
    words, view = row
    title = Title(_("Tiến độ nhập điểm"), (words,))
    missing, owed = sum(line.missing for line in every), sum(line.owed for line in every)
    count = Text(
        _("Đến ngày {day} còn thiếu {n}/{all} điểm.").format(
            day=show_date(frame.day), n=thousands(missing), all=thousands(owed)
        )
    )
    blocks: list[Block] = [frame.block, title, count]
    if groups:
        blocks += [Table(_columns(view), list(_rows(groups, view)), size=11, tight=True), Space(2)]
    blocks.append(Notes([_("Mỗi ô: số điểm đã có / số điểm phải có; V, P, K, M chưa tính là đã có.")]))
    blocks.append(
        Signatures([Signature(_("Người lập")), Signature(_("Phó hiệu trưởng"))], frame.head.place, frame.day)
    )
    return Paper(f"{title.text} {words}", blocks)


def _columns(view: str) -> list[TableColumn]:
    first = [TableColumn(_("Lớp"), 18, "center"), TableColumn(_("Môn"))]
    if view == "class":
        first = [TableColumn(_("Môn"), 48), TableColumn(_("Giáo viên"))]
    kinds = [TableColumn(_(words), 24, "center") for words in KINDS.values()]
    return [*first, *kinds, TableColumn(_("Còn thiếu"), 20, "center")]


def _rows(groups: Sequence[BoardGroup], view: str) -> list[Row | TitleRow]:
    rows: list[Row | TitleRow] = []
    for group in groups:
        rows.append(TitleRow(_("{name}: còn thiếu {n}").format(name=group.title, n=group.missing)))
        rows += [_row(line, view) for line in group.lines]
    return rows


def _row(line: BoardLine, view: str) -> Row:
    who = (
        (line.subject, line.teacher or _("Chưa phân công"))
        if view == "class"
        else (line.class_name, line.subject)
    )
    cells: list[str | Cell] = [*who]
    for kind in KINDS:
        share = line.shares.get(kind)
        text = f"{share.filled}/{share.owed}" if share else "–"
        cells.append(Cell(text, tinted=bool(share and share.missing)))
    return [*cells, Cell(str(line.missing), bold=True)]
