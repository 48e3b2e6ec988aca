"""No float touches a mark: not in the rules, not on the way in, not on the way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import edudesk

ROOT = Path(edudesk.__file__).parent
# Views paint with pixels and reports with points; everything else a mark passes through is here.
EXACT = (
    *(ROOT / "kernel").glob("numbers.py"),
    *(
        path
        for package in ("rules", "register", "results", "anomalies", "seals", "exchange", "commands")
        for path in (ROOT / "gradebook" / package).glob("*.py")
    ),
)


def inexact(path: Path) -> Iterator[str]:
    """Float literals, true division, float() and round() of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        place = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{place} {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"{place} true division"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("float", "round")
        ):
            yield f"{place} {node.func.id}()"


def test_nothing_a_mark_passes_through_reckons_with_floats() -> None:
    assert len(EXACT) > 15
    assert [found for path in EXACT for found in inexact(path)] == []


def test_the_law_would_see_a_float(tmp_path: Path) -> None:
    path = tmp_path / "slip.py"
    path.write_text("a = 8.5\nb = a / 2\nc = round(b)\nd = float(a)\na /= 2\n", encoding="utf-8")
    assert len(list(inexact(path))) == 5
