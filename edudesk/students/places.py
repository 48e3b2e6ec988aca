"""Places on the page of pupils."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentsPlace(Place):
    """A class (None leaves the one chosen, "" is the whole school), a pupil, or a `file` to begin an import with."""

    page: str = "students"
    class_id: str | None = None
    pupil: str = ""
    file: Path | None = None
