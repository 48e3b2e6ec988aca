"""The list of slices: their tables, and the guards that look at every Step."""

from __future__ import annotations

from pathlib import Path

from edudesk.gradebook import schema as gradebook
from edudesk.gradebook.guards import GUARDS as GRADEBOOK_GUARDS
from edudesk.kernel.access import Author
from edudesk.school import schema as school
from edudesk.staff import schema as staff
from edudesk.storage.database import Database
from edudesk.students import schema as students
from edudesk.students.guards import GUARDS as STUDENT_GUARDS

PARTS = (school.PART, staff.PART, students.PART, gradebook.PART)
GUARDS = (*STUDENT_GUARDS, *GRADEBOOK_GUARDS)


def open_school(folder: Path, *, create: bool = False, author: Author | None = None) -> Database:
    """The school in a folder, with every slice's tables and guards. Raises like `Database.open`."""
    return Database.open(folder, PARTS, author=author, guards=GUARDS, create=create)
