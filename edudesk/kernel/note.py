"""What an import says of one cell of a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """`row` as the spreadsheet counts it, the heading, the text as it stands, why, and what to do.

    `sheet` is the sheet it stands on, where a file has more than one; `key` the field's, whatever its heading.
    """

    row: int
    column: str
    value: str
    code: str
    reason: str
    fix: str = ""
    sheet: str = ""
    key: str = ""
