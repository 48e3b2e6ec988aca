"""What the descriptions of the tables promise: a check for every field, kept by all that was ever written."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schools import YEAR, make_school

import edudesk
from edudesk.demo.build import make_demo
from edudesk.dx.teaching.fields import RESOURCE_FIELDS, SYSTEM_FIELDS, USE_FIELDS
from edudesk.equipment.fields import DOCUMENT, LESSON, NOTE, equipment_fields
from edudesk.equipment.store import add_equipment
from edudesk.gradebook.rules.decisions import KINDS, YES, outcomes_of
from edudesk.gradebook.rules.marks import FAILED, OWED, PASSED
from edudesk.gradebook.rules.primary import GRADES, STAGES
from edudesk.gradebook.rules.regulation import LEVELS, CourseKind
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import name_id
from edudesk.kernel.replicated import Replicated
from edudesk.kernel.unfit import MOST, unfit
from edudesk.labs.store_machines import add_machines
from edudesk.labs.store_timetable import PERIODS, SESSIONS, WEEKDAYS
from edudesk.premises.fields import BUILDING_FIELDS, MACHINE_FIELDS, ROOM_FIELDS
from edudesk.school.rules import class_key
from edudesk.school.store import classes
from edudesk.sheets.letters import exact
from edudesk.slices import TABLES, open_school
from edudesk.staff.store import FIELDS as STAFF_FIELDS
from edudesk.staff.store import save_member
from edudesk.storage import journal
from edudesk.storage.database import Database
from edudesk.storage.migrate import STORAGE
from edudesk.students.fields import FIELDS as PUPIL_FIELDS
from edudesk.students.fields import STATUSES
from edudesk.students.store import add_pupil

ROOT = Path(edudesk.__file__).parents[1]
HANDBOOK: dict[str, Any] = runpy.run_path(str(ROOT / "packaging" / "tables.py"))
ALL = {table.table: table for part in (STORAGE, *TABLES) for table in part.tables}
RELEASES = sorted(path.parent for path in (ROOT / "tests" / "releases").glob("*/school.db"))
EVERY_FIELD = [(table, field) for table in ALL.values() for field in table.fields]


# -- the descriptions


@pytest.mark.parametrize("table", ALL.values(), ids=lambda table: table.table)
def test_every_field_has_a_check_and_nothing_else_has(table: Replicated) -> None:
    assert set(table.checks) == set(table.fields)
    named = {*table.policy, *table.refers, *(table.natural or ()), *table.identity.fields}
    assert named <= set(table.fields)
    assert (table.natural is not None) >= (table.identity.kind == "natural")


def test_a_field_without_a_check_would_be_told() -> None:
    mark = ALL["mark"]._replace(checks={"value": ALL["mark"].checks["value"]})
    with pytest.raises(AssertionError):
        test_every_field_has_a_check_and_nothing_else_has(mark)


def test_the_table_of_the_engineers_is_what_the_descriptions_say() -> None:
    written = (ROOT / "TABLES.md").read_text(encoding="utf-8")
    assert written == HANDBOOK["document"](), "run: PYTHONPATH=. python packaging/tables.py"
    assert all(f"| `{table.table}` | `{field}` |" in written for table, field in EVERY_FIELD)


def test_what_two_desks_may_not_settle_by_the_clock_waits_for_a_person() -> None:
    waiting = {f"{table.table}.{field}" for table in ALL.values() for field in table.policy}
    assert waiting == set(
        """mark.value quality.value year_decision.value term_record.conduct
        pupil.name pupil.birth_date pupil.sex pupil.code pupil.personal_number
        enrolment.number enrolment.class_id school_class.name class_subject.teacher_id
        subject_plan.periods subject_plan.kind lab_slot.class_id
        lab_session.class_id lab_session.staff_id lab_session.used
        mark_unlock.approver dx_report.principal dx_report.approved_by dx_report.approved_at
        dx_edition.data dx_edition.confirmed_by dx_edition.confirmed_at
        dx_resource.team_by dx_resource.team_on dx_resource.approved_on
        dx_score.points dx_score.met equipment.price equipment.carried""".split()
    )


CODES: list[tuple[str, str, Sequence[Value]]] = [
    ("mark", "value", (*range(101), PASSED, FAILED, *OWED, *STAGES)),
    ("quality", "value", tuple(GRADES)),
    ("term_record", "conduct", LEVELS),
    ("year_decision", "kind", tuple(KINDS)),
    ("year_decision", "value", (YES, *outcomes_of(5), *outcomes_of(1))),
    ("subject_plan", "kind", tuple(map(str, CourseKind))),
    ("status_event", "kind", [code for code, _label in STATUSES]),
    ("lab_slot", "weekday", WEEKDAYS),
    ("lab_slot", "session", [code for code, _label in SESSIONS]),
    ("lab_slot", "period", PERIODS),
]


@pytest.mark.parametrize(("table", "field", "codes"), CODES)
def test_a_check_knows_every_code_of_the_rules(table: str, field: str, codes: Sequence[Value]) -> None:
    assert [code for code in codes if not ALL[table].checks[field](code)] == []


# -- what was ever written


def unfit_values(db: Database) -> Iterator[tuple[str, str, Value]]:
    """Every value of every journal row, before and after, that the check of its field refuses today."""
    for (number,) in db.all("select n from journal_step order by n"):
        for change in journal.step_changes(db.connection, number):
            before = () if change.kind == "ins" else ((change.field, change.old),)
            for field, value in (*change.fields.items(), *before):
                check = ALL[change.table].check_of(field)
                if check is None or not check(value):
                    yield change.table, field, value


@pytest.mark.parametrize("level", ["tieu_hoc", "thcs", "thpt", "lien_cap"])
def test_all_that_a_demo_school_writes_passes_and_its_identities_are_what_is_said(
    level: str, tmp_path: Path
) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        make_demo(db, level=level, year=YEAR, pupils=120)
        assert list(unfit_values(db)) == []
        for table in ALL.values():
            if table.identity.kind == "natural" and table.identity.fields:
                assert list(strangely_named(db, table)) == []


def strangely_named(db: Database, table: Replicated) -> Iterator[str]:
    """The rows whose id is not made of the fields that are said to make it."""
    fields = table.identity.fields
    for row, *values in db.all(f"select id, {', '.join(fields)} from {table.table}"):
        readable = ":".join([table.table.removeprefix("school_"), *map(str, values)])
        if row not in (name_id(table.table, *values), readable):
            yield row


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_all_that_a_released_program_wrote_passes(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "s")
    with open_school(tmp_path / "s") as db:
        assert list(unfit_values(db)) == []


def test_a_proposed_identity_is_made_of_the_fields_that_are_said(tmp_path: Path) -> None:
    with make_school(tmp_path / "s", ["6A1"]) as db:
        class_id = classes(db, YEAR)[0].id
        save_member(db, {"name": "Lê Văn An", "role": "GV", "code": "11GV0001"})
        add_pupil(db, YEAR, class_id, {"name": "Lò Thị Ánh", "code": "1130170800"})
        add_machines(db, None, {"name": "PM1-01", "kind": "DE_BAN", "use": "DAY_HOC"})
        add_equipment(db, {"name": "Ghế", "kind": "BAN_GHE", "tracked": "lot", "code": "GHE"})
        for table in ALL.values():
            if table.identity.kind == "proposed" and table.table != "seal":  # a seal follows another row
                ((row, *values),) = db.all(
                    f"select id, {', '.join(table.identity.fields)} from {table.table}"
                )
                texts = [str(value) for value in values]
                assert row in {name_id(table.table, *map(spell, texts)) for spell in (str, exact, class_key)}


# -- what is refused

NOWHERE_RIGHT: Value = "\u200b" * 5  # no code, no day, no plain text


@pytest.mark.parametrize(
    ("table", "field"), [pytest.param(*pair, id=f"{pair[0].table}.{pair[1]}") for pair in EVERY_FIELD]
)
def test_a_value_that_fails_its_check_is_told_with_its_place(table: Replicated, field: str) -> None:
    change = Change(table.table, "row", field, None, NOWHERE_RIGHT)
    (problem,) = unfit(ALL, Step("Ghi", (change,)))
    assert problem.code == "CHECK_FAILED" and problem.next
    assert (problem.table, problem.row, problem.field) == (table.table, "row", field)


def test_nothing_of_a_step_with_one_such_value_is_written_and_undo_is_no_way_round(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        before = db.value("select count(*) from journal")
        good, bad = db.insert("site", "a", name="Điểm chính"), db.insert("site", "b", name="x" * 301)
        with pytest.raises(Refused) as no:
            db.do(Step("Thêm điểm trường", good + bad))
        assert no.value.problems[0].code == "TEXT_LONG" and "301" in no.value.problems[0].message
        assert db.value("select count(*) from journal") == before
        assert db.value("select count(*) from site") == 0

        db.do(Step("Thêm điểm trường", good))
        db.connection.execute(
            "update site set name = ? where id = 'a'", ("\u200bĐiểm cũ",)
        )  # an older program
        db.do(Step("Sửa", (Change("site", "a", "name", "\u200bĐiểm cũ", "Điểm cũ"),)))
        with pytest.raises(Refused) as no:
            db.undo()
        assert no.value.problems[0].code == "CHECK_FAILED"
        assert db.value("select name from site") == "Điểm cũ"


def test_a_row_needs_an_identity_and_of_many_problems_the_first_are_told() -> None:
    row = "x" * 201
    (problem,) = unfit(ALL, Step("Ghi", (Change("setting", row, "", None, {"value": "1"}, "ins"),)))
    assert problem.field == "id"
    many = tuple(Change("setting", str(n), "value", None, "{" * (n + 1)) for n in range(50))
    assert len(unfit(ALL, Step("Ghi", many))) == MOST


def test_a_reason_is_kept_in_one_form_and_has_an_end(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        step = db.do(Step("Ghi", db.put_setting("school.place", "Mường Lay"), reason=" Đã\u200b  soát\n"))
        assert (
            step.reason
            == "Đã soát"
            == db.value("select reason from journal_step where n = ?", (step.number,))
        )
        with pytest.raises(Refused) as no:
            db.do(Step("Ghi", db.put_setting("school.place", "Nậm Mu"), reason="a" * 2001))
        (problem,) = no.value.problems
        assert problem.field == "reason" and problem.message == "Lí do dài 2.001 chữ cái, nhiều nhất 2.000."


# -- a form and its table


def pairs() -> Iterator[Any]:
    """Each field of a form with the table that keeps its value, under its own name."""
    forms: list[tuple[str, Sequence[Field]]] = [
        ("pupil", PUPIL_FIELDS),
        ("staff", STAFF_FIELDS),
        ("building", BUILDING_FIELDS),
        ("building_detail", BUILDING_FIELDS),
        ("room", ROOM_FIELDS),
        ("room_detail", ROOM_FIELDS),
        ("machine", MACHINE_FIELDS),
        ("equipment", equipment_fields()),
        ("equipment_event", (LESSON, DOCUMENT, NOTE)),
        ("dx_resource", RESOURCE_FIELDS),
        ("dx_system", SYSTEM_FIELDS),
        ("dx_use", USE_FIELDS),
    ]
    read_again = {
        ("room", "area"),
        ("dx_use", "month"),
        ("dx_resource", "grade"),
    }  # by the store, which refuses
    for table, fields in forms:
        for field in fields:
            if field.key in ALL[table].fields and (table, field.key) not in read_again:
                yield pytest.param(field, ALL[table].checks[field.key], id=f"{table}.{field.key}")


PAIRS = list(pairs())
TYPED = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.integers(min_value=0),
    st.dates().map(str),
    st.sampled_from(
        ["x", "0912345678", "012345678901", "1.500.000", "Nam", "GV", "I", "01", "Ghế\x07", "\u200b"]
    ),
    st.integers(1, 2100).map(lambda n: "ă" * n),
)


@pytest.mark.parametrize(("field", "check"), PAIRS)
@settings(max_examples=60)
@given(typed=TYPED)
def test_what_a_form_takes_its_table_keeps_and_what_the_table_refuses_the_form_does(
    field: Field, check: Callable[[Value], bool], typed: object
) -> None:
    refused = field.problems(typed)
    assert all(problem.message for problem in refused)
    assert refused or check(field.parse(typed))


@pytest.mark.parametrize(("field", "check"), PAIRS)
def test_every_choice_of_a_form_is_a_code_its_table_knows(
    field: Field, check: Callable[[Value], bool]
) -> None:
    assert [code for code, _label in field.choices if not check(code)] == []
