"""How marks are typed on this PC: settings of the person at it, not of the school."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from edudesk.storage.database import Database

_KEY = "gradebook."
_SETTLED = "gradebook.settled"
Settled = dict[str, list[object]]  # a question’s key → how many marks it spoke of, and their digest


@dataclass(frozen=True, slots=True)
class TypingChoices:
    """`one_column`: another column is entered only when one says so. `fast_decimals`: a typed 85 is 8,5.

    `read_back`: the sheet to check a column against the papers opens when its last mark is there.
    """

    one_column: bool = True
    fast_decimals: bool = True
    read_back: bool = True


def typing_choices(db: Database) -> TypingChoices:
    """What stands on this PC."""
    chosen = {name: bool(db.local(_KEY + name, usual)) for name, usual in asdict(TypingChoices()).items()}
    return TypingChoices(**chosen)


def save_typing_choices(db: Database, choices: TypingChoices) -> None:
    """Keep them on this PC."""
    for name, value in asdict(choices).items():
        db.set_local(_KEY + name, value)


def read_settled(db: Database) -> Settled:
    """The questions about marks that were answered “đúng rồi” on this PC."""
    return dict(db.local(_SETTLED, {}))


def save_settled(db: Database, settled: Settled) -> None:
    """Keep the answers on this PC."""
    db.set_local(_SETTLED, settled)
