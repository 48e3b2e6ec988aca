"""A plan of any import as rows to look at: what is refused, asked, doubted and taken, with every column that was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.plan import FilePlan, RowQuestion
from edudesk.sheets.source import Spot, Where

MOST_TAKEN = 3000  # rows that will simply be taken, shown below those that need a look
OF_FILE = frozenset(
    "COLUMN_UNKNOWN COLUMN_NOT_READ COLUMN_MISSING NUMBER_TAKEN SHEET_SKIPPED CELL_FAR DATES_SWAPPED DATES_MONTH_FIRST FONT_OLD".split()
)
PASSED = "ROW_PASSED"
KINDS = ("added", "changed", "unchanged")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the file: texts by field, which of them are wrong or doubtful, why, and what to do.

    `kind` is "refused", "asked", "doubted", "added", "changed" or "unchanged"; `places` is field → column of the file.
    """

    sheet: str
    row: int
    kind: str
    texts: Mapping[str, str]
    bad: frozenset[str] = frozenset()
    ask: frozenset[str] = frozenset()
    why: str = ""
    fix: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    choice: RowQuestion | None = None

    def text(self, key: str) -> str:
        """What stands in a field."""
        return self.texts.get(key, "")

    @property
    def where(self) -> Where:
        """Sheet and row, by which it is known over changes."""
        return self.sheet, self.row

    def spot(self, key: str) -> Spot | None:
        """The cell of a field in the file; None when the list has no such column."""
        return (self.sheet, self.row, self.places[key]) if key in self.places else None


@dataclass(frozen=True, slots=True)
class PreviewFormat:
    """How a kind of list is shown: labels of its fields, and the texts of a row that will be taken."""

    labels: Mapping[str, str]
    texts_of: Callable[[Any], Mapping[str, str]]
    why: Callable[[Any], str] = lambda _row: ""


def read_keys(plan: FilePlan[Any], style: PreviewFormat) -> list[str]:
    """Every field that was read, in the order of the file's columns."""
    keys: dict[str, None] = {}
    for table in plan.tables:
        for place in sorted(table.keys):
            if table.keys[place] in style.labels:
                keys.setdefault(table.keys[place])
    return list(keys)


def plan_rows(
    plan: FilePlan[Any], style: PreviewFormat, asked: Sequence[RowQuestion] = ()
) -> dict[str, list[PlanRow]]:
    """The rows by kind, in the order they are shown."""
    choices = {(choice.sheet, choice.row): choice for choice in asked}
    refused = _by_row(plan.refused)
    doubts = _by_row(note for note in plan.warnings if note.code not in OF_FILE and note.code != PASSED)
    shown: dict[str, list[PlanRow]] = {kind: [] for kind in ("asked", "refused", "doubted", *KINDS)}
    for where in sorted(refused, key=lambda place: (_order(plan, place[0]), place[1])):
        kind = "asked" if where in choices else "refused"
        shown[kind].append(_refused(plan, style, (where, kind), refused[where], choices.get(where)))
    for row in plan.rows:
        notes = doubts.get((row.sheet, row.row), [])
        kind = "doubted" if notes else row.kind
        if notes or len(shown[kind]) < MOST_TAKEN:
            shown[kind].append(_taken(plan, style, row, notes))
    return shown


def _order(plan: FilePlan[Any], sheet: str) -> int:
    names = [table.sheet for table in plan.tables]
    return names.index(sheet) if sheet in names else len(names)


def _by_row(notes: Iterable[Note]) -> dict[Where, list[Note]]:
    grouped: dict[Where, list[Note]] = {}
    for note in notes:
        grouped.setdefault((note.sheet, note.row), []).append(note)
    return grouped


def _raw(plan: FilePlan[Any], where: Where) -> tuple[dict[str, str], dict[str, int], Mapping[str, str]]:
    """Texts by field, columns by field, and fields by heading of a row as it stands."""
    row = plan.cells.get(where)
    if row is None:
        return {}, {}, {}
    table = plan.tables[row.table]
    texts: dict[str, str] = {}
    places: dict[str, int] = {}
    for place, key in sorted(table.keys.items()):
        text = row.texts[place] if place < len(row.texts) else ""
        texts[key] = f"{texts[key]} {text}".strip() if key in texts else text
        places.setdefault(key, place)
    headings = {text: table.keys[n] for n, text in enumerate(table.heads) if n in table.keys}
    return texts, places, headings


def _keys(notes: Iterable[Note], headings: Mapping[str, str], style: PreviewFormat) -> frozenset[str]:
    named = {label: key for key, label in style.labels.items()} | dict(headings)
    return frozenset(named[note.column] for note in notes if note.column in named)


def _refused(
    plan: FilePlan[Any],
    style: PreviewFormat,
    what: tuple[Where, str],
    notes: Sequence[Note],
    choice: RowQuestion | None,
) -> PlanRow:
    (sheet, number), kind = what
    texts, places, headings = _raw(plan, (sheet, number))
    why = choice.question if choice else " ".join(dict.fromkeys(note.reason for note in notes))
    bad = _keys(notes, headings, style)
    return PlanRow(
        sheet=sheet,
        row=number,
        kind=kind,
        texts=texts,
        bad=frozenset() if choice else bad,
        ask=bad if choice else frozenset(),
        why=why,
        fix=notes[0].fix,
        places=places,
        choice=choice,
    )


def _taken(plan: FilePlan[Any], style: PreviewFormat, row: Any, notes: Sequence[Note]) -> PlanRow:
    texts, places, headings = _raw(plan, (row.sheet, row.row))
    why = " ".join(dict.fromkeys(note.reason for note in notes)) or style.why(row)
    return PlanRow(
        sheet=row.sheet,
        row=row.row,
        kind="doubted" if notes else row.kind,
        texts={**texts, **style.texts_of(row)},
        ask=_keys(notes, headings, style),
        why=why,
        fix=notes[0].fix if notes else "",
        places=places,
    )


def file_words(plan: FilePlan[Any]) -> list[str]:
    """What is said of the file as a whole, the weightiest first; rows that are none of a list in one line."""
    unread = [note.column for note in plan.warnings if note.code == "COLUMN_UNKNOWN"]
    sentences = [
        f"{note.reason} {note.fix}".strip()
        for note in plan.warnings
        if note.code in OF_FILE and note.code != "COLUMN_UNKNOWN"
    ]
    if unread:
        sentences.append(_("Không đọc cột: {names}.").format(names=", ".join(dict.fromkeys(unread))))
    passed = [note.row for note in plan.warnings if note.code == PASSED]
    if passed:
        rows = ", ".join(map(str, passed[:12])) + ("…" if len(passed) > 12 else "")
        sentences.append(_("Bỏ qua {n} dòng ngoài danh sách: {rows}.").format(n=len(passed), rows=rows))
    return list(dict.fromkeys(sentences))
