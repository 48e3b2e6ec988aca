"""A cell of a subject's term as the register has it (“cột điểm”): "tx1", "gk", "ck.am_nhac", "kgk".

In the database, on the command line and in files a slot is this text; what it means is asked here alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from edudesk.kernel.words import N_, _


class SlotKind(StrEnum):
    """What a cell is: a regular assessment, the middle or the end of the term, and the tests beside those."""

    TX = "tx"
    GK = "gk"
    CK = "ck"
    KGK = "kgk"
    KCK = "kck"


PERIODS = (SlotKind.TX, SlotKind.GK, SlotKind.CK)  # in the order of the term
_PERIOD_OF_TEST = {SlotKind.KGK: SlotKind.GK, SlotKind.KCK: SlotKind.CK}
_SLOT = re.compile(r"(tx)([1-9])|(gk|ck)(?:\.([a-z_]+))?|(kgk|kck)")
_TEST_LABELS = {SlotKind.KGK: N_("KT giữa kì"), SlotKind.KCK: N_("KT cuối kì")}
_CONTENT_NAMES = {"am_nhac": N_("Âm nhạc"), "mi_thuat": N_("Mĩ thuật")}


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: its `kind`, the `number` of a regular assessment (0 for others), the `content` it is for ("": all)."""

    kind: SlotKind
    number: int = 0
    content: str = ""

    @property
    def is_test(self) -> bool:
        """Whether it holds the mark of a test beside a level."""
        return self.kind in _PERIOD_OF_TEST

    @property
    def period(self) -> SlotKind:
        """When in the term: TX, GK or CK, of a test as of the level beside it."""
        return _PERIOD_OF_TEST.get(self.kind, self.kind)

    @property
    def part(self) -> str:
        """The cell without its content: "tx1", "gk"."""
        return f"{self.kind}{self.number or ''}"

    @property
    def order(self) -> tuple[int, int, str]:
        """Where the register has it: regular, middle, end."""
        return PERIODS.index(self.period), self.number, self.content

    def __str__(self) -> str:
        return f"{self.part}.{self.content}" if self.content else self.part


@lru_cache(maxsize=256)
def slot_of(text: str) -> Slot | None:
    """The cell of a text; None for what no subject could have."""
    match = _SLOT.fullmatch(text)
    if match is None:
        return None
    regular, number, periodic, content, test = match.groups()
    return Slot(SlotKind(regular or periodic or test), int(number or 0), content or "")


def is_slot(text: str) -> bool:
    """Whether some subject could have this cell."""
    return slot_of(text) is not None


def is_test(text: str) -> bool:
    """Whether a cell holds the mark of a test, and not a level."""
    slot = slot_of(text)
    return slot is not None and slot.is_test


def is_regular(text: str) -> bool:
    """Whether a cell is one of the regular assessments."""
    return kind_of(text) is SlotKind.TX


def kind_of(text: str) -> SlotKind | None:
    """What a cell is; None for what is no cell, such as a column of the year."""
    slot = slot_of(text)
    return None if slot is None else slot.kind


def period_of(text: str) -> SlotKind | None:
    """TX, GK or CK: when in the term a cell is due; None for what is no cell."""
    slot = slot_of(text)
    return None if slot is None else slot.period


def content_of(text: str) -> str:
    """The content a cell is for; "" for all of the subject."""
    slot = slot_of(text)
    return "" if slot is None else slot.content


def register_order(text: str) -> tuple[int, int, str]:
    """Where a cell stands in the register, as a key to sort by; what is no cell comes last."""
    slot = slot_of(text)
    return (len(PERIODS), 0, text) if slot is None else slot.order


def slot_label(text: str) -> str:
    """The heading of a column: "ĐĐGtx1", "ĐĐGgk", "ĐĐGck · Âm nhạc"."""
    slot = slot_of(text)
    if slot is None:
        return f"ĐĐG{text}"
    if slot.is_test:
        return _(_TEST_LABELS[slot.kind])
    return f"ĐĐG{slot.part} · {content_name(slot.content)}" if slot.content else f"ĐĐG{slot.part}"


def slot_head(text: str) -> str:
    """The heading without the content, which stands under it: "ĐĐGck" of "ck.am_nhac"."""
    slot = slot_of(text)
    return slot_label(text if slot is None else slot.part)


def slot_short(text: str) -> str:
    """The name of a cell in a list of what is missing: "TX4", "GK", "CK Âm nhạc"."""
    slot = slot_of(text)
    if slot is None:
        return text.upper()
    if slot.is_test:
        return _(_TEST_LABELS[slot.kind])
    return f"{slot.part.upper()} {content_name(slot.content)}" if slot.content else slot.part.upper()


def content_name(content: str) -> str:
    """The name of a content of a subject (“nội dung”)."""
    return _(_CONTENT_NAMES.get(content, content))
