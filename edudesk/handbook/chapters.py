"""The chapters as they ship: a Markdown file each, with the pages they help at and the pictures they show.

A file begins with its title (`# …`); a line `<!-- pages: gradebook, register -->` names the pages whose F1 opens it.
A picture is named as the tour names it; a build makes them anew (`packaging/handbook.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from edudesk.kernel.paths import resource

QUICK_START = "00-bat-dau-nhanh"
_PAGES = re.compile(r"<!-- pages: ([a-z, ]*) -->\n")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its file name without ending, title, pages of the program it helps at, Markdown."""

    slug: str
    title: str
    pages: tuple[str, ...]
    text: str

    @property
    def pictures(self) -> tuple[str, ...]:
        """The file names of its pictures, in their order."""
        return tuple(name for _said, name in _PICTURE.findall(self.text))

    @property
    def headings(self) -> tuple[str, ...]:
        """The tasks it tells, a heading each."""
        return tuple(_HEADING.findall(self.text))


@lru_cache(maxsize=4)
def chapters(folder: Path | None = None) -> tuple[Chapter, ...]:
    """Every chapter in its order; those of the program when no folder is named."""
    files = sorted((folder or resource("handbook")).glob("*.md"))
    return tuple(_read(path) for path in files)


def chapter_at(page: str) -> Chapter:
    """The chapter that helps at a page of the program; the first one where none does."""
    known = chapters()
    return next((chapter for chapter in known if page in chapter.pages), known[0])


def chapter_named(slug: str) -> Chapter | None:
    """The chapter of that file name."""
    return next((chapter for chapter in chapters() if chapter.slug == slug), None)


def picture(name: str) -> Path:
    """Where a picture lies; it is missing in a source tree whose pictures were not made yet."""
    return resource("handbook", "pictures", name)


def without_pictures(text: str) -> str:
    """The same text where pictures that are not there are told by their words."""

    def told(match: re.Match[str]) -> str:
        return match[0] if picture(match[2]).exists() else f"*[{match[1]}]*"

    return _PICTURE.sub(told, text)


def _read(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    match = _PAGES.search(text)
    pages = tuple(page.strip() for page in match[1].split(",")) if match else ()
    body = _PAGES.sub("", text)
    title = body.partition("\n")[0].removeprefix("# ").strip()
    return Chapter(path.stem, title, pages, body)
