"""Compares catalogs with the sentences in the code: `catalogs.py CATALOG…`. Needs babel."""

from __future__ import annotations

import ast
import sys
from collections.abc import Set
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "edudesk"


def sentences(package: Path = PACKAGE) -> set[str]:
    """What stands in `_("…")` or `N_("…")`, inside f-strings too, where babel looks from Python 3.12 on alone."""
    return {
        str(text.value)
        for module in package.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_")
        for text in node.args
        if isinstance(text, ast.Constant)
    }


def gaps(wanted: Set[str], catalog: Path) -> list[str]:
    """Every sentence that is missing, doubtful, in no code any more, or names other values than the source does."""
    with catalog.open("rb") as file:
        translated = {str(message.id): message for message in read_po(file) if message.id}
    problems = [f"missing: {sentence}" for sentence in sorted(wanted - translated.keys())]
    problems += [f"in no code: {sentence}" for sentence in sorted(translated.keys() - wanted)]
    for sentence in sorted(wanted & translated.keys()):
        message = translated[sentence]
        if not message.string:
            problems.append(f"empty: {sentence}")
        elif message.fuzzy:
            problems.append(f"doubtful: {sentence}")
        elif _values(sentence) != _values(str(message.string)):
            problems.append(f"other values: {sentence}")
    return problems


def _values(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def main() -> int:
    """Print every gap; 1 when there is any."""
    wanted = sentences()
    problems = [
        f"{catalog.parts[-3]}: {gap}" for catalog in map(Path, sys.argv[1:]) for gap in gaps(wanted, catalog)
    ]
    print("\n".join(problems) if problems else "complete")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
