"""The `input` of a case, read key by key; what is missing or of the wrong kind is refused with its key."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import parse_tenths
from edudesk.kernel.words import _


def invalid(key: str, wanted: str) -> Refused:
    """A key that does not hold what it must."""
    message = _("Cần {wanted}.").format(wanted=wanted)
    return Refused(Problem("ASSESS_INPUT", message, place=key, next=_("Sửa ca này rồi chạy lại."), field=key))


class CaseInput:
    """The keys of an input. Every reader raises Refused with the key it was asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    @classmethod
    def of(cls, data: object) -> Self:
        if not isinstance(data, dict):
            raise invalid("input", _("một đối tượng {…}"))
        return cls(data)

    def has(self, key: str) -> bool:
        """Whether the key is there and not null."""
        return self._data.get(key) is not None

    def names(self) -> tuple[str, ...]:
        """The keys that are there."""
        return tuple(self._data)

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise invalid(key, _("true hoặc false"))
        return value

    def texts(self, key: str) -> list[str]:
        """A list of words."""
        value = self._items(key)
        if not all(isinstance(item, str) for item in value):
            raise invalid(key, _("một danh sách chữ"))
        return value

    def wholes(self, key: str) -> list[int]:
        """A list of whole numbers, 0 or more."""
        value = self._items(key)
        if not all(isinstance(item, int) and not isinstance(item, bool) and item >= 0 for item in value):
            raise invalid(key, _("một danh sách số nguyên"))
        return value

    def inside(self, key: str) -> Self:
        """An object inside the input."""
        return self.of(self._value(key))

    def mark(self, key: str) -> int:
        """A mark as a JSON number, in tenths."""
        return read_mark(key, self._value(key))

    def gap(self, key: str) -> int | None:
        """A mark, or None for null."""
        value = self._value(key)
        return None if value is None else read_mark(key, value)

    def marks(self, key: str, *, gaps: bool = False) -> list[Any]:
        """A list of marks in tenths; with `gaps` a null stays None."""
        return [
            None if gaps and item is None else read_mark(f"{key}[{n}]", item)
            for n, item in enumerate(self._items(key), 1)
        ]

    def named_marks(self, key: str) -> dict[str, int]:
        """Marks by subject: a list, or an object in which "others" may be a list."""
        value = self._value(key)
        if isinstance(value, list):
            value = {"others": value}
        if not isinstance(value, dict):
            raise invalid(key, _("một danh sách điểm"))
        named: dict[str, int] = {}
        for code, given in value.items():
            values = given if isinstance(given, list) else [given]
            names = [f"{code}[{n}]" for n in range(1, len(values) + 1)] if isinstance(given, list) else [code]
            named |= {name: read_mark(name, item) for name, item in zip(names, values, strict=True)}
        return named

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._value(key)
        if not isinstance(value, str) or value not in allowed:
            raise invalid(key, _("một trong {codes}").format(codes=", ".join(allowed)))
        return value

    def whole(self, key: str, *, lowest: int = 0, highest: int = 999) -> int:
        """A whole number within the bounds."""
        value = self._value(key)
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not number or not lowest <= value <= highest or value != int(value):
            wanted = _("số nguyên từ {lowest} đến {highest}")
            raise invalid(key, wanted.format(lowest=lowest, highest=highest))
        return int(value)

    def number(self, key: str) -> int | Decimal:
        """Any number."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise invalid(key, _("một số"))
        return value

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str):
            raise invalid(key, _("chữ trong ngoặc kép"))
        return value

    def _value(self, key: str) -> Any:
        if key not in self._data:
            raise invalid(key, _("khóa này"))
        return self._data[key]

    def _items(self, key: str) -> list[Any]:
        value = self._value(key)
        if not isinstance(value, list):
            raise invalid(key, _("một danh sách [ … ]"))
        return value


def read_mark(key: str, value: object) -> int:
    """A mark in tenths, as a JSON number. Raises Refused with the key."""
    if isinstance(value, str):
        raise invalid(key, _("số, không phải chữ"))
    try:
        return parse_tenths(value)
    except Refused as refusal:
        raise Refused(
            *(Problem(item.code, item.message, key, item.next) for item in refusal.problems)
        ) from None
