"""Text has an end everywhere: the command line refuses what is too long in words of its own field, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from registers import Register
from schools import YEAR, make_school

from edudesk.cli import main
from edudesk.dx import store, store_evidence
from edudesk.dx.editions import store as editions
from edudesk.equipment.store import add_equipment
from edudesk.kernel.errors import Refused
from edudesk.labs.probe import read_text
from edudesk.premises.store import save_room
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.students.store import pupils

NAME, NOTE = "ă" * 301, "ă" * 2001
CELL = ("--class", "9A2", "--subject", "toan", "--term", "1")
ONE = (*CELL, "--pupil", "#1", "--slot", "gk")
UNTIL = ("--until", "30/05/2037")
LOG = "labs log --add --room PM1 --day 22/11/2026 --session sang --period 1 --class 9A2".split()
COMMANDS: list[tuple[Sequence[str], str]] = [
    (("marks", "set", *ONE, "--value", "8", "--reason", NOTE), "Lí do dài 2.001 chữ cái, nhiều nhất 2.000."),
    (("lock", *CELL, "--reason", NOTE), "Lí do dài 2.001 chữ cái, nhiều nhất 2.000."),
    (("unlock", *CELL, *UNTIL, "--reason", NOTE), "Lí do dài 2.001"),
    (
        ("unlock", *CELL, *UNTIL, "--reason", "x", "--requester", NAME),
        "Người xin mở dài 301 chữ cái, nhiều nhất 300.",
    ),
    (("seal", "--class", "9A2", "--term", "1", "--reason", NOTE), "Lí do dài 2.001"),
    (("equipment", "add", "--name", NAME, "--kind", "KHAC"), "Tên thiết bị dài 301 chữ cái, nhiều nhất 300."),
    (
        ("equipment", "add", "--name", "Ghế", "--kind", "KHAC", "--code", "G" * 65),
        "Mã thiết bị dài 65 chữ cái, nhiều nhất 64.",
    ),
    (("equipment", "event", "broken", "G-1", "--note", NOTE), "Ghi chú dài 2.001 chữ cái"),
    (("equipment", "event", "lent", "G-1", "--lesson", NAME), "Tiết, lớp dài 301 chữ cái"),
    (("equipment", "event", "written_off", "G-1", "--document", NAME), "Số chứng từ dài 301 chữ cái"),
    (("equipment", "count", "start", "--count", NAME), "Tên đợt dài 301 chữ cái"),
    (("equipment", "count", "start", "--count", "Đợt 1", "--member", NAME), "Ủy viên dài 301 chữ cái"),
    (
        (*LOG, "--note", NOTE),
        "Ghi chú dài 2.001 chữ cái",
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    register = Register(tmp_path_factory.mktemp("dài") / "trường")
    with register.db as db:
        save_room(db, {"name": "PM1", "kind": "PHONG_MAY"})
        add_equipment(db, {"name": "Ghế", "kind": "KHAC", "code": "G-1"})
        return db.folder


@pytest.mark.parametrize(
    ("words", "sentence"), COMMANDS, ids=[f"{words[0]} {words[-2]}" for words, _ in COMMANDS]
)
def test_a_command_says_which_text_is_too_long_and_how_long_it_may_be(
    folder: Path, words: Sequence[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_school(folder) as db:
        before = db.value("select count(*) from journal")
    code = main([*words, "--data", str(folder)])
    line = capsys.readouterr().err
    assert code == 3 and sentence in line and "Viết ngắn lại." in line
    with open_school(folder) as db:
        assert db.value("select count(*) from journal") == before


def test_a_school_and_a_class_are_not_named_by_a_page_of_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ("init", "--out", str(tmp_path / "s"), "--level", "thcs", "--name")
    assert main([*made, NAME]) == 3
    assert "Tên trường dài 301 chữ cái, nhiều nhất 300." in capsys.readouterr().err
    with make_school(tmp_path / "trường") as db, pytest.raises(Refused) as no:
        from edudesk.school.store_setup import create_classes

        create_classes(db, YEAR, ["6" + "A" * 300])
    (problem,) = no.value.problems
    assert problem.message == "Tên lớp dài 301 chữ cái, nhiều nhất 300." and problem.place.startswith(
        "Lớp 6AAA"
    )


SAID: list[tuple[str, Callable[[Database], object]]] = [
    ("Ghi chú", lambda db: store.set_note(db, YEAR, "1.1", NOTE)),
    ("Kế hoạch đánh giá", lambda db: store.start(db, YEAR, plan=NOTE)),
    ("Người phê duyệt", lambda db: store.approve(db, YEAR, principal=NAME)),
    ("Đường dẫn", lambda db: store_evidence.add_words(db, YEAR, "1.1", "link", "https://" + NOTE)),
    ("Minh chứng", lambda db: store_evidence.add_words(db, YEAR, "1.1", "note", NOTE)),
    ("Tên bộ chỉ số", lambda db: editions.copy_edition(db, YEAR, editions.edition_of(db, YEAR), name=NAME)),
]


@pytest.mark.parametrize(("what", "action"), SAID)
def test_the_self_score_says_it_of_each_of_its_texts(
    what: str, action: Callable[[Database], object], tmp_path: Path
) -> None:
    with make_school(tmp_path / "s") as db, pytest.raises(Refused) as no:
        action(db)
    assert any(
        problem.code == "FIELD_LONG" and problem.message.startswith(what) for problem in no.value.problems
    )


def test_a_report_says_it_of_its_receiver_and_its_number(tmp_path: Path) -> None:
    with make_school(tmp_path / "s") as db:
        approved = {"year": YEAR, "approved_at": "2026-11-22T08:00:00+07:00", "approved_by": "HT"}
        from edudesk.kernel.change import Step
        from edudesk.kernel.ids import name_id

        db.do(Step("Phê duyệt", db.upsert("dx_report", name_id("dx_report", YEAR), **approved)))
        with pytest.raises(Refused) as no:
            store.send(db, YEAR, to=NAME, number=NAME)
    assert [problem.field for problem in no.value.problems] == ["to", "number"]


def test_what_a_machine_says_of_itself_is_kept_without_letters_nobody_sees() -> None:
    probe = read_text(
        '{"kind": "edudesk-machine", "name": "A", "cpu": "Intel\\u0007  i3", "os": null}', "a.json"
    )
    assert (probe.cpu, probe.os) == ("Intel i3", None)


def test_nobody_is_in_the_way_of_text_that_fits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["marks", "set", *ONE, "--value", "8", "--reason", "ă" * 2000, "--data", str(folder)]) == 0
    capsys.readouterr()
    with open_school(folder) as db:
        assert db.value("select max(length(reason)) from journal_step") == 2000
        assert pupils(db, YEAR)
