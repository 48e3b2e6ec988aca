"""Whose row it is, by name: the exact name decides, a number only between equal names; what is alike is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.sheets.letters import exact, near


class Person(Protocol):
    """Somebody of a class: a name and a number in it."""

    @property
    def name(self) -> str: ...
    @property
    def number(self) -> int | None: ...


P = TypeVar("P", bound=Person)


def find_named(
    people: Sequence[P], name: str, number: int | None = None, *, unknown: Problem | None = None
) -> P | Problem:
    """The one of that exact name, by number among namesakes; else a Problem PUPIL_TWICE or PUPIL_UNKNOWN that names
    whom it may be. `unknown` is the problem when it may be none of them."""
    named = [person for person in people if exact(person.name) == exact(name)]
    chosen = [person for person in named if person.number == number] if len(named) > 1 else named
    if len(chosen) == 1:
        return chosen[0]
    if named:
        message = _("Lớp có {n} em tên {name}.").format(n=len(named), name=name)
        return Problem("PUPIL_TWICE", message, next=_("Thêm cột mã học sinh hoặc số thứ tự."))
    return _nearest(people, name, number) or unknown or _unknown_name(name)


def _unknown_name(name: str) -> Problem:
    message = _("Lớp không có em “{who}”.").format(who=name)
    return Problem("PUPIL_UNKNOWN", message, next=_("Xem lại danh sách lớp."))


def _nearest(people: Sequence[P], name: str, number: int | None) -> Problem | None:
    alike = [person for person in people if near(person.name) == near(name)]
    if alike:
        names = _(" hay ").join(person_text(person) for person in alike[:3])
        message = _("Lớp không có em nào tên đúng là “{who}”.").format(who=name)
        step = _("Có phải {names}? Sửa tên trong tệp cho đúng từng dấu.").format(names=names)
        return Problem("PUPIL_UNKNOWN", message, next=step)
    numbered = next((person for person in people if number is not None and person.number == number), None)
    if numbered is None:
        return None
    message = _("Số {n} của lớp là {name}, không phải “{who}”.")
    return Problem("PUPIL_UNKNOWN", message.format(n=number, name=numbered.name, who=name))


def person_text(person: Person) -> str:
    """A person as a proposal names them: with the number, when they have one."""
    if person.number is None:
        return person.name
    return _("{name} (số {n})").format(name=person.name, n=person.number)


def proposal(text: str, names: Sequence[str]) -> str:
    """The next step for a name nobody has: the one it may be, else to add it first."""
    alike = [name for name in names if near(name) == near(text)]
    if alike:
        return _("Có phải “{name}”? Sửa tên trong tệp cho đúng từng dấu.").format(name=alike[0])
    return _("Thêm vào sổ trước, hoặc sửa tên trong tệp.")
