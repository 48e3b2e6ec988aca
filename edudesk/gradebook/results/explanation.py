"""The record of an explanation: its lines, what is missing, the article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """A line: what, how, how much. `met` says whether a condition holds; `head` titles the lines below it.

    `reached` marks the head of the level that was reached.
    """

    what: str
    how: str = ""
    value: str = ""
    met: bool | None = None
    strong: bool = False
    head: bool = False
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation. `result` is tenths, a code, or None while `missing` is owed; `notice` a title and a sentence
    about the adjustment clause or what closing made of a cell; `article` where the rule stands."""

    title: str
    subtitle: str
    rows: tuple[ExplanationRow, ...]
    result: int | str | None
    missing: tuple[str, ...]
    notice: tuple[str, str]
    article: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The explanation as plain text."""
        body = [_line(row) for row in self.rows]
        return tuple(
            line
            for line in (self.title, self.subtitle, *body, *self.notice, *self.missing, self.article)
            if line
        )


def _line(row: ExplanationRow) -> str:
    sign = {True: "✓ ", False: "✗ ", None: ""}[row.met]
    margin = "" if row.head else "  "
    return margin + sign + "  ".join(part for part in (row.what, row.how, row.value) if part)
