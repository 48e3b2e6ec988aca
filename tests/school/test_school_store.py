"""A school, its years, classes and subjects, as a clerk sets them up and changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from schools import YEAR, change_class, change_subject, make_school

from edudesk.kernel.errors import Refused
from edudesk.school.rules import PlannedSubject, usual_year
from edudesk.school.store import (
    class_by_id,
    class_named,
    classes,
    current_year,
    drop_site,
    grades,
    letterhead,
    require_year,
    save_settings,
    save_site,
    save_year,
    sites,
    years,
)
from edudesk.school.store_setup import create_classes, drop_class, save_class, set_up
from edudesk.school.store_subjects import (
    class_subjects,
    plan,
    save_class_subject,
    save_plan,
    set_class_subjects,
)
from edudesk.slices import open_school
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường") as opened:
        yield opened


def refused(action, *args: object, **kw: object) -> list[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        action(*args, **kw)
    assert all(p.message and p.next for p in caught.value.problems)
    return [p.code for p in caught.value.problems]


def test_a_new_school_has_its_year_subjects_and_classes_in_one_step(db: Database) -> None:
    assert current_year(db) == YEAR
    assert years(db) == [usual_year(YEAR)]
    assert grades(db) == [6, 7, 8, 9]
    assert [one.name for one in classes(db, YEAR)] == ["6A1", "9A2"]
    assert len(plan(db, YEAR, 9)) == 12
    technology = next(
        s for s in class_subjects(db, class_named(db, YEAR, "9 a2").id) if s.code == "cong_nghe"
    )
    assert (technology.name, technology.periods, technology.kind) == ("Công nghệ", 52, "score")
    assert db.undo_label == "Lập trường"
    db.undo()
    assert years(db) == [] and current_year(db) is None


def test_setting_up_says_all_that_is_wrong_and_writes_nothing(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        assert refused(set_up, db, name=" ", levels=[], year=usual_year(YEAR)) == [
            "SCHOOL_NAME",
            "SCHOOL_LEVEL",
        ]
        assert refused(set_up, db, name="A", levels=["dai_hoc"], year=usual_year(YEAR)) == ["SCHOOL_LEVEL"]
        twice = ["6A1", "6a1", "10A1"]
        said = refused(set_up, db, name="A", levels=["thcs"], year=usual_year(YEAR), class_names=twice)
        assert said == ["CLASS_TWICE", "CLASS_GRADE"]
        without_terms = replace(usual_year(YEAR), terms=())
        assert refused(set_up, db, name="A", levels=["thcs"], year=without_terms) == ["YEAR_TERMS"]
        assert db.value("select count(*) from journal") == 0


def test_upper_secondary_gets_the_compulsory_subjects_and_offers_the_rest(tmp_path: Path) -> None:
    with make_school(tmp_path / "s", ["10A1"], levels=["thpt"]) as db:
        class_id = class_named(db, YEAR, "10A1").id
        studied = {s.code for s in class_subjects(db, class_id)}
        offered = {s.code for s in plan(db, YEAR, 10) if s.taken == "chosen"}
        assert "lich_su" in studied and "vat_li" not in studied and "vat_li" in offered
        set_class_subjects(db, class_id, [*studied, "vat_li", "am_nhac"])
        change_subject(db, class_id, "vat_li", taken="chosen", topics=True)
        physics = next(s for s in class_subjects(db, class_id) if s.code == "vat_li")
        assert (physics.taken, physics.topics) == ("chosen", True)
        set_class_subjects(db, class_id, sorted(studied))
        assert {s.code for s in class_subjects(db, class_id)} == studied


def test_a_year_may_be_changed_and_another_added(db: Database) -> None:
    save_year(db, replace(usual_year(YEAR), starts=dt.date(YEAR, 8, 29)))
    save_year(db, usual_year(YEAR + 1))
    assert [one.year for one in years(db)] == [YEAR + 1, YEAR]
    assert years(db)[1].starts == dt.date(YEAR, 8, 29)
    assert current_year(db) == YEAR + 1
    save_settings(db, year=YEAR)
    assert current_year(db) == YEAR
    assert refused(require_year, db, 2031) == ["YEAR_TERMS"]
    assert refused(create_classes, db, 2031, ["6A1"]) == ["YEAR_TERMS"]


def test_classes_are_added_renamed_and_dropped(db: Database) -> None:
    create_classes(db, YEAR, ["9a10", "9A3"])
    assert [one.name for one in classes(db, YEAR)] == ["6A1", "9A2", "9A3", "9A10"]
    assert refused(create_classes, db, YEAR, ["9 A3"]) == ["CLASS_TWICE"]
    third = class_named(db, YEAR, "9A3")
    with pytest.raises(Refused) as refusal:
        save_class(db, third.id, name="9A2", homeroom_id=None, site_id=None)
    assert refusal.value.code == "CLASS_TWICE"
    save_class(db, third.id, name="9a4", homeroom_id=None, site_id=None)
    assert class_by_id(db, third.id).name == "9A4"
    drop_class(db, third.id)
    assert refused(class_by_id, db, third.id) == ["CLASS_UNKNOWN"]
    assert refused(class_named, db, YEAR, "9A4") == ["CLASS_UNKNOWN"]
    assert db.value("select count(*) from class_subject where class_id = ? and gone = 0", (third.id,)) == 0


def test_a_plan_needs_periods_and_a_new_subject_reaches_the_classes(db: Database) -> None:
    subjects = plan(db, YEAR, 9)
    without = [replace(subjects[0], periods=None), *subjects[1:]]
    assert refused(save_plan, db, YEAR, 9, without) == ["SUBJECT_PERIODS"]
    more = [*subjects[1:], PlannedSubject("tieng_dan_toc", 105, "score", "all", 99)]
    save_plan(db, YEAR, 9, more)
    assert {s.code for s in plan(db, YEAR, 9)} == {s.code for s in more}
    assert "tieng_dan_toc" in {s.code for s in class_subjects(db, class_named(db, YEAR, "9A2").id)}


def test_teachers_homeroom_and_site_are_assigned(db: Database) -> None:
    nine = class_named(db, YEAR, "9A2").id
    save_member(db, {"name": "Lò Thị Ánh"})
    teacher = members(db)[0].id
    change_subject(db, nine, "toan", teacher_id=teacher)
    change_class(db, nine, homeroom_id=teacher)
    save_site(db, " Điểm chính ")
    save_site(db, "Điểm bản", address="Bản Nà Sự")
    (main, _m, _n), (other, _o, address) = sites(db)
    assert address == "Bản Nà Sự"
    change_class(db, nine, site_id=other)
    assert next(s.teacher_id for s in class_subjects(db, nine) if s.code == "toan") == teacher
    assert (class_by_id(db, nine).homeroom_id, class_by_id(db, nine).site_id) == (teacher, other)
    assert refused(drop_site, db, other) == ["SITE_USED"]
    save_site(db, "Điểm trung tâm", site_id=main)
    change_class(db, nine, site_id=None)
    drop_site(db, other)
    assert [name for _id, name, _a in sites(db)] == ["Điểm trung tâm"]
    assert refused(save_site, db, " ") == ["SITE_NAME"]


def test_a_class_or_teacher_that_is_not_there_is_refused_and_nothing_is_written(db: Database) -> None:
    nine = class_named(db, YEAR, "9A2").id
    before = db.value("select count(*) from journal")
    for field in ("homeroom_id", "site_id"):
        assert refused(partial(change_class, **{field: "không có"}), db, nine) == ["REFERENCE_MISSING"]
    assert refused(partial(save_class, name="9A2", homeroom_id=None, site_id=None), db, "không có") == [
        "CLASS_UNKNOWN"
    ]
    assert refused(partial(change_subject, teacher_id="không có"), db, nine, "toan") == ["REFERENCE_MISSING"]
    whole = partial(save_class_subject, teacher_id=None, taken="all", topics=False)
    assert refused(whole, db, nine, "không có") == ["ROW_MISSING"]
    assert refused(whole, db, "không có", "toan") == ["ROW_MISSING"]
    with pytest.raises(Refused):
        save_site(db, "Điểm bản", site_id="không có")
    assert db.value("select count(*) from journal") == before
    assert db.value("select count(*) from school_class where id = 'không có'") == 0


def test_a_class_that_was_dropped_is_not_revived_by_saving_it(db: Database) -> None:
    create_classes(db, YEAR, ["6A9"])
    row = class_named(db, YEAR, "6A9").id
    drop_class(db, row)
    assert refused(partial(save_class, name="6A9", homeroom_id=None, site_id=None), db, row) == [
        "CLASS_UNKNOWN"
    ]


def test_the_letterhead_is_a_setting(db: Database) -> None:
    assert letterhead(db).authority == ""
    save_settings(db, authority="UBND xã Sông Trăng", place="Sông Trăng", principal="Nguyễn Văn Bách")
    head = letterhead(db)
    assert (head.authority, head.school, head.place) == (
        "UBND xã Sông Trăng",
        "Trường THCS Sông Trăng",
        "Sông Trăng",
    )
