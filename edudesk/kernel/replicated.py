"""The description of a journalled table: what storage, input and merge ask about its rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from edudesk.kernel.change import GONE, Fields
from edudesk.kernel.checks import FLAG, Check

Policy = Literal["latest", "conflict"]


def conflict(*fields: str) -> dict[str, Policy]:
    """The policy of fields where two concurrent edits wait for a person to settle them."""
    return dict.fromkeys(fields, "conflict")


class Identity(NamedTuple):
    """What the id of a new row is made of.

    "natural": of the `fields`, so that two desks that write alike make the same row. "proposed": of the `fields` at
    birth, unless one of them is blank or another row, here or gone, has that id; then it is random. "random": of
    nothing. `words` say what fields cannot.
    """

    kind: Literal["natural", "proposed", "random"]
    fields: tuple[str, ...] = ()
    words: str = ""


RANDOM = Identity("random")


class Replicated(NamedTuple):
    """A table whose rows are journalled.

    `scope` names the stream family of a row, or makes it from the row's fields at birth; a row keeps its scope for
    life. `policy` says per field what two concurrent edits become ("latest" when not named). `checks` say per field
    whether any desk could accept a value. `schema` rises when a migration reshapes the table. `identity` says what a
    new row's id is made of. `natural` is given where the same input is the same row (a mark is its pupil, subject,
    term and column): the fields such a row keeps for life. `refers` names the tables whose rows a field's value must be.
    """

    table: str
    fields: tuple[str, ...]
    scope: str | Callable[[Fields], str] = "school"
    policy: Mapping[str, Policy] = MappingProxyType({})
    checks: Mapping[str, Check] = MappingProxyType({})
    schema: int = 1
    natural: tuple[str, ...] | None = None
    refers: Mapping[str, str] = MappingProxyType({})
    identity: Identity = RANDOM

    def scope_of(self, row: Fields) -> str:
        """The scope of a row, from all its fields."""
        return self.scope if isinstance(self.scope, str) else self.scope(row)

    def check_of(self, field: str) -> Check | None:
        """The check of a field, also of the one that marks a row as deleted; None where the table has none."""
        return FLAG if field == GONE else self.checks.get(field)
