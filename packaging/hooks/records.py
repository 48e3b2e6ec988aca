"""At the start of the frozen program: frozen records are made from code that was compiled when the program was built.

`dataclasses` writes the text of `__init__`, `__eq__` … of every record and compiles it at each start, which was a
sixth of the time to the first window. `packaging/records.py` keeps what it compiled; an unknown text is compiled as ever.
"""

import builtins
import dataclasses
import marshal
import sys
from pathlib import Path


def use_compiled() -> None:
    """Let `dataclasses` find its code ready; without the file nothing changes."""
    try:
        compiled = marshal.loads(Path(sys._MEIPASS, "records.marshal").read_bytes())  # type: ignore[attr-defined]  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        return

    def run(text: str, names: dict[str, object], place: dict[str, object]) -> None:
        code = marshal.loads(compiled[text]) if text in compiled else text  # noqa: S302
        builtins.exec(code, names, place)

    dataclasses.exec = run  # type: ignore[attr-defined]


use_compiled()
