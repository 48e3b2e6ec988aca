"""Elements in the shape that programs write them, read many at a time beside the parser.

All the rest goes to the parser, so that it alone says where in the document they stand, and strange XML is never guessed
at: the same is read with and without this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

from edudesk.sheets.markup import Parser

# Text as it stands between tags: without references, without what a parser would change or refuse (the letters that
# begin with EF may be U+FFFE). Whether it is UTF-8 is left to whoever decodes it.
TEXT = r"[^<>&\x00-\x08\x0b-\x1f\xef]*"
Column = Sequence[bytes | None]


@dataclass(frozen=True, slots=True)
class Usual:
    """A kind of elements. `home` is the path to what they stand in.

    Group 1 of `shape` is a whole element. What the groups after it hold goes to `take`, for each group a column of all
    elements that follow one another. It answers False or raises UnicodeDecodeError, with nothing kept, when they are
    not usual after all.
    """

    home: list[str]
    shape: re.Pattern[bytes]
    take: Callable[[list[Column]], bool]


class Sieve:
    """Parts what is usual from what is for the parser, in their order."""

    def __init__(self, parser: Parser, usual: Usual) -> None:
        self._parser, self._usual = parser, usual
        self._step = usual.shape.groups + 1

    def feed(self, chunk: bytes) -> None:
        """The next bytes; an element that is cut by their end is for the parser."""
        pieces: list[bytes] = self._usual.shape.split(chunk)
        between = pieces[:: self._step]
        begin = 0
        for place in compress(range(len(between)), between):
            self._run(pieces[begin + 1 : place * self._step])
            self._parser.feed(between[place])
            begin = place * self._step
        self._run(pieces[begin + 1 :])

    def _run(self, pieces: list[bytes]) -> None:
        """Elements that follow one another."""
        if pieces and not self._is_taken(pieces):
            self._parser.feed(b"".join(pieces[:: self._step]))

    def _is_taken(self, pieces: list[bytes]) -> bool:
        if not self._parser.is_in(self._usual.home):
            return False
        try:
            return self._usual.take([pieces[group :: self._step] for group in range(1, self._step - 1)])
        except UnicodeDecodeError:
            return False
