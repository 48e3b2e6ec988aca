"""The parts of a paper. A report is a list of these; none of them asks the database.

Each block answers its unbreakable `pieces` for a width; the document lays them one below the other.
Sizes and styles follow Nghị định 30/2020, Phụ lục I.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from edudesk.kernel.words import _
from edudesk.paper.pen import MM, Align, Pen, Style, text_width, wrapped

HEADING_KEEPS = 5  # lines that must follow a heading on its page: the head of a table and its first row
Draw = Callable[[Pen, float, float], None]  # pen, left, top


@dataclass(frozen=True, slots=True)
class Piece:
    """What must stay whole: its height and how to draw it.

    `head` is drawn again where a page begins with it; `keep` more points must fit below it on the same page; `pulls`
    takes so many pieces along when it must begin a page, so that no signature stands on a page alone.
    """

    height: float
    draw: Draw
    head: Piece | None = None
    keep: float = 0
    pulls: int = 0
    breaks: bool = False
    restarts: bool = False
    draft: bool | None = None  # of a break: whether what follows is a draft


class Block(Protocol):
    """Anything that can stand on a page."""

    def pieces(self, width: float) -> Iterator[Piece]: ...


def _nothing(_pen: Pen, _left: float, _top: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room, in millimetres."""

    mm: float = 4

    def pieces(self, width: float) -> Iterator[Piece]:
        yield Piece(self.mm * MM, _nothing)


@dataclass(frozen=True, slots=True)
class NewPage:
    """The next block begins a page; `restart` counts pages from one again (the next pupil's paper).

    `draft` says whether what follows is a draft, until the next that says so.
    """

    restart: bool = False
    draft: bool | None = None

    def pieces(self, width: float) -> Iterator[Piece]:
        yield Piece(0, _nothing, breaks=True, restarts=self.restart, draft=self.draft)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The school at the left, Quốc hiệu and Tiêu ngữ at the right (Mẫu chữ 1–4).

    `number` is “Số: 05/BC-THCS”, `day` makes the line of place and date at the right.
    """

    authority: str
    school: str
    place: str = ""
    number: str = ""
    day: dt.date | None = None

    def pieces(self, width: float) -> Iterator[Piece]:
        left, right = width * 0.44, width * 0.56
        school = wrapped(self.school.upper(), _SCHOOL, left - 4)
        authority = wrapped(self.authority.upper(), _AUTHORITY, left - 4) if self.authority else ()
        used = max((len(school) + len(authority)) * _SCHOOL.leading, 2 * _MOTTO.leading) + 6
        last = bool(self.number or self.day) * 20

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(authority, x, top, left, style=_AUTHORITY)
            below = top + len(authority) * _AUTHORITY.leading
            pen.lines(school, x, below, left, style=_SCHOOL)
            _rule(
                pen, school[-1], x, below + len(school) * _SCHOOL.leading + 2, left, style=_SCHOOL, share=0.4
            )
            pen.line(_NATION, x + left, top, right, style=_NATION_STYLE)
            pen.line(_MOTTO_WORDS, x + left, top + _NATION_STYLE.leading, right, style=_MOTTO)
            under = top + _NATION_STYLE.leading + _MOTTO.leading + 2
            _rule(pen, _MOTTO_WORDS, x + left, under, right, style=_MOTTO, share=1)
            pen.line(self.number, x, top + used + 2, left, style=Style(13, align="center"))
            if self.day:
                message = place_and_day(self.place, self.day)
                pen.line(
                    message, x + left, top + used + 2, right, style=Style(13, italic=True, align="center")
                )

        yield Piece(used + last + 10, draw)


# The nation's name and motto stand in Vietnamese on every paper, whatever language the screen has.
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO_WORDS = "Độc lập - Tự do - Hạnh phúc"
_AUTHORITY = Style(12, align="center")
_SCHOOL = Style(12, bold=True, align="center")
_NATION_STYLE = Style(12, bold=True, align="center")
_MOTTO = Style(13, bold=True, align="center")


def _rule(pen: Pen, words: str, left: float, top: float, width: float, *, style: Style, share: float) -> None:
    long = text_width(words, style.face, style.size) * share
    start = left + (width - long) / 2
    pen.rules([(start, top, start + long, top)], 0.7)


def place_and_day(place: str, day: dt.date) -> str:
    """“Sông Trăng, ngày 05 tháng 01 năm 2027”: days below 10 and the months 1 and 2 take a nought."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    message = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{place}, {message}" if place else message.capitalize()


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper in capitals, and lines below it (Mẫu chữ 5a)."""

    text: str
    lines: tuple[str, ...] = ()

    def pieces(self, width: float) -> Iterator[Piece]:
        big, small = Style(14, bold=True, align="center"), Style(13, bold=True, align="center")
        heads = wrapped(self.text.upper(), big, width)
        below = [part for line in self.lines for part in wrapped(line, small, width)]

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.lines(heads, x, top + 4, width, style=big)
            pen.lines(below, x, top + 6 + len(heads) * big.leading, width, style=small)

        yield Piece(len(heads) * big.leading + len(below) * small.leading + 14, draw, keep=60)


BODY = Style(13)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `indent` in millimetres moves its first line in. A bold one is a heading: it ends no page."""

    text: str
    style: Style = BODY
    indent: float = 0
    after: float = 4

    def pieces(self, width: float) -> Iterator[Piece]:
        pad = "\u00a0" * round(self.indent * MM / text_width("\u00a0", self.style.face, self.style.size))
        lines = wrapped(pad + self.text, self.style, width)
        for place, line in enumerate(lines):
            more = self.after if place == len(lines) - 1 else 0
            keep = HEADING_KEEPS * self.style.leading if self.style.bold else 0
            yield Piece(self.style.leading + more, self._drawing(line, width), keep=keep)

    def _drawing(self, line: str, width: float) -> Draw:
        return lambda pen, x, top: pen.line(line, x, top, width, style=self.style)


@dataclass(frozen=True, slots=True)
class Pairs:
    """“Họ và tên: Lò Thị Ánh” in even columns, row by row."""

    pairs: Sequence[tuple[str, str]]
    columns: int = 2
    size: float = 12

    def pieces(self, width: float) -> Iterator[Piece]:
        share = width / self.columns
        for start in range(0, len(self.pairs), self.columns):
            row = self.pairs[start : start + self.columns]
            cells = [wrapped(f"{name}: {value}", Style(self.size), share - 8) for name, value in row]
            height = max(map(len, cells)) * self.size * 1.35
            yield Piece(height, self._drawing(cells, share))

    def _drawing(self, cells: list[tuple[str, ...]], share: float) -> Draw:
        def draw(pen: Pen, x: float, top: float) -> None:
            for place, lines in enumerate(cells):
                pen.lines(lines, x + place * share, top, share, style=Style(self.size))

        return draw


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the office in capitals, how, and the name where it is known (Mẫu chữ 7a, 7b)."""

    office: str
    name: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures side by side, the line of place and date above the last one; never parted by a page."""

    signs: Sequence[Signature]
    place: str = ""
    day: dt.date | None = None
    room: float = 22  # mm to sign in

    def pieces(self, width: float) -> Iterator[Piece]:
        share = width / len(self.signs)
        dated = 20.0 if self.day else 4.0
        height = dated + 34 + self.room * MM + 20

        def draw(pen: Pen, x: float, top: float) -> None:
            if self.day:
                message = place_and_day(self.place, self.day)
                wide = max(share, width / 2)
                pen.line(
                    message, x + width - wide, top + 4, wide, style=Style(13, italic=True, align="center")
                )
            for place, sign in enumerate(self.signs):
                self._sign(pen, sign, x + place * share, top + dated + 4, share)

        yield Piece(height, draw, pulls=6)

    def _sign(self, pen: Pen, sign: Signature, left: float, top: float, share: float) -> None:
        center: Align = "center"
        pen.line(sign.office.upper(), left, top, share, style=Style(12, bold=True, align=center))
        how = sign.how or _("(Kí và ghi rõ họ tên)")
        pen.line(how, left, top + 16, share, style=Style(11, italic=True, align=center))
        pen.line(sign.name, left, top + 34 + self.room * MM, share, style=Style(13, bold=True, align=center))


@dataclass(frozen=True, slots=True)
class Notes:
    """Small remarks under a table."""

    lines: Sequence[str]

    def pieces(self, width: float) -> Iterator[Piece]:
        style = Style(10.5, italic=True)
        for line in self.lines:
            yield from Text(line, style, after=2).pieces(width)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Anything else of a known height (points), drawn by a function of (pen, left, top, width)."""

    height: float
    draw: Callable[[Pen, float, float, float], None]

    def pieces(self, width: float) -> Iterator[Piece]:
        yield Piece(self.height, lambda pen, x, top: self.draw(pen, x, top, width))
