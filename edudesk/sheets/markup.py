"""XML fed to handlers bit by bit; the parser knows where it stands and refuses what no spreadsheet has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from edudesk.sheets.files import unreadable

DEEPEST = 64  # elements one in another; a spreadsheet has a dozen
_UTF8 = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<[A-Za-z]|<\?xml version=["']1\.0["'] encoding=["'](?i:utf-8)["'])"""
)
Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Parser:
    """A document on its way to handlers. Everything that feeds it raises Unavailable, or ExpatError for broken XML."""

    def __init__(self, path: Path, start: Start, end: End | None = None, text: Text | None = None) -> None:
        self._path, self._start, self._end = path, start, end
        self._names = _ElementNames()
        self._open: list[str] = []
        self._fed, self._plain = 0, True
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartElementHandler, self._expat.EndElementHandler = self._begin, self._close
        self._expat.CharacterDataHandler = text
        self._expat.EntityDeclHandler = self._no_entities
        self._expat.StartDoctypeDeclHandler = self._expat.StartCdataSectionHandler = self._not_plain

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        if not self._fed:
            self._plain = _UTF8.match(data) is not None
        self._fed += len(data)
        self._expat.Parse(data, False)

    def close(self) -> None:
        """There are no more."""
        self._expat.Parse(b"", True)

    def is_in(self, home: list[str]) -> bool:
        """Whether what comes next is content of the elements of `home`, in UTF-8, and means what it seems to.

        Not so while the parser keeps back what is not whole, as a tag or a comment, nor after a document type, which
        may give elements more than they say, or in text that is marked as such.
        """
        return self._plain and self._open == home and self._expat.CurrentByteIndex == self._fed

    def _begin(self, name: str, given: Attributes) -> None:
        tag = self._names[name]
        self._open.append(tag)
        if len(self._open) > DEEPEST:
            raise unreadable(self._path)
        self._start(tag, given)

    def _close(self, _name: str) -> None:
        tag = self._open.pop()
        if self._end is not None:
            self._end(tag)

    def _not_plain(self, *_declared: object) -> None:
        self._plain = False

    def _no_entities(self, *_declared: object) -> None:
        raise unreadable(self._path)  # no spreadsheet declares any; a bomb does


class _ElementNames(dict[str, str]):
    """The names of elements without their namespace, worked out once each."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, name.rpartition(" ")[2])
