"""What the person at this PC prefers to see: kept in a file of the user, because it is needed before a school is open.

How marks are typed belongs to a school's folder on this PC (`Database.local`) and is not here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from edudesk.kernel.paths import resource, user_data_dir

THEMES, DENSITIES, LANGUAGES = ("light", "dark"), ("normal", "dense", "compact"), ("vi", "en")
_CHOICES = {"theme": THEMES, "density": DENSITIES, "language": LANGUAGES}


@dataclass(frozen=True, slots=True)
class Preferences:
    """`theme` of the window, `density` of rows, `language` of the words; the first of each list is usual."""

    theme: str = "light"
    density: str = "normal"
    language: str = "vi"


def preferences_file() -> Path:
    """Where they are kept for this user."""
    return user_data_dir() / "preferences.json"


def read_preferences() -> Preferences:
    """What was chosen; the usual where nothing was, or where the file cannot be understood."""
    try:
        stored = json.loads(preferences_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    named = [field.name for field in fields(Preferences)]
    chosen = stored if isinstance(stored, dict) else {}
    return Preferences(**{name: chosen[name] for name in named if chosen.get(name) in _CHOICES[name]})


def keep_preferences(preferences: Preferences) -> None:
    """Keep them for the next start. A disk that cannot be written costs the choice, not the work."""
    with suppress(OSError):
        path = preferences_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(preferences)), encoding="utf-8")


CATALOGS = ("edudesk.mo", "edudesk.po")  # compiled, or as translators write it


def languages_there() -> tuple[str, ...]:
    """The languages whose catalog came with the program; Vietnamese is always there."""
    return tuple(
        language
        for language in LANGUAGES
        if language == "vi"
        or any(resource("locale", language, "LC_MESSAGES", name).exists() for name in CATALOGS)
    )
