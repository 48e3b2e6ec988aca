"""A problem of the state: something that cannot be and is, after two desks wrote apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NamedTuple

from edudesk.kernel.change import Step
from edudesk.kernel.place import Place


class Mend(NamedTuple):
    """A store function `(db, row) -> Step` that settles a problem at once, and the verb on its button (N_)."""

    verb: str
    action: Callable[..., Step]


@dataclass(frozen=True, slots=True)
class StateProblem:
    """What is wrong, what to do, where, and what would settle it at once. `row` is the id of a row that is wrong."""

    code: str
    row: str
    message: str
    next: str
    place: Place
    mend: Mend | None = None

    @property
    def place_fields(self) -> dict[str, str]:
        """The place for programs: page, part of it, and what is chosen there."""
        return {key: str(value) for key, value in asdict(self.place).items() if value}
