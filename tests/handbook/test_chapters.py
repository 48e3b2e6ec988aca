"""The chapters as they ship: they speak of every page, command and button by its name, and of nothing that is not there."""

from __future__ import annotations

import ast
import re
import shlex
from functools import lru_cache
from pathlib import Path

import pytest

from edudesk import cli
from edudesk.commands import COMMANDS
from edudesk.handbook.chapters import QUICK_START, Chapter, chapter_named, chapters
from edudesk.kernel.paths import resource
from edudesk.slices import PAGES

COMMAND_LINE = "14-dong-lenh"
COMMAND = re.compile(r"^- `([a-z -]+)`: .*?Ví dụ: `(edudesk .+)`$", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`]+)`")
KEY = re.compile(r"(?:Ctrl|Shift|Alt)\+\S+|F\d+|PgUp|PgDn|Del|Esc")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
each_chapter = pytest.mark.parametrize("chapter", chapters(), ids=lambda one: one.slug)


@lru_cache
def source() -> tuple[ast.Module, ...]:
    """The program, parsed."""
    files = sorted(Path(cli.__file__).parent.rglob("*.py"))
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in files)


@lru_cache
def shown() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The words the program shows, without a last "…"; and those with a number or a name in them, as patterns."""
    calls = (node for module in source() for node in ast.walk(module) if isinstance(node, ast.Call))
    words = {
        call.args[0].value.removesuffix("…")
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in ("_", "N_")
        and isinstance(call.args[0], ast.Constant)
    }
    return frozenset(words), tuple(_pattern(one) for one in words if "{" in one)


def _pattern(words: str) -> re.Pattern[str]:
    """A sentence where one word may stand in each gap."""
    return re.compile(re.sub(r"\\\{\w+\\\}", r"[\\w,]+", re.escape(words)))


@lru_cache
def written() -> str:
    """Every piece of text in the program, one after the other: its keys are among them."""
    nodes = (node for module in source() for node in ast.walk(module))
    return "\n".join(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_each_page_of_the_program_has_one_chapter() -> None:
    told = [page for chapter in chapters() for page in chapter.pages]
    assert sorted(told) == sorted(page.key for page in PAGES)
    assert chapters()[0].slug == QUICK_START


@each_chapter
def test_a_chapter_has_a_title_and_tasks_that_are_each_told_once(chapter: Chapter) -> None:
    assert chapter.title and chapter.headings and "pages:" not in chapter.text
    assert len(set(chapter.headings)) == len(chapter.headings)


@each_chapter
def test_what_is_bold_stands_on_the_screen_in_the_same_words(chapter: Chapter) -> None:
    words, patterns = shown()
    terms = {part.removesuffix("…") for term in BOLD.findall(chapter.text) for part in term.split(" › ")}
    assert [one for one in sorted(terms - words) if not any(each.fullmatch(one) for each in patterns)] == []


@each_chapter
def test_every_key_is_one_the_program_knows(chapter: Chapter) -> None:
    keys = {key for code in CODE.findall(chapter.text) for key in KEY.findall(code)}
    spoken = written().replace("PgDown", "PgDn")
    assert [key for key in sorted(keys) if key not in spoken] == []


@each_chapter
def test_links_lead_to_chapters_and_pictures_are_told_in_words(chapter: Chapter) -> None:
    links = [link.removesuffix(".md") for link in LINK.findall(chapter.text)]
    assert [link for link in links if chapter_named(link) is None] == []
    assert all(re.findall(r"!\[([^\]]*)\]", chapter.text))
    assert len(set(chapter.pictures)) == len(chapter.pictures)


def test_every_command_stands_in_its_chapter_with_an_example_that_can_be_typed() -> None:
    chapter = chapter_named(COMMAND_LINE)
    assert chapter is not None
    found = COMMAND.findall(chapter.text)
    assert sorted(name for name, _example in found) == sorted(command.name for command in COMMANDS)
    parser = cli.build_parser()
    for name, example in found:
        assert parser.parse_args(shlex.split(example)[1:]).command.name == name


def test_chapters_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in resource("handbook").glob("*.md"))
    assert [name[:2] for name in names] == [f"{place:02d}" for place in range(len(chapters()))]
