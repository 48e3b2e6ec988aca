"""Digital resources and systems in use: kept, approved, imported again as they were, and what the proposals make of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import papers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.cli import main
from edudesk.dx.chart import shares
from edudesk.dx.editions.store import edition_of
from edudesk.dx.places import CHART, TEACHING
from edudesk.dx.proposals import Proposal, proposals
from edudesk.dx.report import dx_paper
from edudesk.dx.sheets import resource_sheets
from edudesk.dx.store import score_item, self_score
from edudesk.dx.teaching import store_resources, store_systems
from edudesk.dx.teaching.imports import import_resources, plan_resources
from edudesk.dx.teaching.report import resources_paper
from edudesk.dx.view import DxPage
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.sheets.writer import write_sheet
from edudesk.staff.store import save_member
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog

GOOD: dict[str, Value] = {
    "title": "Phân số",
    "subject": "Toán",
    "grade": 6,
    "author": "lê thị mai",
    "kind": "BAI_GIANG",
}
APPROVED = {**GOOD, "team_by": "Tổ Toán", "team_on": "2026-09-20", "approved_on": "2026-10-01"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường") as found:
        for name in ("Lê Thị Mai", "Lò Văn Ơn"):
            save_member(found, {"name": name, "role": "GV"})
        yield found


def proposed(db: Database) -> dict[str, Proposal]:
    return proposals(db, YEAR, edition_of(db, YEAR).index)


def system(db: Database, kind: str, *, used: bool = True, **more: Value) -> str:
    store_systems.save_system(db, {"name": f"Hệ {kind}", "kind": kind, "since": "2026-08-15", **more})
    row = next(one.id for one in store_systems.systems(db, YEAR) if one.kind == kind)
    if used:
        store_systems.save_use(db, row, {"month": "09/2026", "teachers": 12, "pupils": 200})
    return row


def test_a_resource_counts_when_team_and_head_approved_it(db: Database) -> None:
    store_resources.save_resource(db, GOOD)
    (one,) = store_resources.resources(db)
    assert (one.subject, one.author, one.approved) == ("Toán", "Lê Thị Mai", False)
    assert proposed(db)["1.4"] == Proposal(
        None, "Học liệu số: 0/1 học liệu đã được tổ chuyên môn thông qua và hiệu trưởng phê duyệt."
    )
    assert "1.6.3" not in proposed(db)
    store_resources.save_resource(db, APPROVED, resource_id=one.id)
    found = proposed(db)
    assert "1/1" in found["1.4"].words and found["1.4"].points is None
    assert found["1.6.3"].points == 30 and "1/2 giáo viên" in found["1.6.3"].words
    assert not store_resources.resources(db, until="2026-09-30")[0].approved
    store_resources.drop_resource(db, one.id)
    assert "1.4" not in proposed(db)


def test_everything_wrong_with_a_resource_is_told_at_once(db: Database) -> None:
    save_member(db, {"name": "Lê Thị Mai", "role": "GV"})
    bad: dict[str, Value] = {**APPROVED, "subject": "Bay", "grade": 13, "team_on": "2099-01-01"}
    with pytest.raises(Refused) as caught:
        store_resources.save_resource(db, bad)
    codes = [one.code for one in caught.value.problems]
    assert codes == ["RESOURCE_SUBJECT", "RESOURCE_AUTHOR", "RESOURCE_DAY", "RESOURCE_TEAM", "RESOURCE_GRADE"]
    with pytest.raises(Refused) as caught:
        store_resources.save_resource(db, {**GOOD, "author": "Ai đó"})
    assert caught.value.code == "RESOURCE_AUTHOR"


def test_a_file_is_kept_with_a_resource(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "bài.pptx"
    file.write_bytes(b"PK")
    store_resources.save_resource(db, GOOD, file=file)
    (one,) = store_resources.resources(db)
    assert store_resources.save_file(db, one, tmp_path / "ra.pptx").read_bytes() == b"PK"
    from edudesk.storage.attachments import attachment_path

    attachment_path(db, one.sha256).unlink()
    with pytest.raises(Unavailable):
        store_resources.save_file(db, one, tmp_path / "ra.pptx")
    store_resources.save_resource(db, {**GOOD, "subject": None, "author": None}, resource_id=one.id)
    assert store_resources.resources(db)[0].subject == ""


words = st.text(
    st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd"), include_characters=" -"),
    min_size=1,
    max_size=24,
)
resource = st.fixed_dictionaries(
    {
        "title": words.filter(lambda one: bool(one.strip())),
        "subject": st.sampled_from([None, "Toán", "Ngữ văn"]),
        "grade": st.none() | st.integers(1, 12),
        "author": st.sampled_from([None, "Lê Thị Mai", "Lò Văn Ơn"]),
        "kind": st.sampled_from(["BAI_GIANG", "VIDEO"]),
        "team_by": st.none() | words,
        "team_on": st.sampled_from([None, "2026-09-01"]),
        "approved_on": st.sampled_from([None, "2026-09-02"]),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(resource, max_size=5, unique_by=lambda one: " ".join(one["title"].split()).casefold()))
def test_what_is_exported_comes_back_as_it_was(
    db: Database, tmp_path: Path, made: list[dict[str, Any]]
) -> None:
    for one in store_resources.resources(db):
        store_resources.drop_resource(db, one.id)
    from edudesk.dx.teaching.fields import RESOURCE_FIELDS

    for one in made:
        store_resources.save_resource(
            db, {f.key: f.parse(one[f.key]) for f in RESOURCE_FIELDS if f.key in one}
        )
    before = [store_resources.form_values(one) for one in store_resources.resources(db)]
    path = tmp_path / "ra.xlsx"
    write_sheet(path, resource_sheets(db, YEAR))
    plan = plan_resources(db, path)
    if any(note.code == "RESOURCE_TWICE" for note in plan.refused):
        return  # titles that differ in accents alone
    assert (plan.refused, plan.count("unchanged")) == ((), len(before))
    for one in store_resources.resources(db):
        store_resources.drop_resource(db, one.id)
    import_resources(db, plan_resources(db, path))
    assert [store_resources.form_values(one) for one in store_resources.resources(db)] == before


def test_a_title_twice_in_a_file_is_refused(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("Tên học liệu,Loại\nPhân số,Video\nphân số,Video\nBài,Lạ\n", encoding="utf-8")
    plan = plan_resources(db, path)
    assert [note.code for note in plan.refused] == ["RESOURCE_TWICE", "FIELD_CHOICE"] and plan.count(
        "added"
    ) == 1


@pytest.mark.parametrize(
    ("kind", "does", "code", "points"),
    [
        ("TRUC_TIEP", "registered", "1.3.1", 60),
        ("LMS", "assigns", "1.3.2", 60),
        ("LMS", "answers", "1.3.3", 60),
        ("LMS", "tests", "1.3.4", 60),
        ("LMS", "parents", "1.3.5", 60),
        ("KIEM_TRA", "", "1.5.1", 150),
        ("KIEM_TRA", "exchanges", "1.5.2", 50),
        ("PHU_HUYNH", "", "2.4.1", 80),
    ],
)
def test_a_system_is_proposed_when_it_does_what_is_asked_and_was_used(
    db: Database, kind: str, does: str, code: str, points: int
) -> None:
    assert code not in proposed(db)
    if does:
        other = system(db, kind)
        assert code not in proposed(db)
        store_systems.drop_system(db, other)
    row = system(db, kind, used=False, **({f"does.{does}": 1} if does else {}))
    assert proposed(db)[code].points is None and "chưa ghi số liệu" in proposed(db)[code].words
    store_systems.save_use(db, row, {"month": "2026-09", "teachers": 12})
    assert proposed(db)[code].points == points and "nhiều nhất 12 giáo viên" in proposed(db)[code].words
    db.undo()
    assert proposed(db)[code].points is None
    assert store_systems.systems(db, YEAR - 1) == []


@pytest.mark.parametrize("month", ["13/2026", "2099-01", "chín", "", "00/2026"])
def test_what_is_no_month(db: Database, month: str) -> None:
    row = system(db, "LMS", used=False)
    with pytest.raises(Refused) as caught:
        store_systems.save_use(db, row, {"month": month, "pupils": 10_000_000})
    assert [one.code for one in caught.value.problems] == ["USE_NUMBER", "USE_MONTH"]


def test_a_system_with_wrong_days_and_address(db: Database) -> None:
    bad = {"name": "X", "kind": "LMS", "since": "2026-09-01", "until": "2026-08-01", "url": "www.x"}
    with pytest.raises(Refused) as caught:
        store_systems.save_system(db, bad)
    assert [one.code for one in caught.value.problems] == ["SYSTEM_DAYS", "SYSTEM_URL"]


def test_resources_and_systems_on_paper_and_in_the_sheet(db: Database) -> None:
    assert "Chưa ghi học liệu số nào." in papers.text(resources_paper(db, YEAR))
    store_resources.save_resource(db, APPROVED)
    system(db, "LMS")
    system(db, "PHU_HUYNH", used=False)
    said = papers.text(resources_paper(db, YEAR))
    assert "1 | Phân số | 6 | Bài giảng | Lê Thị Mai | Tổ Toán 20/09/2026 | 01/10/2026" in said
    assert "1/1 học liệu" in said and "09/2026: 12 giáo viên, 200 học sinh" in said
    first, second = resource_sheets(db, YEAR)
    assert first.rows[0][1] == "Toán" and [row[5] for row in second.rows] == ["09/2026", ""]


def test_the_chart_compares_with_the_year_before(db: Database) -> None:
    score_item(db, YEAR, "1.3.1", 60)
    (first, *_rest) = shares(self_score(db, YEAR))
    assert (first.points, first.last, first.words) == (60, None, "1.3: 6/30 điểm")
    score_item(db, YEAR - 1, "1.3.1", 40)
    (first, *_rest) = shares(self_score(db, YEAR))
    assert first.words == "1.3: 6/30 điểm, năm trước 4"
    from edudesk.paper.blocks import Drawing

    assert sum(isinstance(block, Drawing) for block in dx_paper(db, YEAR).blocks) == 3


def test_verbs(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--data", str(tmp_path / "trường"), "--json"]
    path = tmp_path / "h.csv"
    path.write_text("Tên học liệu,Loại,Môn\nPhân số,Video,Toán\n", encoding="utf-8")
    assert main([*base, "import", "dx-resources", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert main([*base, "dx", "resources"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["title"], one["subject"], one["approved"]) == ("Phân số", "toan", False)
    system(db, "LMS", **{"does.tests": 1})
    assert main([*base, "dx", "systems"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["does"] == ["tests"] and found["months"][0]["pupils"] == 200
    assert main([*base, "print", "dx-resources", "-o", str(tmp_path / "a.pdf")]) == 0
    assert main([*base, "export", "dx-resources", "-o", str(tmp_path / "a.xlsx")]) == 0
    capsys.readouterr()


# -- on the screen


def forms() -> FormDialog:
    (found,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
    return found


def test_a_resource_and_a_system_by_keys(page: DxPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_tab(TEACHING)
    tab: Any = page.parts[TEACHING]
    assert tab.pages.currentIndex() == 2
    tab.new.click()
    forms().form.boxes["title"].input.setText("Phân số")  # type: ignore[attr-defined]
    forms().yes.click()
    assert [one.title for one in store_resources.resources(desk.db)] == [
        "Phân số"
    ] and tab.pages.currentIndex() == 0
    page.activateWindow()
    tab.resources.setFocus()
    QApplication.processEvents()
    tab.resources.setCurrentIndex(tab.resources.model().index(0, 0))
    qtbot.keyClick(tab.resources, Qt.Key.Key_Return)
    assert forms().form.values()["title"] == "Phân số"
    forms().reject()
    qtbot.keyClick(tab.resources, Qt.Key.Key_Delete)
    assert store_resources.resources(desk.db) == []
    desk.undo()
    tab.which._buttons["systems"].click()
    tab.ask_use()
    tab.new.click()
    open_ = forms()
    open_.form.boxes["name"].input.setText("LMS")  # type: ignore[attr-defined]
    box: Any = open_.form.boxes["kind"].input
    box.setCurrentIndex(box.findData("LMS"))
    open_.form.boxes["since"].input.setText("15/08/2026")  # type: ignore[attr-defined]
    open_.yes.click()
    tab.systems.setCurrentIndex(tab.systems.model().index(0, 0))
    tab.month.click()
    forms().form.boxes["month"].input.setText("09/2026")  # type: ignore[attr-defined]
    forms().yes.click()
    (one,) = store_systems.systems(desk.db, YEAR)
    assert [use.month for use in one.uses] == ["2026-09"]


def test_the_chart_has_words_for_those_who_cannot_see_it(page: DxPage, desk: Desk) -> None:
    score_item(desk.db, YEAR, "1.3.1", 60)
    page.open_tab(CHART)
    tab: Any = page.parts[CHART]
    assert "1.3: 6/30 điểm" in tab.bars.accessibleDescription()
    assert len(tab.table.records) == len(tab.bars.shares) == 7
    assert "Năm trước chưa tự chấm" in tab.note.text()
    assert not tab.bars.grab().isNull()
