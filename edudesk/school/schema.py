"""The tables of the school slice."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.checks import may_lack, one_of, whole
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.school.rules import MOST_PERIODS
from edudesk.storage.slice_tables import SliceTables

PERIODS = whole(0, MOST_PERIODS)
KINDS = one_of("score", "comment", "primary")
TAKEN = one_of("all", "chosen", "optional")
TABLES = SliceTables(
    name="school",
    tables=(
        Replicated(
            "school_year",
            fields=("year", "starts", "ends"),
            natural=("year",),
            identity=Identity("natural", ("year",)),
            checks={"year": checks.SCHOOL_YEAR, "starts": checks.DATE, "ends": checks.DATE},
        ),
        Replicated(
            "term",
            fields=("year", "number", "starts", "ends"),
            natural=("year", "number"),
            identity=Identity("natural", ("year", "number")),
            checks={
                "year": checks.SCHOOL_YEAR,
                "number": checks.TERM,
                "starts": checks.DATE,
                "ends": checks.DATE,
            },
        ),
        Replicated(
            "site",
            fields=("name", "address", "main"),
            checks={"name": checks.FULL_NAME, **may_lack(address=checks.NAME, main=checks.FLAG)},
        ),
        Replicated(
            "school_class",
            fields=("year", "name", "grade", "site_id", "homeroom_id", "position"),
            policy=conflict("name"),
            identity=Identity("proposed", ("year", "name")),
            refers={"site_id": "site", "homeroom_id": "staff"},
            checks={
                "year": checks.SCHOOL_YEAR,
                "name": checks.FULL_NAME,
                "grade": checks.GRADE,
                **may_lack(site_id=checks.ID, homeroom_id=checks.ID, position=checks.POSITION),
            },
        ),
        Replicated(
            "subject_plan",
            fields=("year", "grade", "code", "periods", "kind", "taken", "position"),
            policy=conflict("periods", "kind"),
            natural=("year", "grade", "code"),
            identity=Identity("natural", ("year", "grade", "code")),
            checks={
                "year": checks.SCHOOL_YEAR,
                "grade": checks.GRADE,
                "code": checks.CODE,
                **may_lack(periods=PERIODS, kind=KINDS, taken=TAKEN, position=checks.POSITION),
            },
        ),
        Replicated(
            "class_subject",
            fields=("class_id", "code", "teacher_id", "taken", "topics"),
            policy=conflict("teacher_id"),
            natural=("class_id", "code"),
            identity=Identity("natural", ("class_id", "code")),
            refers={"class_id": "school_class", "teacher_id": "staff"},
            checks={
                "class_id": checks.ID,
                "code": checks.CODE,
                **may_lack(teacher_id=checks.ID, taken=TAKEN, topics=checks.FLAG),
            },
        ),
    ),
    module="edudesk.school.migrations",
    steps=("m001_school",),
)
