"""What a paper says, as text."""

from __future__ import annotations

from collections.abc import Iterator

from edudesk.paper.blocks import Notes, Pairs, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TitleRow


def words(paper: Paper) -> Iterator[str]:
    """Everything a paper says, text by text."""
    for block in paper.blocks:
        if isinstance(block, Title):
            yield from (block.text, *block.lines)
        elif isinstance(block, Notes):
            yield from block.lines
        elif isinstance(block, Pairs):
            yield from (f"{what}: {value}" for what, value in block.pairs)
        elif isinstance(block, Text):
            yield block.text
        elif isinstance(block, Table):
            yield from (column.head for column in block.columns)
            for row in block.rows:
                cells = (row.text,) if isinstance(row, TitleRow) else row
                yield " | ".join(cell.text if isinstance(cell, Cell) else str(cell) for cell in cells)


def text(paper: Paper) -> str:
    return "\n".join(words(paper))
