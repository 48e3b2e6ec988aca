"""Every sentence of the code has its English, with the same values in it, and the program speaks it."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
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
SCRIPT: dict[str, Callable[..., Any]] = runpy.run_path(str(ROOT / "packaging" / "catalogs.py"))


def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_of_the_code_is_in_the_english_catalog_and_no_other() -> None:
    assert SCRIPT["gaps"](SCRIPT["sentences"](), ENGLISH) == []


def test_a_sentence_is_found_wherever_it_stands(tmp_path: Path) -> None:
    code = '_("Lớp") + f"{_(\'Lớp {name}\').format(name=1)}"; N_("Khối " "chín"); _(word); other("Môn")'
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert SCRIPT["sentences"](tmp_path) == {"Lớp", "Lớp {name}", "Khối chín"}


def test_a_sentence_left_out_or_left_over_or_with_another_value_is_told(tmp_path: Path) -> None:
    catalog = Catalog(locale="en")
    catalog.add("Lớp", "")
    catalog.add("Lớp {name}", "Class {title}")
    catalog.add("Khối", "Grade")
    catalog.add("Điểm", "Mark")
    with (tmp_path / "catalog.po").open("wb") as file:
        write_po(file, catalog)
    problems = SCRIPT["gaps"]({"Lớp", "Lớp {name}", "Môn", "Khối"}, tmp_path / "catalog.po")
    assert problems == ["missing: Môn", "in no code: Điểm", "empty: Lớp", "other values: Lớp {name}"]


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
