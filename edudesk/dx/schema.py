"""The tables of the self-score of digital transformation. Points are whole tenths."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.checks import filled, may_lack, one_of
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.storage.slice_tables import SliceTables

ITEM = filled(checks.IDENTITY_LETTERS)  # of the index, which a school may edit
FILE = may_lack(name=checks.NAME, sha256=checks.SHA256, size=checks.COUNT)
APPROVAL = conflict("principal", "approved_by", "approved_at")
RESOURCE_KINDS = one_of("BAI_GIANG", "VIDEO", "CAU_HOI", "MO_PHONG", "TAI_LIEU", "KHAC")
SYSTEM_KINDS = one_of("TRUC_TIEP", "LMS", "KIEM_TRA", "PHU_HUYNH")
TABLES = SliceTables(
    name="dx",
    tables=(
        Replicated(
            "dx_score",
            fields=("year", "item", "points", "met", "staff_id", "note"),
            policy=conflict("points", "met"),
            natural=("year", "item"),
            identity=Identity("natural", ("year", "item")),
            refers={"staff_id": "staff"},
            checks={
                "year": checks.SCHOOL_YEAR,
                "item": ITEM,
                **may_lack(points=checks.COUNT, met=checks.FLAG, staff_id=checks.ID, note=checks.NOTE),
            },
        ),
        Replicated(
            "dx_evidence",
            fields=("year", "item", "kind", "text", "name", "sha256", "size", "added_by", "added_at"),
            checks={
                "year": checks.SCHOOL_YEAR,
                "item": ITEM,
                "kind": one_of("file", "link", "note"),
                **FILE,
                **may_lack(text=checks.NOTE, added_by=checks.ACTOR, added_at=checks.MOMENT),
            },
        ),
        Replicated(
            "dx_edition",
            fields=("name", "source", "data", "made_by", "made_at", "confirmed_by", "confirmed_at"),
            policy=conflict("data", "confirmed_by", "confirmed_at"),
            checks={
                "name": checks.FULL_NAME,
                "data": checks.JSON,
                **may_lack(
                    source=checks.NAME,
                    made_by=checks.ACTOR,
                    made_at=checks.MOMENT,
                    confirmed_by=checks.ACTOR,
                    confirmed_at=checks.MOMENT,
                ),
            },
        ),
        Replicated(
            "dx_report",
            fields=(
                *("year", "edition_id", "plan", "planned_on"),
                *("principal", "approved_by", "approved_at", "number", "sent_to", "sent_on"),
            ),
            policy=APPROVAL,
            natural=("year",),
            identity=Identity("natural", ("year",)),
            checks={
                "year": checks.SCHOOL_YEAR,
                **may_lack(
                    edition_id=checks.ID,
                    plan=checks.NOTE,
                    planned_on=checks.DATE,
                    principal=checks.NAME,
                    approved_by=checks.ACTOR,
                    approved_at=checks.MOMENT,
                    number=checks.NAME,
                    sent_to=checks.NAME,
                    sent_on=checks.DATE,
                ),
            },
        ),
        Replicated(
            "dx_resource",
            fields=(
                *("title", "code", "grade", "staff_id", "kind", "link", "name", "sha256", "size", "made_on"),
                *("team_by", "team_on", "approved_on"),
            ),
            policy=conflict("team_by", "team_on", "approved_on"),
            refers={"staff_id": "staff"},
            checks={
                "title": checks.FULL_NAME,
                **FILE,
                **may_lack(
                    code=checks.CODE,
                    grade=checks.GRADE,
                    staff_id=checks.ID,
                    kind=RESOURCE_KINDS,
                    link=checks.LINK,
                    made_on=checks.DATE,
                    team_by=checks.NAME,
                    team_on=checks.DATE,
                    approved_on=checks.DATE,
                ),
            },
        ),
        Replicated(
            "dx_system",
            fields=("name", "kind", "since", "until", "url", "owned", "does", "note"),
            checks={
                "name": checks.FULL_NAME,
                **may_lack(
                    kind=SYSTEM_KINDS,
                    since=checks.DATE,
                    until=checks.DATE,
                    url=checks.LINK,
                    owned=one_of("TU_XAY", "THUE", "MUA"),
                    does=checks.CODES,
                    note=checks.NOTE,
                ),
            },
        ),
        Replicated(
            "dx_use",
            fields=("system_id", "month", "teachers", "pupils", "parents", "items"),
            natural=("system_id", "month"),
            identity=Identity("natural", ("system_id", "month")),
            refers={"system_id": "dx_system"},
            checks={
                "system_id": checks.ID,
                "month": checks.MONTH,
                **may_lack(**dict.fromkeys(("teachers", "pupils", "parents", "items"), checks.COUNT)),
            },
        ),
    ),
    module="edudesk.dx.migrations",
    steps=("m001_dx", "m002_teaching"),
)
