"""The equipment register on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from schools import make_school

from edudesk.cli import main
from edudesk.premises import store
from edudesk.sheets.reader import read_sheet
from edudesk.staff.store import save_member

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    with make_school(tmp_path / "trường") as db:
        for name in ("101", "Kho"):
            store.save_room(db, {"name": name, "kind": "PHONG_HOC"})
        save_member(db, {"name": "Lò Thị Ánh"})

    def call(*words: object) -> tuple[int, str]:
        code = main([*map(str, words), "--data", str(tmp_path / "trường")])
        captured = capsys.readouterr()
        return code, captured.out or captured.err

    return call


def data(said: tuple[int, str]) -> Any:
    assert said[0] == 0, said
    return json.loads(said[1])


def refused(said: tuple[int, str], code: str) -> str:
    assert said[0] == 3 and said[1].startswith(f"{code}: "), said
    return said[1]


def furnish(run: Run) -> None:
    add = ("equipment", "add", "--bought-on", "05/02/2026", "--room", "101")
    data(
        run(
            *add,
            "--name",
            "Ghế",
            "--kind",
            "BAN_GHE",
            "--tracked",
            "lot",
            "--code",
            "GHE",
            "--quantity",
            30,
            "--price",
            350000,
            "--json",
        )
    )
    pcs = ("--name", "Máy tính", "--kind", "TIN_HOC", "--code", "PC", "--quantity", 2, "--price", "15000000")
    made = data(run(*add, *pcs, "--asset-class", "may_tinh", "--json"))
    assert [(one["code"], one["price"], one["there"]) for one in made] == [
        ("PC-01", 15_000_000, 1),
        ("PC-02", 15_000_000, 1),
    ]


def test_a_thing_from_its_purchase_to_its_end(run: Run) -> None:
    furnish(run)
    event = ("equipment", "event")
    (chairs,) = data(run(*event, "broken", "ghe", "--quantity", 4, "--room", "101", "--json"))
    assert (chairs["there"], chairs["broken"]) == (30, 4)
    said = refused(run(*event, "broken", "GHE", "--quantity", 99, "--room", "101"), "EQUIPMENT_SHORT")
    assert "GHE Ghế: 101 chỉ còn 26 cái dùng được" in said
    data(run(*event, "moved", "PC-01", "PC-02", "--to", "Kho", "--json"))
    assert [one["rooms"][0]["room"] for one in data(run("equipment", "list", "--find", "PC", "--json"))] == [
        "Kho"
    ] * 2
    lend = (*event, "lent", "PC-01", "--staff", "lo thi anh", "--on", "01/09/2026", "--due", "02/09/2026")
    assert run(*lend)[0] == 0
    (loan,) = data(run("equipment", "loans", "--json"))
    assert (loan["code"], loan["teacher"], loan["left"]) == ("PC-01", "Lò Thị Ánh", 1) and loan[
        "days_late"
    ] > 0
    assert "quá hạn" in run("equipment", "loans")[1]
    data(run(*event, "returned", "PC-01", "--broken", "--json"))
    refused(run(*event, "returned", "PC-01"), "LOAN_NOTHING")
    (gone,) = data(run(*event, "written_off", "PC-01", "--document", "BB 02", "--json"))
    assert gone["there"] == 0
    assert (
        "GHE" in run("equipment", "list", "--room", "101")[1]
        and run("equipment", "list", "--kind", "KHAC")[1] == ""
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("broken", "X"), "EQUIPMENT_UNKNOWN"),
        (("moved", "GHE", "--to", "Phòng lạ"), "ROOM_UNKNOWN"),
        (("lent", "GHE", "--staff", "Ai đó", "--due", "1/1/2027"), "STAFF_UNKNOWN"),
        (("broken", "GHE", "--on", "01/01/2020"), "EQUIPMENT_BEFORE"),
    ],
)
def test_what_is_not_known_is_said(run: Run, words: tuple[str, ...], code: str) -> None:
    furnish(run)
    refused(run("equipment", "event", *words), code)


def test_a_count_from_the_command_line(run: Run, tmp_path: Path) -> None:
    furnish(run)
    count = ("equipment", "count")
    refused(run(*count, "show"), "COUNT_UNKNOWN")
    member = "Lò Thị Ánh, Hiệu trưởng, Nhà trường, Trưởng ban"
    made = data(
        run(*count, "start", "--count", "Kiểm kê 2026", "--on", "20/11/2026", "--member", member, "--json")
    )
    assert made["members"][0]["part"] == "Trưởng ban"
    scanned = data(run(*count, "scan", "GHE*28", "PC-01", "LA-1", "--room", "101", "--json"))
    assert [one["known"] for one in scanned] == [True, True, False]
    refused(run(*count, "scan", "--room", "101"), "COUNT_CODE")
    shown = run(*count, "show")[1]
    assert "-2  GHE Ghế  101" in shown and "mã lạ: LA-1" in shown and "đang kiểm" in shown
    closed = data(run(*count, "close", "--by", "Lò Thị Ánh", "--json"))
    assert closed["closed_by"] == "Lò Thị Ánh" and closed["unknown"] == ["LA-1"]
    refused(run(*count, "close"), "COUNT_CLOSED")
    assert "đã khóa" in run(*count, "list")[1]
    assert {one["code"]: one["there"] for one in data(run("equipment", "list", "--json"))} == {
        "GHE": 28,
        "PC-01": 1,
        "PC-02": 0,
    }
    pages = data(run("print", "count-record", "-o", tmp_path / "bb.pdf", "--json"))["pages"]
    assert pages >= 1


def test_papers_and_sheets(run: Run, tmp_path: Path) -> None:
    furnish(run)
    for kind, more in (
        ("inventory", ("--room", "101")),
        ("labels", ("--sheet", "4x10", "--start", 3)),
        ("depreciation", ("--fiscal-year", 2027)),
    ):
        assert data(run("print", kind, "-o", tmp_path / f"{kind}.pdf", *more, "--json"))["pages"] >= 1
    refused(run("print", "labels", "-o", tmp_path / "x.pdf", "--start", 99), "LABEL_START")
    refused(run("print", "count-record", "-o", tmp_path / "x.pdf"), "COUNT_UNKNOWN")
    assert data(run("export", "assets", "-o", tmp_path / "a.xlsx", "--json"))["rows"] == 3
    assert str(read_sheet(tmp_path / "a.xlsx").rows[1][8]) == "2143500"


def test_the_register_goes_out_and_comes_in(run: Run, tmp_path: Path) -> None:
    furnish(run)
    out = tmp_path / "sổ.xlsx"
    assert data(run("export", "equipment", "-o", out, "--json"))["rows"] == 3
    again = data(run("import", "equipment", out, "--dry-run", "--json"))
    assert (again["unchanged"], again["refused"]) == (3, [])
    (tmp_path / "xấu.csv").write_text("Mã,Tên,Nhóm,SL\nA,Bàn,BAN_GHE,0\nB,Tủ,BAN_GHE,1\n", encoding="utf-8")
    found = data(
        run("import", "equipment", tmp_path / "xấu.csv", "--errors", tmp_path / "lỗi.xlsx", "--json")
    )
    assert found["added"] == 1 and found["refused"][0]["code"] == "EQUIPMENT_QUANTITY"
    assert read_sheet(tmp_path / "lỗi.xlsx").rows[1][0] == "A"
