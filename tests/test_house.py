"""The house is what its picture says: the role in a file's name bounds what the file may import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import edudesk

ROOT = Path(edudesk.__file__).parent
SLICES = ("school", "staff", "students", "gradebook", "facility", "dx", "home")
# Inside a slice: whoever stands later may import whoever stands earlier.
ROLES = (
    "rules",
    "idnumber",
    "programme",
    "fields",
    "schema",
    "migrations",
    "store",
    "results",
    "imports",
    "report",
    "view",
)
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


COMPOSITION = {"app.py", "pages.py", "finds.py", "tour.py"}  # they know everything and decide nothing


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


def test_only_views_and_ui_know_qt() -> None:
    knows_qt = {
        path.relative_to(ROOT).as_posix()
        for path in files()
        if any(name.split(".")[0] in ("PySide6", "shiboken6") for name in imported(path))
    }
    strangers = {
        name
        for name in knows_qt
        if not (name.startswith("ui/") or role_of(Path(name).stem) == "view" or name in COMPOSITION)
    }
    assert strangers == set()


def test_rules_and_kernel_know_the_standard_library_alone() -> None:
    for path in files():
        inside = path.relative_to(ROOT).parts
        if inside[0] == "kernel" or (inside[0] in SLICES and role_of(path.stem) == "rules"):
            assert not {name.split(".")[0] for name in imported(path)} & OUTSIDE, path


def test_inside_a_slice_calls_go_down() -> None:
    wrong = []
    for path in files():
        inside = path.relative_to(ROOT).parts
        if inside[0] not in SLICES or role_of(path.stem) not in ROLES:
            continue
        own = ROLES.index(role_of(path.stem))
        for name in imported(path):
            parts = name.split(".")
            same_slice = parts[:2] == ["edudesk", inside[0]] and len(parts) > 2
            role = role_of(parts[2]) if same_slice else ""
            if role in ROLES and ROLES.index(role) > own:
                wrong.append(f"{path.name} -> {name}")
    assert wrong == []


def test_packages_say_nothing_at_import() -> None:
    for path in ROOT.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        docstring_only = all(isinstance(node, ast.Expr | ast.Assign) for node in body)
        assert docstring_only, path


def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in files() if (n := len(path.read_text().splitlines())) > 300
    }
    assert not {name: n for name, n in long.items() if n > 420}, long


# What a person reads, by the attribute or the method that holds it: it decides nothing.
SHOWN = {"label", "undo_label", "redo_label", "sentence", "message"}
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
