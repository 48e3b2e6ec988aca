"""What the documents for developers name is there: every identifier of the glossary, every path, every command."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import edudesk

ROOT = Path(edudesk.__file__).parents[1]
QUOTED = re.compile(r"`([^`]+)`")


@cache
def words_of_the_code() -> frozenset[str]:
    """Every word of the program's own text: modules and the data beside them."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder, pattern in (("edudesk", "*.py"), ("resources", "*.toml"), ("resources", "*.csv"))
        for path in (ROOT / folder).rglob(pattern)
    ]
    return frozenset(re.findall(r"[\w-]+", " ".join(texts))) | {path.stem for path in ROOT.rglob("*.py")}


def rows(name: str) -> list[str]:
    """The rows of the tables of a document, without heads and rules."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|") and not set(line) <= set("|- :")]
    return [line for line in table if QUOTED.search(line)]


@pytest.mark.parametrize("row", rows("GLOSSARY.md"))
def test_every_identifier_of_the_glossary_is_in_the_code(row: str) -> None:
    missing = [
        word
        for quoted in QUOTED.findall(row.split("|")[2])
        for word in re.findall(r"[A-Za-z_][\w-]*", quoted)
        if word not in words_of_the_code()
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md", "packaging/RELEASE.md"])
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:edudesk|tests|packaging|resources)/[\w./-]+)`", text)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    folder = (ROOT / name).parent
    missing = [path for path in named if not (ROOT / path).exists()]
    assert missing + [path for path in links if not (folder / path).exists()] == []


def test_contributing_names_every_slice_and_floor() -> None:
    from edudesk.slices import NAMES

    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    unnamed = [
        name for name in (*NAMES, "ui", "paper", "sheets", "storage", "kernel") if f"`{name}`" not in text
    ]
    assert unnamed == []
