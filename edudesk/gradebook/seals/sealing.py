"""Sealing pages of the register, and opening a seal; one indivisible Step per action.

A seal holds the page's canonical content itself, so that it can be compared years later on any desk without a network.
It is set on a page that is locked already. A mark that is missing must be accepted by who seals: one cannot wait for
ever for a pupil who is ill, but a page must not be sealed with a hole that nobody saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from edudesk.gradebook.register.locks import ClassLocks, require_office
from edudesk.gradebook.register.qualities import codes_of
from edudesk.gradebook.register.roll import (
    TERMS,
    Course,
    Roll,
    cells_named,
    read_roll,
)
from edudesk.gradebook.register.sealed_pages import Seal, last_opening, page_seal
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.results.families import results_of
from edudesk.gradebook.results.secondary import class_results
from edudesk.gradebook.rules.assessment import assessment_for, term_result
from edudesk.gradebook.rules.locks import Lock, Scope, check_lock
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.qualities import MOMENTS
from edudesk.gradebook.rules.seal_content import (
    COMMENT,
    PRIMARY_RECORD,
    RECORD,
    RESULT,
    SealedContent,
    SealedPupil,
    Value,
    canonical,
    seal_code,
)
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.storage.births import proposed_id
from edudesk.storage.database import Database
from edudesk.storage.slice_tables import many

NAMED = 5  # cells named where some are missing or open


def seal_page(
    db: Database, class_id: str, term: int, *, code: str | None, reason: str, accept_missing: bool = False
) -> Step:
    """Seal a subject of a class in a term, or (`code` None) all its subjects with the homeroom record.

    Raises Refused: LOCK_REASON, TERM_UNKNOWN, LOCK_STANDING, SEAL_THERE, SEAL_OPEN when a cell is not locked,
    SEAL_MISSING unless `accept_missing`, and like `read_roll`.
    """
    roll = read_roll(db, class_id)
    courses = roll.courses if code is None else (roll.course(code),)
    scope = Scope(roll.year, class_id, code, term)
    problems = check_lock(scope, reason)
    if problems or term not in TERMS:
        raise Refused(*problems or [Problem("TERM_UNKNOWN", _("Niêm phong theo học kì 1 hoặc 2."))])
    require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng niêm phong sổ."))
    _require_new(db, scope)
    _require_locked(ClassLocks(db, roll), roll, courses, whole=code is None, term=term)
    if not accept_missing:
        _require_complete(missing_words(db, class_id, term, code))
    text = canonical(page_content(db, roll, courses, term=term, whole=code is None))
    changes = _row(db, scope, reason, seal=seal_code(text), content=text.decode())
    return db.do(Step(_("Niêm phong sổ"), changes, squeeze(reason), indivisible=True), final=True)


def open_seal(db: Database, seal: Seal, *, reason: str) -> Step:
    """Open a seal: it stays to be looked at, the locks still hold, and a page that was mended is sealed anew.

    Raises Refused LOCK_REASON, LOCK_STANDING, SEAL_OPENED.
    """
    if problems := check_lock(seal.scope, reason):
        raise Refused(*problems)
    require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng mở niêm phong."))
    if seal.opened is not None:
        message = _("Niêm phong này đã mở ngày {day}.").format(day=seal.opened.day)
        raise Refused(Problem("SEAL_OPENED", message, next=_("Xem danh sách khóa sổ và niêm phong.")))
    changes = _row(db, seal.scope, reason, seal=seal.code, breaks=seal.id)
    return db.do(Step(_("Mở niêm phong"), changes, squeeze(reason), indivisible=True), final=True)


def _row(db: Database, scope: Scope, reason: str, **more: str) -> tuple[Change, ...]:
    """A row whose identity is of its page and the row it follows: two desks that seal a page apart make one seal."""
    place = {"year": scope.year, "class_id": scope.class_id, "code": scope.code, "term": scope.term}
    signature = {"reason": squeeze(reason), "sealed_by": db.author.actor, "sealed_at": db.wall()}
    follows = more.get("breaks") or last_opening(db.all, scope) or "first"
    row = proposed_id(db, "seal", (scope.year, scope.class_id, scope.code or "whole", scope.term, follows))
    return db.insert("seal", row, **place, **signature, **more)


# -- what stands against it


def _require_new(db: Database, scope: Scope) -> None:
    seal = page_seal(db.all, scope.year, str(scope.class_id), code=scope.code, term=int(scope.term or 0))
    if seal is not None:
        message = _("Đã niêm phong ngày {day}, mã {seal}.").format(day=seal.day, seal=seal.code)
        raise Refused(Problem("SEAL_THERE", message, next=_("Mở niêm phong ấy trước nếu phải sửa.")))


def _require_locked(
    locks: ClassLocks, roll: Roll, courses: Sequence[Course], *, whole: bool, term: int
) -> None:
    for pupil in roll.pupils:
        register_locks: list[Lock | None] = [locks.record(pupil.id, term)] if whole else []
        for course in courses:
            if roll.takes(pupil.id, course):
                register_locks += [locks.against(pupil.id, course.code, term, slot) for slot in course.slots]
                register_locks.append(locks.comment(pupil.id, course.code, term))
        if not all(register_locks):
            message = _("Trang này chưa khóa hết.")
            next_step = _("Khóa sổ cả môn hoặc cả lớp của học kì trước, rồi niêm phong.")
            raise Refused(Problem("SEAL_OPEN", message, pupil.name, next_step))


def missing_words(db: Database, class_id: str, term: int, code: str | None) -> list[str]:
    """What a page still owes, pupil by pupil: "Lò Thị Ánh: thiếu GK". Raises Refused like `read_roll`."""
    if code is None:
        lines_of = results_of(db, class_id, term).pupils
        return [f"{one.name}: {', '.join(one.missing)}" for one in lines_of if one.owes and one.missing]
    lines = class_sheet(db, class_id, code, term).lines
    words = _("{name}: thiếu {cells}")
    return [
        words.format(name=line.name, cells=cells_named(line.missing))
        for line in lines
        if line.owes and line.missing
    ]


def _require_complete(missing: Sequence[str]) -> None:
    if missing:
        more = _(" và {n} em nữa").format(n=len(missing) - NAMED) if len(missing) > NAMED else ""
        named = "; ".join(missing[:NAMED]) + more
        message = _("Trang này còn thiếu điểm: {cells}.").format(cells=named)
        next_step = _("Bổ sung, hoặc xác nhận niêm phong cả khi còn thiếu.")
        raise Refused(Problem("SEAL_MISSING", message, next=next_step, field="accept"))


# -- the content


def page_content(
    db: Database, roll: Roll, courses: Sequence[Course], *, term: int, whole: bool
) -> SealedContent:
    """A page as it would be sealed now: these subjects, and with `whole` the homeroom record."""
    regulation = roll.law
    columns: dict[str, dict[str, tuple[Value, ...]]] = {
        course.code: dict.fromkeys((*course.slots, RESULT, COMMENT), ()) for course in courses
    }
    if whole:
        columns[""] = dict.fromkeys(_record_columns(roll), ())
    blank = SealedContent(
        year=roll.year,
        term=term,
        class_name=roll.class_name,
        grade=roll.grade,
        regulation=f"{regulation.code} {regulation.edition}",
        kinds={course.code: course.kind for course in courses},
        pupils=tuple(
            SealedPupil(pupil.id, pupil.number, "", pupil.name)
            for pupil in roll.pupils
            if whole or any(roll.takes(pupil.id, course) for course in courses)
        ),
        columns=columns,
    )
    return filled(db, blank)


def _record_columns(roll: Roll) -> tuple[str, ...]:
    """What of the homeroom teacher's record is sealed: in primary school qualities at both moments, and no levels."""
    if roll.shape.conduct:
        return RECORD
    return (*PRIMARY_RECORD, *(f"{stage}.{code}" for stage in MOMENTS for code in codes_of(roll)))


def filled(db: Database, page: SealedContent) -> SealedContent:
    """The same pupils and columns with what the tables hold today, in whatever class the pupils are now."""
    ids = [pupil.id for pupil in page.pupils]
    known = {row: rest for row, *rest in many(db.all, _PUPILS, ids)}
    cells = _cells(db, page, ids)
    return replace(
        page,
        pupils=tuple(_named(pupil, known.get(pupil.id)) for pupil in page.pupils),
        columns={
            subject: {column: tuple(cells.get((row, subject, column)) for row in ids) for column in columns}
            for subject, columns in page.columns.items()
        },
    )


_PUPILS = "select id, code, personal_number, name from pupil where gone = 0 and id in"


def _named(pupil: SealedPupil, values: Sequence[Value] | None) -> SealedPupil:
    if values is None:
        return pupil._replace(code="", name="")
    code, number, name = values
    return pupil._replace(code=str(code or number or ""), name=str(name))


Cells = dict[tuple[str, str, str], Value]  # (pupil, subject, column) → what stands there


def _cells(db: Database, page: SealedContent, ids: Sequence[str]) -> Cells:
    here = f"where year = {page.year} and term = {page.term} and gone = 0 and pupil_id in"
    marks = many(db.all, f"select pupil_id, code, slot, value from mark {here}", ids)
    cells: Cells = {(str(row), str(code), str(slot)): value for row, code, slot, value in marks}
    for row, code, text in many(db.all, f"select pupil_id, code, text from subject_comment {here}", ids):
        cells[str(row), str(code), COMMENT] = text
    cells |= _results(page, ids, cells)
    if "" in page.columns:
        fields = RECORD[:-1]
        for row, *values in many(
            db.all, f"select pupil_id, {', '.join(fields)} from term_record {here}", ids
        ):
            cells |= {(str(row), "", key): value for key, value in zip(fields, values, strict=True)}
        if RECORD[-1] in page.columns[""]:
            cells |= {(row, "", RECORD[-1]): level for row, level in _learning(db, page, ids).items()}
        rows = many(db.all, f"select pupil_id, stage, code, value from quality {here}", ids)
        cells |= {(str(row), "", f"{stage}.{code}"): value for row, stage, code, value in rows}
    return cells


def _results(page: SealedContent, ids: Sequence[str], cells: Cells) -> Cells:
    law = assessment_for(page.year, page.grade)
    results: Cells = {}
    for code, kind in page.kinds.items():
        slots = page.slots(code)
        for row in ids:
            by_slot: Mapping[str, Mark] = {slot: cells.get((row, code, slot)) for slot in slots}
            results[row, code, RESULT] = term_result(slots, by_slot, kind, regulation=law).value
    return results


def _learning(db: Database, page: SealedContent, ids: Sequence[str]) -> dict[str, str | None]:
    sql = f"select distinct class_id from enrolment where year = {page.year} and gone = 0 and pupil_id in"
    classes = {str(row) for (row,) in many(db.all, sql, ids)}
    return {
        result.pupil_id: result.learning
        for class_id in sorted(classes)
        for result in class_results(db, class_id, page.term).pupils
    }
