"""Who writes, and in what standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["subject_teacher", "homeroom", "office", "principal"]


@dataclass(frozen=True, slots=True)
class Author:
    """The account that writes (`actor`), and its standing at the time, kept in every journal row."""

    actor: str = "office"
    standing: Standing = "office"
