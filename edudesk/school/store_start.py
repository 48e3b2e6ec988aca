"""The second step of a new school: which classes it has, proposed from its grades."""

from __future__ import annotations

from edudesk.storage.database import Database


def proposed_names(grade: int, count: int) -> tuple[str, ...]:
    """The names most schools give: 6A1, 6A2 …"""
    return tuple(f"{grade}A{n}" for n in range(1, count + 1))


def fullest_class(db: Database, year: int) -> tuple[str, str]:
    """(id, name) of the class with most pupils; blanks without any class."""
    found = db.one(
        """select c.id, c.name from school_class c
        left join enrolment e on e.class_id = c.id and e.gone = 0
        where c.year = ? and c.gone = 0 group by c.id order by count(e.id) desc, c.grade, c.name limit 1""",
        (year,),
    )
    return found or ("", "")
