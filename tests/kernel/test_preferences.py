"""What the person at a PC prefers is kept for the user, and a spoiled file costs nothing but the choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from edudesk.kernel import preferences
from edudesk.kernel.preferences import (
    Preferences,
    keep_preferences,
    languages_there,
    preferences_file,
    read_preferences,
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preferences, "user_data_dir", lambda: tmp_path / "nhà")
    return tmp_path


def test_what_was_chosen_is_there_at_the_next_start() -> None:
    assert read_preferences() == Preferences()
    keep_preferences(Preferences("dark", "compact", "en"))
    assert read_preferences() == Preferences("dark", "compact", "en")


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"theme": "pink", "density": 3, "language": "fr"}'])
def test_a_file_nobody_understands_is_the_usual(text: str) -> None:
    keep_preferences(Preferences("dark"))
    preferences_file().write_text(text, encoding="utf-8")
    assert read_preferences() == Preferences()


def test_a_disk_that_cannot_be_written_costs_only_the_choice(home: Path) -> None:
    (home / "nhà").write_text("not a folder")
    keep_preferences(Preferences("dark"))
    assert read_preferences() == Preferences()


def test_a_language_without_its_catalog_is_not_offered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "resource", lambda *parts: home.joinpath(*parts))
    assert languages_there() == ("vi",)
    catalog = home / "locale" / "en" / "LC_MESSAGES" / "edudesk.mo"
    catalog.parent.mkdir(parents=True)
    catalog.touch()
    assert languages_there() == ("vi", "en")
