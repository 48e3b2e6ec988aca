"""The tables of the stories: pupils, marks of a class, locks of it, slips."""

from __future__ import annotations

from edudesk.kernel.change import Fields, Value
from edudesk.kernel.merge.rules import Lock, Rules, Slip, TableRules


def _of_class(row: Fields) -> str:
    return f"marks:{row['class_id']}"


def lock(row: Fields) -> Lock:
    """Closes the marks of a class."""
    return Lock(
        lambda table, born, _field: table == "mark" and born.get("class_id") == row["class_id"],
        _of_class(row),
    )


def slip(row: Fields) -> Slip:
    """Opens the marks of a class."""
    return Slip(
        lambda table, born, _field: born.get("class_id") == row["class_id"], str(row.get("lock_id") or "")
    )


def _is_mark(value: Value) -> bool:
    return value is None or (isinstance(value, int) and 0 <= value <= 100)


RULES: Rules = {
    "pupil": TableRules(conflict=frozenset({"name", "class_id"})),
    "mark": TableRules(conflict=frozenset({"value"}), checks={"value": _is_mark}),
    "lock": TableRules(lock=lock),
    "slip": TableRules(slip=slip),
}
