"""A year's self-score from its beginning to the report."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import YEAR, make_school

from edudesk.dx import store, store_evidence
from edudesk.dx.editions import store as editions
from edudesk.dx.editions.rules import built_in, built_in_data
from edudesk.dx.proposals import Proposal, proposals
from edudesk.dx.report import dx_paper
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.paper.document import write_pdf
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường") as db:
        save_member(db, {"name": "Lê Thị Mai", "role": "GV", "email": "mai@example.vn"})
        save_member(db, {"name": "Vì Văn An", "role": "GV"})
        yield db


def refusal(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def fill(db: Database) -> None:
    """The most of every item, every condition met."""
    for code, item in editions.edition_of(db, YEAR).index.items.items():
        store.score_item(db, YEAR, code, item.maximum)
    for one in editions.edition_of(db, YEAR).index.conditions:
        store.answer_condition(db, YEAR, one.code, True)


def complete(db: Database) -> str:
    """An own edition with the ten points that are missing."""
    editions.copy_edition(db, YEAR, editions.shipped())
    own = editions.edition_of(db, YEAR).id
    item = {"code": "2.3.9", "title": "Mục bổ sung", "maximum": 10, "how": "yes_no", "verified": True}
    editions.save_item(db, own, "2.3", item)
    return own


def test_a_year_nobody_began_has_everything_open(db: Database) -> None:
    found = store.self_score(db, YEAR)
    assert found.report.stage == "new" and len(found.open) == len(found.lines) == 29
    assert found.last is None and found.due.isoformat() == "2027-05-31"
    store.start(db, YEAR, plan="KH 12/KH-THCS", planned_on="2026-10-01")
    report = store.self_score(db, YEAR).report
    assert (report.stage, report.plan, report.planned_on) == ("scoring", "KH 12/KH-THCS", "2026-10-01")
    store.start(db, YEAR, plan="KH 12/KH-THCS", planned_on="2026-10-01", due="2027-05-15")
    assert store.self_score(db, YEAR).due.isoformat() == "2027-05-15"
    assert store.self_score(db, YEAR + 1).due.isoformat() == "2028-05-31"
    db.undo()
    assert store.self_score(db, YEAR).due.isoformat() == "2027-05-31"
    db.undo()
    assert store.self_score(db, YEAR).report.stage == "new"


def test_points_responsible_note_and_answers_are_kept(db: Database) -> None:
    mai = members(db)[-1]
    store.score_item(db, YEAR, "1.3.1", 55)
    store.set_responsible(db, YEAR, "1.3.1", mai.id)
    store.set_note(db, YEAR, "1.3.1", "  đang  dùng ")
    store.answer_condition(db, YEAR, "1.1", False)
    by = {line.code: line for line in store.self_score(db, YEAR).lines}
    line = by["1.3.1"]
    assert (line.points, line.staff, line.note, line.open) == (55, mai.name, "đang dùng", False)
    assert by["1.1"].met is False and not by["1.1"].open and by["1.2"].met is None
    store.score_item(db, YEAR, "1.3.1", None)
    store.answer_condition(db, YEAR, "1.1", None)
    assert len(store.self_score(db, YEAR).open) == 29


@pytest.mark.parametrize(
    ("code", "points", "why"),
    [("1.3.1", 65, "DX_MAXIMUM"), ("1.3.1", 42, "DX_STEP"), ("9.9", 5, "DX_ITEM"), ("1.1", 5, "DX_ITEM")],
)
def test_points_that_cannot_be_are_refused(db: Database, code: str, points: int, why: str) -> None:
    with pytest.raises(Refused) as caught:
        store.score_item(db, YEAR, code, points)
    assert refusal(caught) == [why]
    with pytest.raises(Refused):
        store.answer_condition(db, YEAR, "1.3.1", True)


def test_last_year_stands_beside_this_one(db: Database) -> None:
    store.score_item(db, YEAR - 1, "1.3.1", 30)
    found = store.self_score(db, YEAR)
    assert next(line.last for line in found.lines if line.code == "1.3.1") == 30
    assert found.last is not None and found.last.groups[0].points == 30


def test_the_principal_approves_what_is_whole(db: Database) -> None:
    store.start(db, YEAR)
    with pytest.raises(Refused) as caught:
        store.approve(db, YEAR, principal=" ")
    assert refusal(caught) == ["DX_OPEN", "DX_WHO"]
    with pytest.raises(Refused) as caught:
        store.send(db, YEAR, to="UBND xã")
    assert refusal(caught) == ["DX_NOT_APPROVED"]
    fill(db)
    store.approve(db, YEAR, principal="Nguyễn Văn Bách")
    assert store.self_score(db, YEAR).report.stage == "approved"
    with pytest.raises(Refused) as caught:
        store.send(db, YEAR, to="")
    assert refusal(caught) == ["DX_WHO"]
    store.send(db, YEAR, to="UBND xã Sông Trăng", number="05/BC", on="2027-05-20")
    report = store.self_score(db, YEAR).report
    assert (report.stage, report.sent_on, report.number) == ("sent", "2027-05-20", "05/BC")
    store.take_back_approval(db, YEAR)
    assert store.self_score(db, YEAR).report.stage == "scoring"


def test_what_was_approved_does_not_change(db: Database) -> None:
    fill(db)
    store_evidence.add_words(db, YEAR, "1.3.1", "note", "có")
    store.approve(db, YEAR, principal="Nguyễn Văn Bách")
    (piece,) = store_evidence.evidence(db, YEAR)
    for action in (
        lambda: store.score_item(db, YEAR, "1.3.1", 0),
        lambda: store.set_note(db, YEAR, "1.3.1", "x"),
        lambda: store_evidence.drop_evidence(db, piece.id),
        lambda: store_evidence.add_words(db, YEAR, "1.4", "note", "x"),
    ):
        with pytest.raises(Refused) as caught:
            action()
        assert refusal(caught) == ["DX_APPROVED"]
    store.score_item(db, YEAR + 1, "1.3.1", 5)
    store.take_back_approval(db, YEAR)
    store.score_item(db, YEAR, "1.3.1", 0)


# -- evidence


def test_evidence_is_added_counted_and_taken_away(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "Kế hoạch.pdf"
    file.write_bytes(b"%PDF")
    store_evidence.add_words(db, YEAR, "1.3.1", "link", "https://truong.example.vn/kh")
    store_evidence.add_file(db, YEAR, "1.3.1", file)
    store_evidence.add_file(db, YEAR, "1.4", file)
    link, kept = store_evidence.evidence(db, YEAR, "1.3.1")
    assert (link.words, kept.words, kept.size) == ("https://truong.example.vn/kh", "Kế hoạch.pdf", 4)
    assert store_evidence.attachment_path(db, kept.sha256).read_bytes() == b"%PDF"
    assert sum(1 for one in (db.folder / "attachments").rglob("*") if one.is_file()) == 1
    assert {line.code: line.evidence for line in store.self_score(db, YEAR).lines}["1.3.1"] == 2
    store_evidence.drop_evidence(db, link.id)
    assert len(store_evidence.evidence(db, YEAR)) == 2
    db.undo()
    assert len(store_evidence.evidence(db, YEAR)) == 3


def test_evidence_that_says_nothing_is_refused(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, text in (("note", " "), ("link", "truong.vn")):
        with pytest.raises(Refused) as caught:
            store_evidence.add_words(db, YEAR, "1.3.1", kind, text)
        assert refusal(caught) == ["DX_EVIDENCE"]
    with pytest.raises(Unavailable):
        store_evidence.add_file(db, YEAR, "1.3.1", tmp_path / "không có")
    large = tmp_path / "phim.mp4"
    large.write_bytes(b"123")
    monkeypatch.setattr(store_evidence, "LARGEST", 2)
    with pytest.raises(Refused) as caught:
        store_evidence.add_file(db, YEAR, "1.3.1", large)
    assert refusal(caught) == ["DX_FILE_LARGE"]


# -- editions


def test_totals_are_official_when_the_index_is_whole_and_confirmed(db: Database) -> None:
    fill(db)
    store.approve(db, YEAR, principal="Nguyễn Văn Bách")
    assert [one[:20] for one in store.self_score(db, YEAR).draft_because] == [
        "Nhóm 2 mới có 90/100",
        "Trường chưa xác nhận",
    ]
    store.take_back_approval(db, YEAR)
    own = complete(db)
    assert [one.code for one in editions.edition_of(db, YEAR).problems] == ["DX_UNCONFIRMED"]
    with pytest.raises(Refused) as caught:
        editions.confirm_edition(db, own, by="", source="")
    assert refusal(caught) == ["DX_WHO", "DX_WHO"]
    editions.confirm_edition(db, own, by="Nguyễn Văn Bách", source="QĐ 4725, bản có dấu")
    edition = editions.edition_of(db, YEAR)
    assert edition.problems == () and edition.confirmed_by == "Nguyễn Văn Bách"
    db.undo()
    assert not editions.edition_of(db, YEAR).confirmed_at
    db.redo()
    store.score_item(db, YEAR, "2.3.9", 100)
    store.approve(db, YEAR, principal="Nguyễn Văn Bách")
    assert store.self_score(db, YEAR).draft_because == ()
    store.send(db, YEAR, to="UBND xã Sông Trăng", number="05/BC")
    paper = dx_paper(db, YEAR)
    assert not paper.draft and write_pdf(db.folder / "b.pdf", paper) == 3
    db.undo()
    store.take_back_approval(db, YEAR)
    assert dx_paper(db, YEAR).draft


def test_a_hole_is_not_confirmed(db: Database) -> None:
    editions.copy_edition(db, YEAR, editions.shipped(), name="Bản thử")
    own = editions.edition_of(db, YEAR)
    assert own.name == "Bản thử"
    with pytest.raises(Refused) as caught:
        editions.confirm_edition(db, own.id, by="A", source="B")
    assert refusal(caught) == ["DX_SCALE"]


def test_an_edition_is_edited_until_it_is_confirmed(db: Database) -> None:
    own = complete(db)
    editions.save_levels(db, own, second_from=55, third_above=80)
    editions.save_condition(db, own, "2", {"code": "2.5", "title": "Điều kiện thêm", "verified": True})
    editions.save_condition(db, own, "2", {"code": "2.6", "title": "Đổi tên"}, code="2.5")
    change = {"code": "1.4", "title": "Học liệu số", "maximum": 9, "how": "count", "verified": True}
    editions.save_item(db, own, "1.4", change, code="1.4")
    index = editions.edition_of(db, YEAR).index
    assert (index.bands.second_from, index.bands.third_above) == (550, 800)
    assert [one.code for one in index.conditions][-1] == "2.6" and index.groups[0].missing == 10
    editions.drop_condition(db, own, "2.6")
    editions.drop_item(db, own, "1.4")
    index = editions.edition_of(db, YEAR).index
    assert "1.4" not in index.items and "1.4" not in {one.code for one in index.groups[0].criteria}
    assert len(index.conditions) == 4 and built_in().items["1.4"].maximum == 100
    editions.save_item(db, own, "1.5", {"code": "1.4", "title": "Bù", "maximum": 10})
    editions.confirm_edition(db, own, by="A", source="B")
    with pytest.raises(Refused) as caught:
        editions.save_levels(db, own, second_from=50, third_above=75)
    assert refusal(caught) == ["DX_CONFIRMED"]
    editions.copy_edition(db, YEAR, editions.edition(db, own))
    assert [bool(one.confirmed_at) for one in editions.editions(db)].count(True) == 1
    editions.use_edition(db, YEAR, "")
    assert editions.edition_of(db, YEAR) == editions.shipped()


def test_mistakes_in_an_edition_are_refused(db: Database) -> None:
    own = complete(db)
    item = {"code": "2.3.10", "title": "Quá thang", "maximum": 1, "how": "yes_no"}
    cases = [
        (lambda: editions.save_item(db, own, "2.3", item), "DX_OVER"),
        (lambda: editions.save_item(db, own, "2.3", {**item, "code": "2.1"}), "DX_CODE"),
        (lambda: editions.save_item(db, own, "2.3", {**item, "maximum": None}), "DX_POINTS"),
        (lambda: editions.save_item(db, own, "2.3", {**item, "how": "x"}), "DX_HOW"),
        (lambda: editions.save_item(db, own, "2.3", {**item, "title": " "}), "FIELD_MISSING"),
        (lambda: editions.save_levels(db, own, second_from=80, third_above=75), "DX_BANDS"),
        (lambda: editions.save_levels(db, "", second_from=50, third_above=75), "DX_SHIPPED"),
    ]
    for action, code in cases:
        with pytest.raises(Refused) as caught:
            action()
        assert refusal(caught) == [code]


# -- proposals


def test_proposals_say_what_they_counted(db: Database) -> None:
    room = db.value("select id from school_class where name = '9A2'")
    for n, number in enumerate(("011211000001", None, None, None)):
        add_pupil(db, YEAR, room, {"name": f"Em {n}", "personal_number": number})
    found = proposals(db, YEAR, built_in())
    assert found["2.3.2"] == Proposal(15, "Hồ sơ học sinh: 1/4 em có số định danh cá nhân.")
    assert found["2.3.4"] == Proposal(60, "Danh sách nhân sự: 2/2 người có hồ sơ ghi vị trí công tác.")
    assert found["1.6.1"].points is None and found["1.6.1"].words.startswith("1/2 giáo viên có địa chỉ")
    assert "2.3.3" not in found, "no mark is there"


def test_rooms_and_machines_are_counted(db: Database) -> None:
    from edudesk.labs.store_machines import add_machines
    from edudesk.premises.store import rooms, save_room

    for n, kind in enumerate(("PHONG_HOC", "PHONG_HOC", "PHONG_MAY", "KHO")):
        both = {"projector": int(n == 0), "internet": int(n < 3)}
        save_room(db, {"name": f"Phòng {n}", "kind": kind, "area": "50", **both})
    found = proposals(db, YEAR, built_in())
    assert found["1.7.1"] == Proposal(25, "Phòng học: 1/3 phòng có thiết bị trình chiếu và Internet.")
    assert found["1.7.3"] == Proposal(0, "Cơ sở vật chất: 0 phòng làm học liệu số.")
    assert found["2.3.5"] == Proposal(100, "Cơ sở vật chất: đã ghi 4 phòng, 0 máy tính.")
    room = db.value("select id from school_class where name = '9A2'")
    for n in range(3):
        add_pupil(db, YEAR, room, {"name": f"Em {n}"})
    lab = next(one.id for one in rooms(db) if one.lab)
    add_machines(db, lab, {"name": "M", "kind": "DE_BAN", "use": "DAY_HOC", "working": 1}, n=2)
    found = proposals(db, YEAR, built_in())
    said = "THCS: phòng máy kém nhất 1,50 học sinh một máy, đạt mức 2."
    assert found["1.7.2"] == Proposal(None, said)


def test_an_empty_school_proposes_nothing(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        assert proposals(db, YEAR, built_in()) == {}


def test_a_code_that_would_lead_out_of_the_zip_is_refused(db: Database) -> None:
    own = complete(db)
    for code in ("../../../evil", "/x", "a\\b", "..", "1..2", "C:x", "a" * 25, "con\u202e"):
        item = {"code": code, "title": "Mục", "maximum": 1, "how": "yes_no"}
        for action in (
            lambda item=item: editions.save_item(db, own, "1.5", item),
            lambda item=item: editions.save_condition(db, own, "2", item),
        ):
            with pytest.raises(Refused) as caught:
                action()
            assert "DX_CODE" in refusal(caught)


def test_a_group_s_code_is_a_code_too_and_its_own(db: Database) -> None:
    for code in ("../../x", "a\u202eb", "A" * 1000, "2"):
        data = copy.deepcopy(built_in_data())
        data["group"][0]["code"] = code
        with pytest.raises(Refused) as caught:
            editions.add_edition(db, YEAR, data, label="Thêm")
        assert caught.value.code == "DX_CODE"


def test_an_item_takes_its_points_along_when_its_code_changes_and_leaves_none_behind(db: Database) -> None:
    own = complete(db)
    item = {"code": "2.3.9", "title": "Mục bổ sung", "maximum": 10, "how": "yes_no", "verified": True}
    store.score_item(db, YEAR, "2.3.9", 100)
    editions.save_item(db, own, "2.3", {**item, "code": "2.3.90"}, code="2.3.9")
    points = {line.code: line.points for line in store.self_score(db, YEAR).lines}
    assert points["2.3.90"] == 100 and "2.3.9" not in points
    editions.drop_item(db, own, "2.3.90")
    editions.save_item(db, own, "2.3", {**item, "code": "2.3.90", "title": "Mục khác"})
    points = {line.code: line.points for line in store.self_score(db, YEAR).lines}
    assert points["2.3.90"] is None, "the next item of that code is another one"
