"""The number in the class ("số thứ tự") of the pupils an import brings there: the file's, unless it is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.school.rules import class_key
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.students.import_rows import PlannedRow

Numbered = tuple[
    PlannedRow, int | None
]  # a row, and the number of the file that another pupil of the class has


def number_rows(
    db: Database, year: int, rows: Sequence[PlannedRow]
) -> tuple[tuple[PlannedRow, ...], list[Note]]:
    """The rows with the numbers their pupils will have, and a note for each class in which a number was taken.

    Who is in the class already keeps the number there.
    """
    numbered = list(_numbered(db, year, rows))
    return tuple(row for row, _taken in numbered), list(_notes(numbered))


def _numbered(db: Database, year: int, rows: Sequence[PlannedRow]) -> Iterator[Numbered]:
    keys = {school_class.id: class_key(school_class.name) for school_class in classes(db, year)}
    stored = "select pupil_id, class_id, number from enrolment where year = ? and gone = 0"
    places: dict[str, str] = {}
    taken: dict[str, set[int]] = {}
    for pupil_id, class_id, number in db.all(stored, (year,)):
        places[pupil_id] = keys.get(class_id, "")
        taken.setdefault(places[pupil_id], set()).add(number or 0)
    counted_through = _counted_through(rows)
    for row in rows:
        if places.get(row.pupil_id) == row.class_key:
            yield row, None
            continue
        numbers = taken.setdefault(row.class_key, set())
        given = 0 if counted_through else row.number or 0
        free = given if given and given not in numbers else max(numbers, default=0) + 1
        numbers.add(free)
        yield replace(row, number=free), given if given and free != given else None


def _notes(numbered: Sequence[Numbered]) -> Iterator[Note]:
    by_class: dict[str, list[Numbered]] = {}
    for row, taken in numbered:
        if taken is not None:
            by_class.setdefault(row.class_key, []).append((row, taken))
    for key, rows in by_class.items():
        row, taken = rows[0]
        reason = _("Lớp {name} có {n} em mang số của em khác: các em ấy nhận số tiếp theo, từ số {number}.")
        sentence = reason.format(name=key.upper(), n=len(rows), number=row.number)
        fix = _("Nếu cần, bấm “Đánh lại số thứ tự theo tên” sau khi nhập.")
        yield Note(row.row, _("STT"), str(taken), "NUMBER_TAKEN", sentence, fix, row.sheet, "number")


def _counted_through(rows: Sequence[PlannedRow]) -> bool:
    """Whether the file counts its rows over several classes, so that its numbers are not those of a class."""
    numbers = [row.number for row in rows if row.number]
    return len({row.class_key for row in rows}) > 1 and len(set(numbers)) == len(numbers)
