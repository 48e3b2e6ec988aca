"""What the house measures of itself: names that say nothing, wide folders, circles, and how many modules a mark crosses.

`python packaging/house.py names | folders | circles | mark | sheet`; without a word, all of them.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "edudesk"
EMPTY_NAMES = {"one", "found", "said", "told", "there", "held"}
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the program by its dotted name, parsed."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def names() -> None:
    """How often a name stands that says nothing of what it holds: Name nodes of the syntax trees."""
    uses = Counter(
        node.id
        for _module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in EMPTY_NAMES
    )
    words = ", ".join(f"{name} {count}" for name, count in uses.most_common())
    print(f"names: {sum(uses.values())} ({words})")


def folders() -> None:
    """The five widest folders."""
    widths = Counter(path.parent for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
    words = ", ".join(f"{folder.relative_to(ROOT)} {width}" for folder, width in widths.most_common(5))
    print(f"folders: {words}")


def circles() -> None:
    """Groups of modules that import each other in a circle."""
    groups = import_circles()
    print(f"circles: {len(groups)}")
    for group in groups:
        print("  " + " ".join(group))


def import_circles() -> list[list[str]]:
    """The modules of each circle, whether they import at the start, inside a function or for types alone."""
    known = dict(modules())
    imports = {name: _imports(name, tree, known) for name, tree in known.items()}
    return [sorted(group) for group in _strongly_connected(imports) if len(group) > 1]


def _imports(name: str, tree: ast.Module, known: dict[str, ast.Module]) -> set[str]:
    targets: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            targets |= {target if target in known else node.module for target in full} & known.keys()
    return targets - {name}


def _strongly_connected(graph: dict[str, set[str]]) -> list[set[str]]:
    """Tarjan's components, without recursion deeper than the graph."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(start: str, edges: dict[str, set[str]], out: list[str]) -> None:
        stack = [(start, iter(sorted(edges[start])))]
        seen.add(start)
        while stack:
            node, rest = stack[-1]
            following = next((target for target in rest if target not in seen), None)
            if following is None:
                out.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(sorted(edges[following]))))

    for name in graph:
        if name not in seen:
            visit(name, graph, order)
    back: dict[str, set[str]] = {name: set() for name in graph}
    for name, targets in graph.items():
        for target in targets:
            back[target].add(name)
    seen.clear()
    groups = []
    for name in reversed(order):
        if name not in seen:
            group: list[str] = []
            visit(name, back, group)
            groups.append(set(group))
    return groups


class Trace:
    """What a block of work runs through: `path` is the call stack that passes through most modules of the program,
    `touched` every module of which some function runs at all."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.touched: set[str] = set()

    def look(self, frame: FrameType, event: str, _argument: object) -> None:
        """Called by Python at every call: keep the stack when it is the widest yet."""
        if event != "call":
            return
        stack: list[str] = []
        caller: FrameType | None = frame
        while caller is not None:
            name = str(caller.f_globals.get("__name__", ""))
            if name.startswith("edudesk.") and name not in stack:
                stack.append(name)
            caller = caller.f_back
        self.touched |= set(stack)
        if len(stack) > len(self.path):
            self.path = stack[::-1]


@contextmanager
def traced() -> Iterator[Trace]:
    """The trace of the block."""
    trace = Trace()
    sys.setprofile(trace.look)
    try:
        yield trace
    finally:
        sys.setprofile(None)


def _report(what: str, traces: Sequence[Trace], most: int) -> None:
    path = list(dict.fromkeys(name for trace in traces for name in trace.path))
    touched = {name for trace in traces for name in trace.touched}
    print(f"{what}: crosses {len(path)} modules, at most {most}; {len(touched)} have some part in it")
    for name in path:
        print(f"  {name}")


def mark() -> None:
    """The modules that one real key crosses: the Enter that writes a mark."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from edudesk.app import make_shell
    from edudesk.gradebook.places import GradebookPlace
    from edudesk.school.rules import usual_year
    from edudesk.school.store import classes
    from edudesk.school.store_setup import set_up
    from edudesk.slices import new_school
    from edudesk.students.store import add_pupil
    from edudesk.ui.application import application

    application()
    with tempfile.TemporaryDirectory() as folder, new_school(Path(folder, "school")) as db:
        set_up(db, name="Trường THCS", levels=("thcs",), year=usual_year(2026), class_names=("9A1",))
        room = classes(db, 2026)[0]
        for name in ("Lò Thị Ánh", "Vàng A Bình"):
            add_pupil(db, 2026, room.id, {"name": name})
        shell = make_shell(db)
        shell.show()
        page = shell.go(GradebookPlace(class_id=room.id, code="toan", slot="tx1"))
        for _round in range(20):
            QApplication.processEvents()
        page.setFocus()
        QTest.keyClicks(QApplication.focusWidget(), "8")
        with traced() as trace:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        written = db.value("select count(*) from mark where value = 80")
        shell.close()
    assert written == 1, "the key wrote no mark"
    _report("mark", [trace], 15)


def sheet() -> None:
    """The modules that printing a class's mark sheet crosses, from its record to the written file."""
    from edudesk.demo.build import make_demo
    from edudesk.gradebook.papers.content import class_sheet_paper
    from edudesk.paper.document import write_pdf
    from edudesk.school.store import classes
    from edudesk.slices import new_school

    with tempfile.TemporaryDirectory() as folder, new_school(Path(folder, "school")) as db:
        make_demo(db, year=2026, pupils=60)
        room = classes(db, 2026)[0]
        with traced() as gathering:
            paper = class_sheet_paper(db, room.id, "toan", 1)
        with traced() as drawing:
            write_pdf(Path(folder, "a.pdf"), paper)
    _report("sheet", [gathering, drawing], 10)


WORDS: dict[str, Callable[[], None]] = {
    "names": names,
    "folders": folders,
    "circles": circles,
    "mark": mark,
    "sheet": sheet,
}

if __name__ == "__main__":
    for word in sys.argv[1:] or WORDS:
        WORDS[word]()
