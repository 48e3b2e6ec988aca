"""The XML parts of a zipped document, fed to handlers bit by bit and never whole in memory."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

from edudesk.sheets.files import BROKEN_ZIP, MOST_PART, opened_zip, too_large, unreadable
from edudesk.sheets.markup import End, Parser, Start, Text
from edudesk.sheets.usual import Sieve, Usual

CHUNK = 1 << 16


class Parts:
    """The parts of a document by name."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._zip: ZipFile = opened_zip(path, BytesIO(data))
        self.names = frozenset(self._zip.namelist())

    def feed(
        self,
        part: str,
        start: Start,
        end: End | None = None,
        text: Text | None = None,
        usual: Usual | None = None,
    ) -> None:
        """Run the handlers over a part; `usual` elements go where that says, past them.

        Raises Unavailable FILE_UNREADABLE, FILE_TOO_LARGE.
        """
        parser = Parser(self._path, start, end, text)
        try:
            self._pump(part, Sieve(parser, usual).feed if usual else parser.feed)
            parser.close()
        except (expat.ExpatError, *BROKEN_ZIP) as error:
            raise unreadable(self._path) from error

    def _pump(self, part: str, feed: Callable[[bytes], None]) -> None:
        done = 0
        with self._zip.open(part) as stream:
            while chunk := stream.read(CHUNK):
                done += len(chunk)
                if done > MOST_PART:  # whatever the directory of the zip says
                    raise too_large(self._path)
                feed(chunk)

    def too_many(self) -> Exception:
        """What is raised for a sheet with more filled cells than any list."""
        return too_large(self._path)
