"""The demo schools are believable: each rule has somebody it speaks of, and nobody is real."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from edudesk.demo.build import make_demo
from edudesk.demo.school import class_sizes
from edudesk.gradebook.results.primary import school_primary_results
from edudesk.gradebook.results.secondary import school_results
from edudesk.kernel.errors import Refused
from edudesk.slices import new_school, open_school
from edudesk.storage.doctor import examine
from edudesk.students.idnumber import check_id_number
from edudesk.students.store import pupils, record

YEAR = 2026


@pytest.mark.parametrize("level", ["thcs", "thpt"])
def test_a_demo_school_has_a_spread(level: str, tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        made = make_demo(db, level=level, year=YEAR)
        assert made.pupils == 480 == len(pupils(db, YEAR))
        sizes = [len(one.pupils) for one in school_results(db, YEAR, 1)]
        assert {45, 52} <= set(sizes)
        first = [pupil for one in school_results(db, YEAR, 1) for pupil in one.pupils]
        whole = [pupil for one in school_results(db, YEAR, 0) for pupil in one.pupils]
        learned = Counter(pupil.learning for pupil in first)
        assert all(learned[code] >= 20 for code in ("TOT", "KHA", "DAT", "CHUA_DAT"))
        assert any(pupil.adjusted for pupil in first)
        assert {"HS_XUAT_SAC", "HS_GIOI", None} <= {pupil.title for pupil in whole}
        assert {"LEN_LOP", "DANH_GIA_LAI"} <= {pupil.promotion for pupil in whole}
        assert any(pupil.missing for pupil in first) and sum(bool(p.missing) for p in first) < 60
        assert any(pupil.left_on for pupil in first)
        assert all(finding.fine for finding in examine(db))


def test_a_primary_demo_school_has_a_spread(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        made = make_demo(db, level="tieu_hoc", year=YEAR)
        assert made.pupils == 480 == len(pupils(db, YEAR)) and made.marks > 15000
        assert school_results(db, YEAR, 0) == []
        year = [pupil for one in school_primary_results(db, YEAR, 0) for pupil in one.pupils]
        levels = Counter(pupil.level for pupil in year)
        assert all(levels[code] >= 10 for code in ("HTXS", "HTT", "HT", "CHT"))
        assert {"HS_XUAT_SAC", "HS_TIEU_BIEU", None} <= {pupil.title for pupil in year}
        assert {"LEN_LOP", "HOAN_THANH_CHUONG_TRINH", None} <= {pupil.promotion for pupil in year}
        assert 10 < sum(bool(pupil.missing) for pupil in year) < 140
        first = [pupil for one in school_primary_results(db, YEAR, 1) for pupil in one.pupils]
        assert not any(pupil.missing for pupil in first) and any(pupil.left_on for pupil in first)
        assert all(finding.fine for finding in examine(db))


def test_invented_numbers_fit_their_people(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        make_demo(db, year=YEAR, pupils=60)
        import datetime as dt

        for pupil in pupils(db, YEAR):
            stored = record(db, pupil.id)
            if stored["personal_number"]:
                born = dt.date.fromisoformat(str(stored["birth_date"]))
                checked = check_id_number(str(stored["personal_number"]), born, str(stored["sex"]))
                assert checked.ok and checked.warnings == ()


@pytest.mark.parametrize(("pupils", "classes"), [(480, 12), (2000, 12), (20, 12), (97, 2), (3, 3), (300, 12)])
def test_sizes_add_up(pupils: int, classes: int) -> None:
    sizes = class_sizes(pupils, classes)
    assert (sum(sizes), len(sizes)) == (pupils, classes)


def test_a_level_without_rules_is_refused(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db, pytest.raises(Refused) as caught:
        make_demo(db, level="dai_hoc", year=YEAR)
    assert caught.value.code == "DEMO_LEVEL"


def test_a_school_that_is_not_finished_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "trường"
    with pytest.raises(ZeroDivisionError), new_school(folder) as db:
        make_demo(db, year=YEAR, pupils=20)
        1 / 0  # noqa: B018
    assert not folder.exists()
    with new_school(folder) as db:
        make_demo(db, year=YEAR, pupils=20)
    with open_school(folder) as db:
        assert db.undo() is None, "a school that was just made is not taken back step by step"
    with pytest.raises(Refused) as caught, new_school(folder):
        pass
    assert caught.value.code == "SCHOOL_EXISTS"
    assert (folder / "school.db").exists()
