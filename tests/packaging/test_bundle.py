"""What the frozen program is made of: nothing that is imported by name is forgotten, records are made as ever."""

from __future__ import annotations

import ast
import marshal
import re
import runpy
import sys
import tomllib
from dataclasses import FrozenInstanceError, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import build_licences
import build_resource
import build_size
import bundle
import pytest

from edudesk import __version__
from edudesk.slices import TABLES

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
NAMED = re.compile(r'Code\(f?"(edudesk\.[\w.]+):')


def test_what_is_imported_by_name_is_in_the_program() -> None:
    """Migrations, and whatever a slice names as text."""
    hidden = set(bundle.hidden())
    assert {part.module for part in TABLES} < hidden
    named = {
        name for file in ROOT.glob("edudesk/*/slice.py") for name in NAMED.findall(file.read_text("utf-8"))
    }
    assert len(named) > 30 and named <= hidden
    assert all(find_spec(name) for name in hidden)


@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.py")), ids=lambda path: path.name)
def test_what_a_script_takes_from_the_program_is_there(script: Path) -> None:
    """Benchmarks and builds are run by hand: a name that moved would be missed until then."""
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("edudesk"):
            module = import_module(str(node.module))
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                assert hasattr(module, alias.name) or find_spec(whole), whole


def test_the_recipe_asks_for_them() -> None:
    recipe = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
    assert "hiddenimports=bundle.hidden()" in recipe and "edudesk-cli" in recipe


def test_nothing_that_the_program_imports_is_left_out() -> None:
    left_out = set(bundle.EXCLUDES)
    for file in ROOT.glob("edudesk/**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not left_out & set(names), f"{file.name} needs {left_out & set(names)}"


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/plugins/platforms/qdirect2d.dll", False),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/translations/qt_de.qm", False),
        ("resources/help/so-diem.png", True),
        ("reportlab/fonts/Vera.ttf", False),
    ],
)
def test_only_what_is_of_use_is_kept(name: str, needed: bool) -> None:
    assert bundle.needed((name, "", "BINARY")) is needed


def test_the_start_finds_its_records_compiled_and_makes_unknown_ones_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    def make() -> type:
        @dataclass(frozen=True, slots=True)
        class Mark:
            value: int
            slot: str = "tx1"

        return Mark

    texts: list[str] = []
    monkeypatch.setattr(
        dataclasses, "exec", lambda text, *a: (texts.append(text), exec(text, *a)), raising=False
    )
    make()
    half = {text: marshal.dumps(compile(text, "<string>", "exec")) for text in texts[::2]}
    (tmp_path / "records.marshal").write_bytes(marshal.dumps(half))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    runpy.run_path(str(PACKAGING / "hooks" / "records.py"))
    mark = make()
    assert mark(8) == mark(8, "tx1") != mark(9) and repr(mark(8)).endswith("Mark(value=8, slot='tx1')")
    with pytest.raises(FrozenInstanceError):
        mark(8).value = 9


def test_a_start_without_compiled_records_is_a_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for content in (None, b"", b"\x00\xff nonsense"):
        if content is not None:
            (tmp_path / "records.marshal").write_bytes(content)
        runpy.run_path(str(PACKAGING / "hooks" / "records.py"))
        assert not hasattr(dataclasses, "exec")


def test_windows_is_told_the_version_and_what_the_program_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert build_resource.version() == __version__ == project["version"]
    assert build_resource.four("0.1.0") == (0, 1, 0, 0) and build_resource.four("1.2.3.4") == (1, 2, 3, 4)
    told = build_resource.strings("edudesk-cli")
    assert told["OriginalFilename"] == "edudesk-cli.exe" and "dòng lệnh" in told["FileDescription"]


def test_every_package_of_the_program_brings_its_licence(tmp_path: Path) -> None:
    site = Path(str(find_spec("sqlite_utils").origin)).parents[1]  # type: ignore[union-attr]
    found = {one.name.lower().replace("_", "-") for one in build_licences.bundled(site)}
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "sqlite-utils", "reportlab", "pillow"} <= found
    assert not found & {"pip", "setuptools", "pytest"}
    file = build_licences.write_licences(tmp_path, site=site, python_licence=ROOT / "LICENSE")
    text = file.read_text(encoding="utf-8")
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL", "Apache License", "Gerhard Häring"):
        assert words.casefold() in text.casefold()
    assert all(one.licence and one.licence != "see the text below" for one in build_licences.bundled(site))


def test_a_budget_that_is_passed_is_told_with_by_how_much(tmp_path: Path) -> None:
    figures = {"folder_mb": 110.4, "start_ms": 640.0, "memory_idle_mb": 151.0, "portable_mb": 500.0}
    assert build_size.over(figures, build_size.BUDGETS) == [
        "folder, MB: 110.4, not more than 110",
        "memory when left alone, MB: 151.0, not more than 150",
    ]
    (tmp_path / "a").write_bytes(bytes(3_000_000))
    (tmp_path / "b").write_bytes(bytes(1_000_000))
    assert build_size.list_files(tmp_path) == [
        "   3.00 MB  a",
        "   1.00 MB  b",
        "   0.00 MB  0 smaller files",
    ]
    assert build_size.megabytes(tmp_path) == 4.0


def imported(file: Path) -> set[str]:
    """The modules a file imports at its head, by their first word."""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        found |= {one.name for one in node.names} if isinstance(node, ast.Import) else set()
        found |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    return {name.partition(".")[0] for name in found}


def test_whoever_builds_needs_the_standard_library_alone() -> None:
    beside = {file.stem: file for file in PACKAGING.glob("*.py")}
    seen, waiting = set(), {"dev"}
    while waiting:
        seen |= waiting
        asked = set().union(*(imported(beside[name]) for name in waiting))
        assert asked <= sys.stdlib_module_names | beside.keys()
        waiting = (asked & beside.keys()) - seen
    assert {"machine", "build_program", "build_wine", "build_smoke", "build_licences"} <= seen


@pytest.mark.parametrize("name", ["runtime", "dev", "windows", "windows-python"])
def test_pins_are_locked_by_hash_and_name_no_address(name: str) -> None:
    text = (PACKAGING / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = text.count("==")
    assert pins and text.count("--hash=sha256:") >= pins
    assert "://" not in text and "--index-url" not in text and "--find-links" not in text


def test_windows_gets_the_versions_that_are_tested() -> None:
    def pins(name: str) -> dict[str, str]:
        lines = (PACKAGING / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return dict(line.split()[0].split("==") for line in lines if "==" in line and line[0].isalpha())

    windows, runtime = pins("windows"), pins("runtime")
    assert {name: windows[name] for name in runtime if name in windows} == {
        name: version for name, version in runtime.items() if name in windows
    }
    assert set(runtime) - set(windows) <= {"colorama"}
