"""What cannot be of the register and is, after two desks wrote apart: records of a pupil who is gone."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.storage.state_problems import ProblemKind, query
from edudesk.students.places import StudentsPlace
from edudesk.students.problems import RESTORE_PUPIL

RECORDS = ("mark", "term_record", "subject_comment", "quality", "year_decision")  # each has an index by pupil
_COUNTS = " + ".join(
    f"(select count(*) from {table} r where r.pupil_id = p.id and r.year = ? and r.gone = 0)"
    for table in RECORDS
)

PROBLEMS = (
    ProblemKind(
        "RECORDS_PUPIL_GONE",
        ("row", "name", "n"),
        query(
            f"""select * from (select p.id, p.name, {_COUNTS} as n from pupil p where p.gone = 1
            and not exists (select 1 from enrolment e where e.pupil_id = p.id and e.gone = 0)) where n > 0"""
        ),
        N_("Hồ sơ đã xóa nhưng sổ điểm còn {n} điểm, nhận xét của em: {name}."),
        N_("Lấy lại hồ sơ; nếu em không học ở đây thì ghi thôi học."),
        lambda _row: StudentsPlace(class_id=""),
        RESTORE_PUPIL,
    ),
)
