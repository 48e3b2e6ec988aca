"""The tables of the gradebook slice."""

from __future__ import annotations

from edudesk.gradebook.rules.bounds import LONGEST_COMMENT, MOST_ABSENCES
from edudesk.gradebook.rules.slots import is_slot
from edudesk.kernel import checks
from edudesk.kernel.change import Fields
from edudesk.kernel.checks import any_of, may_lack, one_of, text_that, text_up_to, whole
from edudesk.kernel.numbers import HIGHEST
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.storage.slice_tables import SliceTables


def class_scope(row: Fields) -> str:
    """Marks travel with their class: a teacher's laptop holds the scopes of his own classes only."""
    return f"marks:{row.get('class_id')}"


def lock_scope(row: Fields) -> str:
    """A lock travels with the class it names; one of the whole school with the school's own rows."""
    return class_scope(row) if row.get("class_id") else "school"


WHERE = ("year", "class_id", "code", "term", "slot", "pupil_id")  # cells of a lock or permit; null is any

# What a cell holds depends on its subject, which a value alone cannot tell: a guard asks that of whoever writes.
MARK = any_of(whole(0, HIGHEST), one_of("D", "CD", "V", "P", "K", "M", "T", "H", "C"))
SLOT = text_that("a cell of the register: tx1, gk, ck.am_nhac, kck", is_slot)
COMMENT = text_up_to(LONGEST_COMMENT)
CONDUCT = one_of("TOT", "KHA", "DAT", "CHUA_DAT")
ABSENCES = whole(0, MOST_ABSENCES)
DECISIONS = one_of("1", "LEN_LOP", "HOAN_THANH_CHUONG_TRINH", "KHONG_LEN_LOP", "CHUA_HOAN_THANH")
LOCK_KINDS = one_of("cell", "column", "class_subject", "class", "term", "school")

_PUPIL = {"pupil_id": checks.ID, "year": checks.SCHOOL_YEAR, "class_id": checks.ID}
_WHERE = {
    "year": checks.SCHOOL_YEAR,
    **may_lack(class_id=checks.ID, code=checks.CODE, term=checks.TERM, slot=SLOT, pupil_id=checks.ID),
}

TABLES = SliceTables(
    name="gradebook",
    tables=(
        Replicated(
            "mark",
            fields=("pupil_id", "year", "code", "term", "slot", "class_id", "value"),
            scope=class_scope,
            policy=conflict("value"),
            natural=("pupil_id", "year", "code", "term", "slot", "class_id"),
            identity=Identity("natural", ("pupil_id", "year", "code", "term", "slot")),
            checks={
                **_PUPIL,
                "code": checks.CODE,
                "term": checks.TERM,
                "slot": SLOT,
                **may_lack(value=MARK),
            },
        ),
        Replicated(
            "term_record",
            fields=(
                *("pupil_id", "year", "term", "class_id"),
                *("conduct", "absent_excused", "absent_unexcused", "comment"),
            ),
            scope=class_scope,
            policy=conflict("conduct"),
            natural=("pupil_id", "year", "term", "class_id"),
            identity=Identity("natural", ("pupil_id", "year", "term")),
            checks={
                **_PUPIL,
                "term": checks.TERM,
                **may_lack(
                    conduct=CONDUCT, absent_excused=ABSENCES, absent_unexcused=ABSENCES, comment=COMMENT
                ),
            },
        ),
        Replicated(
            "quality",
            fields=("pupil_id", "year", "term", "class_id", "stage", "code", "value"),
            scope=class_scope,
            policy=conflict("value"),
            natural=("pupil_id", "year", "term", "class_id", "stage", "code"),
            identity=Identity("natural", ("pupil_id", "year", "term", "stage", "code")),
            checks={
                **_PUPIL,
                "term": checks.TERM,
                "stage": one_of("gk", "ck"),
                "code": checks.CODE,
                **may_lack(value=one_of("T", "D", "C")),
            },
        ),
        Replicated(
            "year_decision",
            fields=("pupil_id", "year", "class_id", "kind", "value", "reason", "decided_by", "decided_at"),
            scope=class_scope,
            policy=conflict("value"),
            natural=("pupil_id", "year", "class_id", "kind"),
            identity=Identity("natural", ("pupil_id", "year", "kind")),
            checks={
                **_PUPIL,
                "kind": one_of("outstanding", "class_agrees", "outcome"),
                **may_lack(
                    value=DECISIONS, reason=checks.NOTE, decided_by=checks.ACTOR, decided_at=checks.MOMENT
                ),
            },
        ),
        Replicated(
            "subject_comment",
            fields=("pupil_id", "year", "code", "term", "class_id", "text"),
            scope=class_scope,
            natural=("pupil_id", "year", "code", "term", "class_id"),
            identity=Identity("natural", ("pupil_id", "year", "code", "term")),
            checks={**_PUPIL, "code": checks.CODE, "term": checks.TERM, **may_lack(text=COMMENT)},
        ),
        Replicated(
            "mark_lock",
            fields=("kind", *WHERE, "reason", "locked_by", "locked_at", "starts", "vector"),
            scope=lock_scope,
            checks={
                "kind": LOCK_KINDS,
                **_WHERE,
                "reason": checks.REASON,
                "locked_by": checks.ACTOR,
                "locked_at": checks.MOMENT,
                **may_lack(starts=checks.DATE, vector=checks.JSON),
            },
        ),
        Replicated(
            "mark_unlock",
            fields=(
                *("lock_id", *WHERE, "requester", "reason", "approver", "approved_at"),
                *("expires", "closed_at", "vector"),
            ),
            scope=lock_scope,
            policy=conflict("approver"),
            checks={
                "lock_id": checks.ID,
                **_WHERE,
                "requester": checks.ACTOR,
                "reason": checks.REASON,
                "approver": checks.ACTOR,
                "approved_at": checks.MOMENT,
                "expires": checks.DATE,
                **may_lack(closed_at=checks.MOMENT, vector=checks.JSON),
            },
        ),
        Replicated(
            "seal",
            fields=(
                *("year", "class_id", "code", "term", "seal", "content"),
                *("reason", "sealed_by", "sealed_at", "breaks"),
            ),
            scope=lock_scope,
            identity=Identity("proposed", ("year", "class_id", "code", "term"), "and the row it follows"),
            checks={
                "year": checks.SCHOOL_YEAR,
                "seal": checks.CODE,
                "reason": checks.REASON,
                "sealed_by": checks.ACTOR,
                "sealed_at": checks.MOMENT,
                **may_lack(
                    class_id=checks.ID,
                    code=checks.CODE,
                    term=checks.TERM,
                    content=checks.JSON,
                    breaks=checks.ID,
                ),
            },
        ),
    ),
    module="edudesk.gradebook.register.migrations",
    steps=("m001_gradebook", "m002_locks", "m003_seals", "m004_primary"),
)
