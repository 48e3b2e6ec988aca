"""Making classes, and a whole school in one Step."""

from __future__ import annotations

from collections.abc import Sequence

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.school.rules import (
    LEVEL_GRADES,
    PLACE,
    SCHOOL_NAME,
    Year,
    check_classes,
    class_meaning,
    class_name,
    grade_of,
)
from edudesk.school.store import (
    Changes,
    class_by_id,
    classes,
    grades,
    require_year,
    year_changes,
    year_of_class,
)
from edudesk.school.store_subjects import plan, plan_changes, proposed_plan, subjects_of_new_class
from edudesk.storage.births import proposed_id
from edudesk.storage.database import Database


def class_changes(db: Database, year: int, names: Sequence[str]) -> Changes:
    """What must change for these classes to be, each with the subjects its grade has. Raises Refused."""
    names = [class_name(name) for name in names]
    problems = check_classes(names, [school_class.name for school_class in classes(db, year)], grades(db))
    if problems:
        raise Refused(*problems)
    changes: list[Change] = []
    for name in names:
        changes += _new_class(db, year, name)
    return tuple(changes)


def _new_class(db: Database, year: int, name: str) -> Changes:
    """A class with its subjects. Its identity is of its year and the name it is born with."""
    class_id = proposed_id(db, "school_class", class_meaning(year, name))
    grade = grade_of(name) or 0
    born = db.insert("school_class", class_id, year=year, name=name, grade=grade, position=0)
    return born + subjects_of_new_class(db, class_id, year, grade)


def create_classes(db: Database, year: int, names: Sequence[str]) -> Step:
    """Make classes, with the subjects every pupil of their grade takes."""
    require_year(db, year)
    return db.do(Step(_("Thêm lớp {names}").format(names=", ".join(names)), class_changes(db, year, names)))


def drop_class(db: Database, class_id: str) -> Step:
    """Remove a class and its subjects. A guard refuses while pupils are in it."""
    subjects = db.all("select id from class_subject where class_id = ? and gone = 0", (class_id,))
    dropped = tuple(change for (row,) in subjects for change in db.drop("class_subject", row))
    return db.do(Step(_("Xóa lớp"), db.drop("school_class", class_id) + dropped))


def restore_class(db: Database, class_id: str) -> Step:
    """A class that one desk dropped while another put pupils in it: here again, with the subjects of its grade.

    Raises Refused ROW_MISSING, ROW_THERE.
    """
    changes = db.revive("school_class", class_id)
    year, grade = db.all("select year, grade from school_class where id = ?", (class_id,))[0]
    return db.do(Step(_("Lấy lại lớp"), changes + subjects_of_new_class(db, class_id, year, grade)))


def set_up(
    db: Database,
    *,
    name: str,
    levels: Sequence[str],
    year: Year,
    class_names: Sequence[str] = (),
    place: str = "",
) -> Step:
    """A new school in one Step: name, levels, year with terms, subjects proposed from the programme, classes.

    Raises Refused with every problem.
    """
    require_school(name, levels, place=place)
    changes = list(
        db.put_setting("school.name", squeeze(name)) + db.put_setting("school.levels", list(levels))
    )
    if squeeze(place):
        changes += db.put_setting("school.place", squeeze(place))
    changes += year_changes(db, year)
    school_grades = [grade for level in levels for grade in LEVEL_GRADES[level]]
    for grade in school_grades:
        changes += plan_changes(db, year.year, grade, proposed_plan(grade))
    problems = check_classes([class_name(n) for n in class_names], [], school_grades)
    if problems:
        raise Refused(*problems)
    for class_text in class_names:
        changes += _new_class(db, year.year, class_name(class_text))
    return db.do(Step(_("Lập trường"), tuple(changes)))


def require_school(name: str, levels: Sequence[str], *, place: str = "") -> None:
    """Raises Refused when a new school cannot be made with this name and these levels."""
    problems = [*_check_school(name, levels), *PLACE.problems(place)]
    if problems:
        raise Refused(*problems)


def _check_school(name: str, levels: Sequence[str]) -> list[Problem]:
    problems = []
    if not squeeze(name):
        problems.append(
            Problem("SCHOOL_NAME", _("Thiếu tên trường."), next=_("Gõ tên trường."), field="name")
        )
    else:
        problems += SCHOOL_NAME.problems(name)
    unknown = [level for level in levels if level not in LEVEL_GRADES]
    if unknown or not levels:
        message = (
            _("Chưa chọn cấp học.") if not levels else _("Không có cấp “{level}”.").format(level=unknown[0])
        )
        known = ", ".join(LEVEL_GRADES)
        problems.append(
            Problem("SCHOOL_LEVEL", message, next=_("Chọn: {known}.").format(known=known), field="levels")
        )
    return problems


def save_class(
    db: Database, class_id: str, *, name: str, homeroom_id: str | None, site_id: str | None
) -> Step:
    """Name, homeroom teacher and site of a class. Raises Refused with every problem of the name."""
    school_class = class_by_id(db, class_id)
    year = year_of_class(db, class_id)
    others = [other.name for other in classes(db, year) if other.id != class_id]
    problems = check_classes([class_name(name)], others, [school_class.grade])
    if problems:
        raise Refused(*problems)
    fields = {"name": class_name(name), "homeroom_id": homeroom_id, "site_id": site_id}
    return db.do(
        Step(_("Lưu lớp {name}").format(name=class_name(name)), db.update("school_class", class_id, **fields))
    )


def open_year(db: Database, year: Year) -> Step:
    """A new school year with its terms, and the subjects of the newest year before it (else the programme's)."""
    newest = db.value("select max(year) from subject_plan where gone = 0 and year < ?", (year.year,))
    changes = list(year_changes(db, year))
    for grade in grades(db):
        before = plan(db, newest, grade) if newest is not None else []
        changes += plan_changes(db, year.year, grade, before or proposed_plan(grade))
    changes += db.put_setting("school.year", year.year)
    return db.do(Step(_("Mở năm học {name}").format(name=year.name), tuple(changes)))
