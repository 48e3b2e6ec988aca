"""The `input` of a case about marks: D and CD, levels, re-assessed results."""

from __future__ import annotations

from typing import Any

from edudesk.gradebook.rules.marks import FAILED, PASSED, comment_of_contents
from edudesk.gradebook.rules.regulation import LEVELS
from edudesk.kernel.case import CaseInput, invalid, read_mark
from edudesk.kernel.words import _


class MarksInput(CaseInput):
    """Beside what every case reads: what only marks have."""

    def retest(self, key: str) -> dict[str, int | str]:
        """Re-assessed results by subject: marks in tenths, D or CD."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise invalid(key, _("một đối tượng {…}"))
        return {
            code: _comment(code, result) if isinstance(result, str) else read_mark(code, result)
            for code, result in value.items()
        }

    def comment(self, key: str) -> str:
        """D or CD."""
        return _comment(key, self._value(key))

    def comment_or_gap(self, key: str) -> str | None:
        """D, CD, or None for null."""
        value = self._value(key)
        return None if value is None else _comment(key, value)

    def comments(self, key: str, *, gaps: bool = False) -> list[Any]:
        """A list of D and CD; with `gaps` a null stays None."""
        return [
            None if gaps and item is None else _comment(f"{key}[{n}]", item)
            for n, item in enumerate(self._items(key), 1)
        ]

    def periodic(self, key: str) -> str | None:
        """A periodic comment: D, CD, null, or one per content, of which a null is an assessment not done."""
        value = self._value(key)
        if not isinstance(value, dict):
            return None if value is None else _comment(key, value)
        if not value:
            raise invalid(key, _("kết quả của từng nội dung"))
        return comment_of_contents(
            [
                FAILED if item is None else _comment(f"{key}.{content}", item)
                for content, item in value.items()
            ]
        )

    def level(self, key: str) -> str:
        """TOT, KHA, DAT or CHUA_DAT."""
        return self.one_of(key, LEVELS)


def _comment(key: str, value: object) -> str:
    if not isinstance(value, str) or value not in (PASSED, FAILED):
        raise invalid(key, _("D hoặc CD"))
    return value
