"""Writes TABLES.md: identity, conflict policy and check of every field of every journalled table, from the descriptions.

`PYTHONPATH=. python packaging/tables.py`; a test compares the committed file with what the descriptions say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from edudesk.kernel.checks import ROW_ID  # noqa: E402
from edudesk.kernel.replicated import Identity, Replicated  # noqa: E402
from edudesk.slices import TABLES  # noqa: E402
from edudesk.storage.migrate import STORAGE  # noqa: E402

FILE = ROOT / "TABLES.md"
HEAD = """# Tables

Every journalled table with what is asked of each field. Made by `packaging/tables.py` from the descriptions in each
slice's `schema.py`; a test fails when this file says something else.

- **Identity** (the row `id`): *natural*, made of what the row means, so that two desks that write alike make the same row;
  *proposed*, made of these fields at birth, unless one is blank or another row, here or gone, has that id; *random*.
- **Policy**: what two concurrent edits become. *latest* takes the later, and keeps the other in history; **conflict** waits
  for a person to settle it; *for life* says the field never changes.
- **Check**: what a value must be on any desk for ever. Input refuses what fails it, a merge parks it. Text is composed
  (NFC) and has no letter that nobody sees. Numbers of money are whole đồng, of marks and points whole tenths, of area dm².
  What depends on permission, on locks, on today or on other rows is no check but a guard.

| Table | Field | Identity or policy | Check | Row of |
|---|---|---|---|---|
"""


def main() -> int:
    """Write the file."""
    FILE.write_text(document(), encoding="utf-8")
    return 0


def document() -> str:
    """The whole file, from the descriptions of every slice."""
    tables = sorted(
        (table for part in (STORAGE, *TABLES) for table in part.tables), key=lambda table: table.table
    )
    return HEAD + "".join(line for table in tables for line in rows(table))


def rows(table: Replicated) -> Iterator[str]:
    """The lines of a table: its id, then its fields in their order."""
    yield _row([f"`{table.table}`", "`id`", identity_words(table.identity), ROW_ID.words, ""])
    for field in table.fields:
        policy = "for life" if field in (table.natural or ()) else table.policy.get(field, "latest")
        check = table.checks.get(field)
        target = table.refers.get(field, "")
        yield _row(
            [
                f"`{table.table}`",
                f"`{field}`",
                f"**{policy}**" if policy == "conflict" else policy,
                check.words if check else "",
                f"`{target}`" if target else "",
            ]
        )


def identity_words(identity: Identity) -> str:
    """“natural: `year`, `number`”."""
    fields = ", ".join(f"`{field}`" for field in identity.fields)
    return "; ".join([": ".join(filter(None, (identity.kind, fields))), *filter(None, [identity.words])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


if __name__ == "__main__":
    raise SystemExit(main())
