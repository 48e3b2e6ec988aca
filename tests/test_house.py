"""The house is what its picture says: where a file lies and what it is called bound what it may import."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import edudesk
from edudesk.slices import NAMES, SLICES
from edudesk.storage.slice import Code, Slice

ROOT = Path(edudesk.__file__).parent
HOUSE: dict[str, Callable[..., Any]] = runpy.run_path(str(ROOT.parent / "packaging" / "house.py"))
FLOORS = ("ui", "paper", "sheets", "storage", "kernel")
# What a file of a slice is, by the first word of its name. Inside a slice whoever stands later may import whoever
# stands earlier; the words in one row stand side by side.
ROLES = (
    ("rules", "idnumber", "programme", "words", "places"),
    ("fields", "columns", "schema", "migrations"),
    ("store", "guards", "probe", "chapters"),
    (
        "sheets",
        "results",
        "imports",
        "import",
        "report",
        "assess",
        "asked",
        "bundle",
        "chart",
        "edition",
        "proposals",
        "duties",
        "problems",
    ),
    ("papers", "demo"),
    ("view",),
    ("commands",),
    ("slice",),
)
ROLE = {word: place for place, row in enumerate(ROLES) for word in row}
OUTSIDE = {
    "PySide6",
    "shiboken6",
    "sqlite3",
    "sqlcipher3",
    "sqlite_utils",
    "reportlab",
    "requests",
    "keyring",
}
COMPOSITION = ("app", "first_run", "finds", "tour", "commands", "usage", "cli", "slices", "__main__")
PACKAGED = (
    "gradebook",
    "demo",
)  # slices whose files stand in packages, or compose: their contract is import-linter's
MOST_LINES, MOST_MODULES = 400, 30


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def role_of(stem: str) -> str:
    """The part of a file name before its first underscore."""
    return stem.partition("_")[0]


def files() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path.name != "__init__.py")


def inside(path: Path) -> tuple[str, ...]:
    """A file's place below the package, without ".py"."""
    return path.relative_to(ROOT).with_suffix("").parts


def test_the_slices_are_the_folders() -> None:
    folders = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {*NAMES, *FLOORS}
    assert all(part.name == name for part, name in zip(SLICES, NAMES, strict=True))


def contract(name: str) -> list[list[str]]:
    """The layers of an import contract, from above: the modules that stand side by side in each."""
    with (ROOT.parent / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == name)
    return [re.findall(r"\w+", layer) for layer in layers]


def test_the_picture_is_the_contract() -> None:
    """Every row of the picture holds the modules of one layer, in the order of the layers."""
    picture = (edudesk.__doc__ or "").splitlines()
    chain = next(line for line in picture if line.strip().startswith("__main__"))
    drawn = [re.findall(r"\w+", row) for row in chain.split("›")]
    start = next(number for number, line in enumerate(picture) if line.split() and line.split()[0] == "demo")
    drawn += [re.findall(r"\w+", line[:29]) for line in picture[start : start + 9]]
    floors = ["ui", "paper"], ["sheets"], ["storage"], ["kernel"]
    assert all(any(f"│ {floor} " in line for line in picture) for row in floors for floor in row)
    assert [*drawn, *floors] == contract("house")
    inside = next(line for line in picture if line.strip().startswith("slice ›"))
    assert [re.findall(r"\w+", row) for row in inside.split("›")] == contract("gradebook")


def test_every_file_has_a_role() -> None:
    strange = []
    for path in files():
        place = inside(path)
        known = (
            place[0] in FLOORS
            or place[0] in PACKAGED
            or (len(place) == 1 and place[0] in COMPOSITION)
            or (len(place) in (2, 3) and role_of(place[-1]) in ROLE)
        )
        if not known:
            strange.append("/".join(place))
    assert strange == []


def test_only_views_and_ui_know_qt() -> None:
    strangers = set()
    for path in files():
        if not any(name.split(".")[0] in ("PySide6", "shiboken6") for name in imported(path)):
            continue
        place = inside(path)
        seen = place[0] == "ui" or place[:2] in (("gradebook", "entry"), ("gradebook", "pages"))
        if not (seen or role_of(place[-1]) == "view" or place[0] in ("app", "first_run", "finds", "tour")):
            strangers.add("/".join(place))
    assert strangers == set()


def test_rules_and_kernel_know_the_standard_library_alone() -> None:
    """And import nothing of the house but each other, so what they import is pure, too."""
    for path in files():
        place = inside(path)
        if not (place[0] == "kernel" or _is_rule(place)):
            continue
        for name in imported(path):
            parts = name.split(".")
            assert parts[0] not in OUTSIDE, path
            if parts[0] == "edudesk" and len(parts) > 2:
                assert parts[1] == "kernel" or _is_rule(parts[1:]), f"{path} imports {name}"


def _is_rule(place: tuple[str, ...] | list[str]) -> bool:
    pure = (*ROLES[0], "rules")
    return place[0] in NAMES and (
        tuple(place[:2]) == ("gradebook", "rules") or any(role_of(name) in pure for name in place[1:3])
    )


def test_inside_a_slice_calls_go_down() -> None:
    wrong = []
    modules = {".".join(("edudesk", *inside(path))): inside(path) for path in files()}
    for place in modules.values():
        if len(place) == 1 or place[0] in (*PACKAGED, *FLOORS):
            continue
        own = ROLE[role_of(place[-1])]
        for name in imported(ROOT.joinpath(*place).with_suffix(".py")):
            target = modules.get(name, ())
            if target[:1] == place[:1] and ROLE[role_of(target[-1])] > own:
                wrong.append(f"{'/'.join(place)} -> {name}")
    assert wrong == []


def test_packages_say_nothing_at_import() -> None:
    for path in ROOT.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        docstring_only = all(isinstance(node, ast.Expr | ast.Assign) for node in body)
        assert docstring_only, path


def test_modules_and_folders_stay_small() -> None:
    lines = {"/".join(inside(path)): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    assert {name: n for name, n in lines.items() if n > MOST_LINES} == {}
    modules: dict[Path, int] = {}
    for path in files():
        modules[path.parent] = modules.get(path.parent, 0) + 1
    assert {str(folder): n for folder, n in modules.items() if n > MOST_MODULES} == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert HOUSE["import_circles"]() == []


def codes(value: object) -> Iterator[Code]:
    """Every Code in a description, however deep."""
    if isinstance(value, Code):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from codes(item)
    elif isinstance(value, dict):
        yield from codes(tuple(value.values()))
    elif hasattr(value, "__dataclass_fields__"):
        yield from codes(tuple(getattr(value, name) for name in value.__dataclass_fields__))


@pytest.mark.parametrize("part", SLICES, ids=lambda part: part.name)
def test_what_a_slice_offers_is_there(part: object) -> None:
    for code in codes(part):
        assert code.load() is not None, code


@pytest.mark.parametrize("part", [part for part in SLICES if part.guards], ids=lambda part: part.name)
def test_a_guard_is_asked_of_every_table_it_names(part: Slice) -> None:
    """A guard whose table its slice does not list would never be asked."""
    known = {table.table for each in SLICES for tables in each.tables for table in tables.tables}
    folder = ROOT / part.name
    named = {
        node.value
        for path in folder.rglob("*guards*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in known
    }
    assert named - {table for guards in part.guards for table in guards.tables} == set()


def test_the_program_starts_without_a_slice_that_nobody_needs(tmp_path: Path) -> None:
    """`trouble` and its one line are taken out of a copy: nothing else names it."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy / "edudesk", ignore=shutil.ignore_patterns("__pycache__", "trouble"))
    shutil.copytree(ROOT.parent / "resources", copy / "resources")
    listing = copy / "edudesk" / "slices.py"
    listing.write_text(listing.read_text(encoding="utf-8").replace('    "trouble",\n', ""), encoding="utf-8")
    school = tmp_path / "school"
    for words in (
        ("init", "--out", school, "--name", "Trường THCS Sông Trăng", "--level", "thcs"),
        ("--data", school, "--measure"),
    ):
        command = [sys.executable, "-m", "edudesk", *map(str, words)]
        subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)


# What a person reads, by the attribute or the method that holds it: it decides nothing.
SHOWN = {"label", "undo_label", "sentence", "message"}
ASKED_OF_WORDS = {
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "partition",
    "find",
    "index",
    "count",
}


def compared(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """(line, operand) of every comparison, and of every question about how a text begins, ends or what is in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from ((node.lineno, operand) for operand in (node.left, *node.comparators))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ASKED_OF_WORDS:
                yield from ((node.lineno, operand) for operand in (node.func.value, *node.args))
        elif isinstance(node, ast.MatchValue):
            yield node.lineno, node.value


def is_display_word(node: ast.AST) -> bool:
    """Whether an operand is a sentence for people: `_("…")`, N_, or the label or message of something, also inside."""
    if isinstance(node, ast.keyword):  # words handed to a function are not what its answer is compared by
        return False
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
        return True
    if isinstance(node, ast.Attribute) and node.attr in SHOWN:
        return True
    return any(is_display_word(inner) for inner in ast.iter_child_nodes(node))


def test_no_display_word_decides_anything() -> None:
    """Words change with the language and with the next release; a code or a change does not."""
    deciding = [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in files()
        for line, operand in compared(ast.parse(path.read_text(encoding="utf-8")))
        if is_display_word(operand)
    ]
    assert deciding == []


def test_the_rule_sees_a_word_that_decides() -> None:
    for source in (
        'a == _("Đóng")',
        "step.label == closing()",
        'x in (fold(_("Có")), 1)',
        'step.label.startswith("Đóng")',
        'name.removesuffix(_(" (bản sao)"))',
    ):
        operands = [operand for _line, operand in compared(ast.parse(source))]
        assert any(map(is_display_word, operands)), source
    harmless = 'desk.do(deed, toast=_("Xong")) is not None'
    assert not any(is_display_word(operand) for _line, operand in compared(ast.parse(harmless)))
