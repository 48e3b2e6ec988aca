"""What an import says of single cells, as data and as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edudesk.kernel.note import Note
from edudesk.kernel.words import _


def notes_data(notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Each note as the command line's contract names it; the sheet too where they stand on several."""
    several = len({note.sheet for note in notes if note.sheet}) > 1
    return [
        {
            "row": note.row,
            "column": note.column,
            "value": note.value,
            "code": note.code,
            "reason": note.reason,
            "fix": note.fix,
            **({"sheet": note.sheet} if several else {}),
        }
        for note in notes
    ]


def note_lines(
    counts: Mapping[str, int], refused: Sequence[Note], warnings: Sequence[Note], *, dry_run: bool
) -> list[str]:
    """The counts, then a line for each refusal and each warning."""
    message = _("{added} thêm, {changed} sửa, {unchanged} không đổi, {refused} không nhận.")
    summary = message.format(**counts, refused=len({(note.sheet, note.row) for note in refused}))
    lines = [_("Thử, chưa ghi gì: {counts}").format(counts=summary) if dry_run else summary]
    lines += [_line(note, _("Không nhận")) for note in refused]
    return lines + [_line(note, _("Nên xem lại")) for note in warnings]


def _line(note: Note, kind: str) -> str:
    place = _("dòng {row}").format(row=note.row)
    if note.column:
        place = _("dòng {row}, cột {column}").format(row=note.row, column=note.column)
    value = f" “{note.value}”" if note.value else ""
    return f"{kind} {place}{value}: {note.reason} {note.fix}".strip()
