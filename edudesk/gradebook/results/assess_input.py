"""The `input` of a case, read key by key; what is missing or of the wrong kind is refused with its key."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from edudesk.gradebook.rules.marks import FAILED, PASSED, comment_of_contents
from edudesk.gradebook.rules.regulation import LEVELS
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import parse_tenths
from edudesk.kernel.words import _


def invalid(key: str, wanted: str) -> Refused:
    """A key that does not hold what it must."""
    message = _("Cần {wanted}.").format(wanted=wanted)
    return Refused(Problem("ASSESS_INPUT", message, place=key, next=_("Sửa ca này rồi chạy lại."), field=key))


class Input:
    """The keys of an input. Every reader raises Refused with the key it was asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    @classmethod
    def of(cls, data: object) -> Input:
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
        found = self._there(key)
        if not isinstance(found, bool):
            raise invalid(key, _("true hoặc false"))
        return found

    def texts(self, key: str) -> list[str]:
        """A list of words."""
        found = self._list(key)
        if not all(isinstance(one, str) for one in found):
            raise invalid(key, _("một danh sách chữ"))
        return found

    def wholes(self, key: str) -> list[int]:
        """A list of whole numbers, 0 or more."""
        found = self._list(key)
        if not all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in found):
            raise invalid(key, _("một danh sách số nguyên"))
        return found

    def inside(self, key: str) -> Input:
        """An object inside the input."""
        return Input.of(self._there(key))

    def mark(self, key: str) -> int:
        """A mark as a JSON number, in tenths."""
        return _mark(key, self._there(key))

    def gap(self, key: str) -> int | None:
        """A mark, or None for null."""
        found = self._there(key)
        return None if found is None else _mark(key, found)

    def marks(self, key: str, *, gaps: bool = False) -> list[Any]:
        """A list of marks in tenths; with `gaps` a null stays None."""
        return [
            None if gaps and one is None else _mark(f"{key}[{n}]", one)
            for n, one in enumerate(self._list(key), 1)
        ]

    def named_marks(self, key: str) -> dict[str, int]:
        """Marks by subject: a list, or an object in which "others" may be a list."""
        found = self._there(key)
        if isinstance(found, list):
            found = {"others": found}
        if not isinstance(found, dict):
            raise invalid(key, _("một danh sách điểm"))
        named: dict[str, int] = {}
        for code, value in found.items():
            values = value if isinstance(value, list) else [value]
            names = [f"{code}[{n}]" for n in range(1, len(values) + 1)] if isinstance(value, list) else [code]
            named |= {name: _mark(name, one) for name, one in zip(names, values, strict=True)}
        return named

    def retest(self, key: str) -> dict[str, int | str]:
        """Re-assessed results by subject: marks in tenths, D or CD."""
        found = self._there(key)
        if not isinstance(found, dict):
            raise invalid(key, _("một đối tượng {…}"))
        return {
            code: _comment(code, value) if isinstance(value, str) else _mark(code, value)
            for code, value in found.items()
        }

    def comment(self, key: str) -> str:
        """D or CD."""
        return _comment(key, self._there(key))

    def comment_or_gap(self, key: str) -> str | None:
        """D, CD, or None for null."""
        found = self._there(key)
        return None if found is None else _comment(key, found)

    def comments(self, key: str, *, gaps: bool = False) -> list[Any]:
        """A list of D and CD; with `gaps` a null stays None."""
        return [
            None if gaps and one is None else _comment(f"{key}[{n}]", one)
            for n, one in enumerate(self._list(key), 1)
        ]

    def periodic(self, key: str) -> str | None:
        """A periodic comment: D, CD, null, or one per content, of which a null is an assessment not done."""
        found = self._there(key)
        if not isinstance(found, dict):
            return None if found is None else _comment(key, found)
        if not found:
            raise invalid(key, _("kết quả của từng nội dung"))
        return comment_of_contents(
            [FAILED if one is None else _comment(f"{key}.{content}", one) for content, one in found.items()]
        )

    def level(self, key: str) -> str:
        """TOT, KHA, DAT or CHUA_DAT."""
        return self.one_of(key, LEVELS)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        found = self._there(key)
        if not isinstance(found, str) or found not in allowed:
            raise invalid(key, _("một trong {codes}").format(codes=", ".join(allowed)))
        return found

    def whole(self, key: str, *, lowest: int = 0, highest: int = 999) -> int:
        """A whole number within the bounds."""
        found = self._there(key)
        number = isinstance(found, int | Decimal) and not isinstance(found, bool)
        if not number or not lowest <= found <= highest or found != int(found):
            wanted = _("số nguyên từ {lowest} đến {highest}")
            raise invalid(key, wanted.format(lowest=lowest, highest=highest))
        return int(found)

    def number(self, key: str) -> int | Decimal:
        """Any number."""
        found = self._there(key)
        if isinstance(found, bool) or not isinstance(found, int | Decimal) or not Decimal(found).is_finite():
            raise invalid(key, _("một số"))
        return found

    def text(self, key: str) -> str:
        found = self._there(key)
        if not isinstance(found, str):
            raise invalid(key, _("chữ trong ngoặc kép"))
        return found

    def _there(self, key: str) -> Any:
        if key not in self._data:
            raise invalid(key, _("khóa này"))
        return self._data[key]

    def _list(self, key: str) -> list[Any]:
        found = self._there(key)
        if not isinstance(found, list):
            raise invalid(key, _("một danh sách [ … ]"))
        return found


def _mark(key: str, value: object) -> int:
    if isinstance(value, str):
        raise invalid(key, _("số, không phải chữ"))
    try:
        return parse_tenths(value)
    except Refused as refusal:
        raise Refused(*(Problem(one.code, one.message, key, one.next) for one in refusal.problems)) from None


def _comment(key: str, value: object) -> str:
    if not isinstance(value, str) or value not in (PASSED, FAILED):
        raise invalid(key, _("D hoặc CD"))
    return value
