"""The last net before a write: no value goes into the journal that the checks of its table refuse.

What people type has been refused before, in the words of its own form. This holds for whatever came past it: another
desk would park such a value, so none may be written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from edudesk.kernel.change import WHOLE_ROW, Change, Step, Value
from edudesk.kernel.checks import ROW_ID
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import REASON
from edudesk.kernel.numbers import thousands
from edudesk.kernel.replicated import Replicated
from edudesk.kernel.words import _

MOST = 20  # problems told of one step
ROW = "id"  # the field that names a row


def unfit(tables: Mapping[str, Replicated], step: Step) -> list[Problem]:
    """A problem for each value of a step that a check refuses, the first few: CHECK_FAILED, or TEXT_LONG."""
    problems = [*REASON.problems(step.reason)] if step.reason else []
    for (name, field), run in groupby(step.changes, key=_table_and_field):
        problems += _of_alike(tables[name], field, list(run))
    return problems[:MOST]


def _table_and_field(change: Change) -> tuple[str, str]:
    return change.table, WHOLE_ROW if change.kind == "ins" else change.field


def _of_alike(table: Replicated, field: str, changes: Sequence[Change]) -> Iterator[Problem]:
    """The problems of changes of one field, or of whole rows; each value is looked at once, for an import repeats few."""
    if field != WHOLE_ROW:
        yield from _refused(
            table, field, {value: change for change in changes for value in change.fields.values()}
        )
        return
    rows = [(change.fields, change) for change in changes]
    yield from _refused(table, ROW, {change.row: change for change in changes})
    for name in table.fields:
        yield from _refused(table, name, {fields[name]: change for fields, change in rows})


def _refused(table: Replicated, field: str, values: Mapping[Value, Change]) -> Iterator[Problem]:
    check = ROW_ID if field == ROW else table.check_of(field)
    if check is not None:
        for value, change in values.items():
            if not check.accepts(value):
                yield _problem(change, field, value, check.letters)


def _problem(change: Change, field: str, value: Value, letters: int | None) -> Problem:
    place = {"table": change.table, "row": change.row, "field": field}
    n = len(value) if isinstance(value, str) else 0
    if letters is not None and n > letters:
        message = _("Nội dung dài {n} chữ cái, nhiều nhất {most}.")
        sentence = message.format(n=thousands(n), most=thousands(letters))
        return Problem("TEXT_LONG", sentence, next=_("Viết ngắn lại."), **place)
    message = _("Có giá trị không đúng dạng nên chưa ghi gì.")
    return Problem("CHECK_FAILED", message, next=_("Xem lại ô ấy rồi ghi lại."), **place)
