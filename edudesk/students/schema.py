"""The tables of the students slice. Ethnic and policy groups are lists of a file, so their codes go by shape."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.checks import may_lack, one_of
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.storage.slice_tables import SliceTables

PUPIL_FIELDS = (
    *("code", "personal_number", "name", "birth_date", "sex", "ethnic", "nationality", "birth_place", "home"),
    *("phone", "policy", "father_name", "mother_name", "guardian_name", "note"),
)
PUPIL_CHECKS = {
    "name": checks.FULL_NAME,
    **may_lack(
        code=checks.OWN_CODE,
        personal_number=checks.ID12,
        birth_date=checks.DATE,
        sex=one_of("NAM", "NU"),
        ethnic=checks.CODE,
        nationality=checks.NAME,
        birth_place=checks.NAME,
        home=checks.NAME,
        phone=checks.PHONE,
        policy=checks.CODE,
        father_name=checks.NAME,
        mother_name=checks.NAME,
        guardian_name=checks.NAME,
        note=checks.NOTE,
    ),
}
STATUS = one_of("DANG_HOC", "CHUYEN_DEN", "CHUYEN_DI", "THOI_HOC", "BAO_LUU")
WHO = {"pupil_id": checks.ID, "year": checks.SCHOOL_YEAR}
TABLES = SliceTables(
    name="students",
    tables=(
        Replicated(
            "pupil",
            fields=PUPIL_FIELDS,
            policy=conflict("name", "birth_date", "sex", "code", "personal_number"),
            identity=Identity("proposed", ("code",), "or the personal number where there is no code"),
            checks=PUPIL_CHECKS,
        ),
        Replicated(
            "enrolment",
            fields=("pupil_id", "year", "class_id", "number", "joined_on"),
            policy=conflict("class_id", "number"),
            natural=("pupil_id", "year"),
            identity=Identity("natural", ("pupil_id", "year")),
            refers={"pupil_id": "pupil", "class_id": "school_class"},
            checks={
                **WHO,
                "class_id": checks.ID,
                **may_lack(number=checks.POSITION, joined_on=checks.DATE),
            },
        ),
        Replicated(
            "status_event",
            fields=("pupil_id", "year", "kind", "on_date", "note"),
            natural=("pupil_id", "year", "kind", "on_date"),
            identity=Identity("natural", ("pupil_id", "year", "kind", "on_date")),
            refers={"pupil_id": "pupil"},
            checks={**WHO, "kind": STATUS, "on_date": checks.DATE, **may_lack(note=checks.NOTE)},
        ),
        Replicated(
            "elective",
            fields=("pupil_id", "year", "code", "takes", "topics"),
            natural=("pupil_id", "year", "code"),
            identity=Identity("natural", ("pupil_id", "year", "code")),
            refers={"pupil_id": "pupil"},
            checks={**WHO, "code": checks.CODE, **may_lack(takes=checks.FLAG, topics=checks.FLAG)},
        ),
    ),
    module="edudesk.students.migrations",
    steps=("m001_students",),
)
