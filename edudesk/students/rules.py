"""What a pupil's record lacks. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from edudesk.kernel.text import fold
from edudesk.kernel.words import N_

# What every paper and exchange about a pupil asks for.
ASKED = (
    ("personal_number", N_("số định danh")),
    ("birth_date", N_("ngày sinh")),
    ("sex", N_("giới tính")),
    ("ethnic", N_("dân tộc")),
)


class Listed(Protocol):
    """A pupil as a list has them."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def birth_date(self) -> str | None: ...
    @property
    def personal_number(self) -> str | None: ...
    @property
    def class_name(self) -> str: ...


def lacking(pupil: Listed) -> list[str]:
    """The names of what is not filled in, in the order of ASKED."""
    return [name for key, name in ASKED if not getattr(pupil, key)]


def doubles(pupils: Iterable[Listed]) -> dict[str, Listed]:
    """pupil id → another pupil with the same personal number, or the same name and birth date."""
    same: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for pupil in pupils:
        if pupil.personal_number:
            same["number", pupil.personal_number].append(pupil)
        if pupil.birth_date:
            same[fold(pupil.name), pupil.birth_date].append(pupil)
    doubles_of: dict[str, Listed] = {}
    for group in same.values():
        for place, pupil in enumerate(group):
            if len(group) > 1:
                doubles_of.setdefault(pupil.id, group[1 - bool(place)])
    return doubles_of
