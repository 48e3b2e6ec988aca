"""What cannot be of pupils and their classes and is, after two desks wrote apart."""

from __future__ import annotations

from edudesk.kernel.state_problem import Mend
from edudesk.kernel.words import N_
from edudesk.storage.slice import Code
from edudesk.storage.state_problems import POINTED_AT, ProblemKind, Query, pointing_at_gone, query
from edudesk.students.places import StudentsPlace

RESTORE_PUPIL = Mend(N_("Lấy lại hồ sơ"), Code("edudesk.students.store_restore:restore_pupil"))
RESTORE_CLASS = Mend(N_("Lấy lại lớp"), Code("edudesk.school.store_setup:restore_class"))
NUMBERED = ("row", "class_id", "class_name", "number", "n", "names")
OWN_CODE = ("row", "value", "n", "names", "class_id")


def _same_own(field: str) -> Query:
    """Pupils with one code or number, and the class of the first in the year."""
    return query(
        f"""select same.id, same.own, same.n, same.names, coalesce(e.class_id, '') from (
            select min(id) as id, {field} as own, count(*) as n, group_concat(name, ', ') as names
            from pupil where gone = 0 and {field} > '' group by {field} having count(*) > 1) same
        left join enrolment e on e.pupil_id = same.id and e.year = ? and e.gone = 0"""
    )


PROBLEMS = (
    ProblemKind(
        "PUPIL_NUMBER_TWICE",
        NUMBERED,
        query(
            """select min(p.id), c.id, c.name, e.number, count(*), group_concat(p.name, ', ')
            from school_class c join enrolment e on e.class_id = c.id and e.gone = 0 and e.number is not null
            join pupil p on p.id = e.pupil_id and p.gone = 0
            where c.year = ? and c.gone = 0 group by c.id, e.number having count(*) > 1"""
        ),
        N_("Lớp {class_name}: {n} em cùng số thứ tự {number} ({names})."),
        N_("Đánh lại số thứ tự của lớp."),
        lambda row: StudentsPlace(class_id=row["class_id"], pupil=row["row"]),
    ),
    ProblemKind(
        "PUPIL_CODE_TWICE",
        OWN_CODE,
        _same_own("code"),
        N_("{n} em cùng mã định danh ngành {value}: {names}."),
        N_("Sửa mã của em ghi nhầm."),
        lambda row: StudentsPlace(class_id=row["class_id"], pupil=row["row"]),
    ),
    ProblemKind(
        "PERSONAL_NUMBER_TWICE",
        OWN_CODE,
        _same_own("personal_number"),
        N_("{n} em cùng số định danh cá nhân {value}: {names}."),
        N_("Sửa số của em ghi nhầm."),
        lambda row: StudentsPlace(class_id=row["class_id"], pupil=row["row"]),
    ),
    ProblemKind(
        "ENROLMENT_CLASS_GONE",
        POINTED_AT,
        pointing_at_gone("enrolment", "class_id", "school_class"),
        N_("{n} em còn xếp ở lớp đã xóa: {name}."),
        N_("Lấy lại lớp; nếu xóa là đúng thì chuyển các em sang lớp khác rồi xóa lại."),
        lambda _row: StudentsPlace(class_id=""),
        RESTORE_CLASS,
        ("enrolment", "class_id"),
    ),
    ProblemKind(
        "ENROLMENT_PUPIL_GONE",
        POINTED_AT,
        pointing_at_gone("enrolment", "pupil_id", "pupil"),
        N_("Hồ sơ đã xóa nhưng em còn được xếp lớp: {name}."),
        N_("Lấy lại hồ sơ; nếu em không học ở đây thì ghi thôi học."),
        lambda _row: StudentsPlace(class_id=""),
        RESTORE_PUPIL,
        ("enrolment", "pupil_id"),
    ),
)
