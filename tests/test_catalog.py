"""Every sentence of the code has its English, with the same values in it, and the program speaks it."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import edudesk
from edudesk.kernel import words
from edudesk.kernel.text import heading_key
from edudesk.students.columns import headings
from edudesk.students.fields import FIELDS
from edudesk.ui.qtwords import VietnameseQt

ROOT = Path(edudesk.__file__).parents[1]
ENGLISH = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "edudesk.po"
KEYWORDS = {"_": None, "N_": None}
Gaps = Callable[[Path, Path], list[str]]


@pytest.fixture
def gaps() -> Gaps:
    return runpy.run_path(str(ROOT / "packaging" / "catalogs.py"))["gaps"]


def inside_f_strings() -> Iterator[str]:
    """The sentences that stand inside an f-string, which babel sees from Python 3.12 on alone."""
    for module in (ROOT / "edudesk").rglob("*.py"):
        for joined in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            for node in ast.walk(joined) if isinstance(joined, ast.JoinedStr) else ():
                match node:
                    case ast.Call(func=ast.Name(id="_" | "N_"), args=[ast.Constant(value=str(sentence))]):
                        yield sentence


def template(path: Path) -> Path:
    found = Catalog(charset="utf-8")
    for _file, _line, sentence, _comments, _context in extract_from_dir(ROOT / "edudesk", keywords=KEYWORDS):
        found.add(sentence)
    for sentence in inside_f_strings():
        found.add(sentence)
    with path.open("wb") as file:
        write_po(file, found)
    return path


def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_of_the_code_is_in_the_english_catalog(tmp_path: Path, gaps: Gaps) -> None:
    assert gaps(template(tmp_path / "edudesk.pot"), ENGLISH) == []


def test_a_sentence_left_out_or_with_another_value_is_told(tmp_path: Path, gaps: Gaps) -> None:
    wanted, there = Catalog(), Catalog(locale="en")
    for sentence in ("Lớp", "Lớp {name}", "Môn", "Khối"):
        wanted.add(sentence)
    there.add("Lớp", "")
    there.add("Lớp {name}", "Class {title}")
    there.add("Khối", "Grade")
    for catalog, name in ((wanted, "wanted.pot"), (there, "there.po")):
        with (tmp_path / name).open("wb") as file:
            write_po(file, catalog)
    found = gaps(tmp_path / "wanted.pot", tmp_path / "there.po")
    assert found == ["missing: Môn", "empty: Lớp", "other values: Lớp {name}"]


def test_percent_values_are_the_same_in_both_languages() -> None:
    for message in english():
        if message.id and "python-format" in message.flags:
            assert list(message.check()) == [], message.id


@pytest.fixture
def in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    compiled = tmp_path / "en" / "LC_MESSAGES" / "edudesk.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, english())
    monkeypatch.setattr(words, "resource", lambda *_parts: tmp_path)
    words.use_language("en")
    yield
    words.use_language("vi")


def test_the_program_speaks_english(in_english: None) -> None:
    assert words._("Học sinh") == "Pupils"
    assert words._("Lớp {name}").format(name="9A2") == "Class 9A2"
    words.use_language("vi")
    assert words._("Học sinh") == "Học sinh"


def test_qt_keeps_its_own_words_in_english(in_english: None) -> None:
    assert VietnameseQt().translate("QDialogButtonBox", "Close") is None
    words.use_language("vi")
    assert VietnameseQt().translate("QDialogButtonBox", "Close") == "Đóng"


def test_a_list_of_pupils_exported_in_english_has_headings_the_importer_reads(in_english: None) -> None:
    heads = [words._(label) for label in ("STT", "Lớp", *(field.label for field in FIELDS))]
    keys = ["number", "class", *(field.key for field in FIELDS)]
    assert [headings().get(heading_key(head)) for head in heads] == keys
    assert headings()[heading_key("Họ và tên")] == "name"
