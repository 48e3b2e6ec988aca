"""Who writes, and in what standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edudesk.kernel.words import _

Standing = Literal["subject_teacher", "homeroom", "office", "principal"]


OFFICE_ACCOUNT = "office"  # the account of a PC where nobody signs in


def actor_words(actor: str) -> str:
    """What people call an account: the office's own by what it is, any other by its name."""
    return _("văn phòng") if actor == OFFICE_ACCOUNT else actor


@dataclass(frozen=True, slots=True)
class Author:
    """The account that writes (`actor`), and its standing at the time, kept in every journal row."""

    actor: str = OFFICE_ACCOUNT
    standing: Standing = "office"
