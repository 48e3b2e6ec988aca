"""Counts and standards as they are kept, printed, and asked for on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import papers
import pytest
from schools import YEAR, make_school

from edudesk.cli import main
from edudesk.kernel.errors import Refused
from edudesk.labs.norms import store as norms
from edudesk.labs.norms import store_standards
from edudesk.labs.norms.report import counts_paper, standards_paper
from edudesk.labs.norms.sheets import counts_sheets
from edudesk.premises import store
from edudesk.school.store import classes, save_site, sites
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1", "9A2")) as found:
        yield found


def value(db: Database, code: str, site: str = "") -> int | None:
    figures = [one for part in norms.counts(db, YEAR, site_id=site) for one in part.figures]
    return next(one.value for one in figures if one.item.code == code)


def main_site(db: Database) -> str:
    return norms.school_sites(db)[0][0]


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, Any]:
    code = main(["--data", str(folder), "--json", *words])
    out, err = capsys.readouterr()
    return code, json.loads(out or err)


def test_a_room_without_a_quality_has_that_of_its_building(db: Database) -> None:
    store.save_building(db, None, {"name": "Nhà A", "grade": "III", "quality": "KIEN_CO"})
    (house,) = store.buildings(db)
    assert (house.grade, house.quality) == ("III", "KIEN_CO")
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "building_id": house.id, "capacity": 45})
    store.save_room(db, {"name": "102", "kind": "PHONG_HOC", "borrowed": 1, "quality": "TAM"})
    assert [(one.capacity, one.borrowed) for one in store.rooms(db)] == [(None, True), (45, False)]
    assert (value(db, "ph_kien_co"), value(db, "ph_tam"), value(db, "ph_muon")) == (1, 0, 1)
    assert value(db, "ti_le") == 100


def test_what_more_is_said_of_a_room_goes_and_comes_back_with_it(db: Database) -> None:
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "capacity": 45})
    store.drop_room(db, store.rooms(db)[0].id)
    assert store.rooms(db) == []
    db.undo()
    assert store.rooms(db)[0].capacity == 45
    store.save_building(db, None, {"name": "Nhà A", "grade": "IV"})
    store.drop_building(db, store.buildings(db)[0].id)
    db.undo()
    assert store.buildings(db)[0].grade == "IV"


def test_sites_are_counted_apart_and_together(db: Database) -> None:
    save_site(db, "Bản Mới")
    first = main_site(db)
    save_site(db, "Huổi Lóng")
    second = next(row for row, _name, _address in sites(db) if row != first)
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "site_id": second})
    assert (value(db, "diem_truong"), value(db, "ti_le", second), value(db, "ti_le", first)) == (2, None, 0)
    norms.save_answers(db, YEAR, "dau_sach", {first: 100})
    assert value(db, "dau_sach") is None
    norms.save_answers(db, YEAR, "dau_sach", {first: 100, second: 20})
    assert (value(db, "dau_sach"), value(db, "dau_sach", second)) == (120, 20)
    rows = counts_sheets(db, YEAR)[0].rows
    assert {row[0] for row in rows} == {"Toàn trường", *(name for _row, name, _address in sites(db))}
    assert "Huổi Lóng" in papers.text(counts_paper(db, YEAR))


@pytest.mark.parametrize(
    ("item", "given", "code"),
    [
        ("ph_tam", 1, "COUNT_ITEM"),
        ("?", 1, "COUNT_ITEM"),
        ("camera", 2, "COUNT_VALUE"),
        ("dau_sach", -1, "COUNT_VALUE"),
    ],
)
def test_answers_that_are_refused(db: Database, item: str, given: int, code: str) -> None:
    with pytest.raises(Refused) as caught:
        norms.save_answers(db, YEAR, item, {main_site(db): given})
    assert caught.value.code == code and caught.value.next


def test_every_wrong_answer_is_told_at_once(db: Database) -> None:
    with pytest.raises(Refused) as caught:
        norms.save_answers(db, YEAR, "camera", {"nowhere": 7})
    assert [one.code for one in caught.value.problems] == ["COUNT_SITE", "COUNT_VALUE"]


def test_the_gap_of_a_computer_room_is_told_everywhere(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in range(45):
        add_pupil(db, YEAR, classes(db, YEAR)[0].id, {"name": f"Lò Văn {n}"})
    store.save_room(db, {"name": "Phòng Tin 2", "kind": "PHONG_MAY", "area": "71,25"})
    said = "Phòng Tin 2 thiếu 12 m² cho lớp 9A1 có 45 em"
    assert said in papers.text(standards_paper(db, YEAR)) and said in papers.text(counts_paper(db, YEAR))
    assert said in [row[4] for row in counts_sheets(db, YEAR)[1].rows]
    code, found = run(capsys, tmp_path / "trường", "facility", "standards")
    assert code == 0 and said in [one["words"] for one in found["standards"]]
    store.save_room(
        db, {"name": "Phòng Tin 2", "kind": "PHONG_MAY", "state": "NGUNG"}, room_id=store.rooms(db)[0].id
    )
    missing = [one.words for one in store_standards.check_standards(db, YEAR)]
    assert "Thiếu 1 phòng học bộ môn Tin học" in missing and said not in missing


def test_a_level_without_standards_says_so(tmp_path: Path) -> None:
    with make_school(tmp_path / "s", ("10A1",), levels=("thpt",)) as db:
        assert "chưa có định mức nào" in papers.text(standards_paper(db, YEAR))


def test_counts_and_answers_on_the_command_line(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "trường"
    assert run(capsys, folder, "facility", "answer", "camera", "không")[0] == 0
    assert run(capsys, folder, "facility", "answer", "dau_sach", "2150")[0] == 0
    code, found = run(capsys, folder, "facility", "counts")
    items = {one["item"]: one for part in found for one in part["items"]}
    assert code == 0 and items["camera"]["value"] is False and items["dau_sach"]["value"] == 2150
    assert items["de_xe"]["value"] is None and items["so_lop"]["behind"] == ["9A1", "9A2"]
    assert run(capsys, folder, "facility", "answer", "camera", "?")[0] == 0
    assert value(db, "camera") is None
    code, no = run(capsys, folder, "facility", "answer", "camera", "có", "--site", "Đâu đó")
    assert code == 3 and no["error"]["code"] == "COUNT_SITE"
    save_site(db, "Bản Mới")
    assert value(db, "dau_sach", main_site(db)) == 2150  # said before the site had a name
    save_site(db, "Huổi Lóng")
    assert run(capsys, folder, "facility", "answer", "camera", "có")[0] == 3
    code, found = run(capsys, folder, "facility", "counts", "--site", "huổi lóng")
    assert code == 0 and found[0]["items"][0]["value"] == 1


def test_where_the_school_lies_is_written_and_checked(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = run(capsys, tmp_path / "trường", "facility", "standards", "--zone", "kho-khan")
    assert (code, found["zone"], store_standards.zone(db)) == (0, "KHO_KHAN", "KHO_KHAN")
    with pytest.raises(Refused) as caught:
        store_standards.save_zone(db, "XA")
    assert caught.value.code == "ZONE"
