"""An import plan as rows of a table: what is refused, what should be looked at, what will be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from edudesk.kernel.note import Note
from edudesk.kernel.text import heading_key
from edudesk.kernel.words import _
from edudesk.students.columns import CLASS, headings
from edudesk.students.fields import BY_KEY
from edudesk.students.imports import ImportPlan
from edudesk.ui.cells import CellLook
from edudesk.ui.table.view import Column, Group

SHOWN = ("name", "birth_date", "sex", CLASS, "ethnic", "personal_number")
MOST_TAKEN = 3000  # rows that will simply be taken, shown below those that need a look


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: texts by field, which of them are wrong or doubtful, why, and what to do."""

    row: int
    texts: tuple[tuple[str, str], ...]
    bad: frozenset[str] = frozenset()
    ask: frozenset[str] = frozenset()
    why: str = ""
    fix: str = ""

    def text(self, key: str) -> str:
        """What stands in a field."""
        return dict(self.texts).get(key, "")


def preview(plan: ImportPlan, class_names: dict[str, str]) -> list[Line | Group]:
    """The plan as rows under titles: refused first, then those to look at, then the rest."""
    taken = {row.row: row for row in plan.rows}
    doubts: dict[int, list[Note]] = {}
    for note in plan.warnings:
        doubts.setdefault(note.row, []).append(note)
    refused = [_refused(plan, row) for row in plan.refused_rows]
    texts = {row.row: _texts(row, class_names) for row in plan.rows}
    asked = [_asked(row, texts[row], doubts[row]) for row in sorted(doubts) if row in taken]
    found = _titled(_("Không nhận"), refused) + _titled(_("Nên xem lại"), asked)
    for kind, title in (("added", _("Sẽ thêm")), ("changed", _("Sẽ sửa")), ("unchanged", _("Không đổi"))):
        rows = [row for row in plan.rows if row.kind == kind and row.row not in doubts]
        found += _titled(title, [Line(row.row, texts[row.row]) for row in rows[:MOST_TAKEN]], len(rows))
    return found


def _titled(title: str, lines: list[Line], count: int | None = None) -> list[Line | Group]:
    return [Group(f"{title} ({len(lines) if count is None else count})"), *lines] if lines else []


def _texts(row: object, class_names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    fields, key = row.fields, row.class_key  # type: ignore[attr-defined]
    shown = [(name, BY_KEY[name].show(fields.get(name))) for name in SHOWN if name in BY_KEY]
    return (*shown, (CLASS, class_names.get(key, key)))


def _keys(notes: list[Note], plan_labels: dict[str, str]) -> frozenset[str]:
    return frozenset(plan_labels.get(heading_key(note.column), "") for note in notes)


def _refused(plan: ImportPlan, row: int) -> Line:
    notes = [note for note in plan.refused if note.row == row]
    known = headings()
    places = [
        (known.get(heading_key(head), ""), text)
        for head, text in zip(plan.heads, plan.cells[row], strict=False)
    ]
    first = notes[0]
    why = first.reason if len(notes) == 1 else " ".join(note.reason for note in notes)
    return Line(row, tuple(places), bad=_keys(notes, known), why=why, fix=first.fix)


def _asked(row: int, texts: tuple[tuple[str, str], ...], notes: list[Note]) -> Line:
    return Line(
        row, texts, ask=_keys(notes, headings()), why=" ".join(n.reason for n in notes), fix=notes[0].fix
    )


def _look(key: str) -> Callable[[Line], CellLook]:
    def look(line: Line) -> CellLook:
        text = line.text(key)
        if key in line.ask:
            return CellLook(text, owed=not text, bold=True, colour="ask")
        return CellLook(text, bad=key in line.bad)

    return look


def _why(line: Line) -> CellLook:
    if line.bad:
        return CellLook(line.why, icon="refused", colour="bad", tip=line.why)
    if line.why:
        return CellLook(line.why, icon="triangle", colour="ask", tip=line.why)
    return CellLook(_("đủ"), icon="check", colour="ok")


def _text_of(key: str, line: Line) -> str:
    return line.text(key)


def plan_columns() -> list[Column]:
    labels = {CLASS: _("Lớp"), "name": _("Họ và tên"), "sex": _("Giới"), "personal_number": _("Số định danh")}
    widths = {"name": 168, "birth_date": 92, "sex": 52, CLASS: 60, "ethnic": 78, "personal_number": 116}
    fields = [
        Column(
            key,
            labels.get(key) or _(BY_KEY[key].label),
            partial(_text_of, key),
            widths[key],
            look=_look(key),
        )
        for key in SHOWN
    ]
    row = Column("row", _("Dòng"), lambda x: str(x.row), 56, "right")
    fix = Column(
        "fix",
        _("Cách sửa"),
        lambda x: x.fix,
        190,
        look=lambda x: CellLook(x.fix, colour="accent_text", tip=x.fix),
    )
    return [row, *fields, Column("why", _("Vì sao"), lambda x: x.why, 0, look=_why), fix]
