"""Compares catalogs with the sentences in the code: `catalogs.py TEMPLATE CATALOG…`. Needs babel."""

from __future__ import annotations

import sys
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po


def gaps(template: Path, catalog: Path) -> list[str]:
    """Every sentence that is missing, doubtful, or names other values than the source does."""
    with template.open("rb") as file:
        wanted = {str(message.id) for message in read_po(file) if message.id}
    with catalog.open("rb") as file:
        there = {str(message.id): message for message in read_po(file) if message.id}
    found = [f"missing: {sentence}" for sentence in sorted(wanted - there.keys())]
    for sentence in sorted(wanted & there.keys()):
        message = there[sentence]
        if not message.string:
            found.append(f"empty: {sentence}")
        elif message.fuzzy:
            found.append(f"doubtful: {sentence}")
        elif _values(sentence) != _values(str(message.string)):
            found.append(f"other values: {sentence}")
    return found


def _values(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def main() -> int:
    """Print every gap; 1 when there is any."""
    template, *catalogs = map(Path, sys.argv[1:])
    found = [f"{catalog.parts[-3]}: {gap}" for catalog in catalogs for gap in gaps(template, catalog)]
    print("\n".join(found) if found else "complete")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
