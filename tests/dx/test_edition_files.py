"""Editions as files: added, handed on, refused with every hole; the scan of the text beside them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from schools import YEAR

from edudesk.dx.bundle import write_bundle
from edudesk.dx.editions import store, store_files
from edudesk.dx.editions.rules import read_index
from edudesk.dx.editions.view import EditionTab
from edudesk.dx.places import EDITIONS
from edudesk.dx.store import self_score
from edudesk.dx.view import DxPage
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.kernel.ids import name_id
from edudesk.storage.attachments import keep_bytes
from edudesk.ui.desk import Desk

PROVINCE = """kind = "dx_index"
code = "TINH/2026"
name = "Bộ chỉ số của tỉnh"
source = "Quyết định của Sở"
official = true
mandatory = ["1.1"]
[scale]
article = "Điều 1"
verified = true
maximum = 100
[step]
article = "Điều 1"
verified = true
step_tenths = 5
[levels]
article = "Điều 2"
verified = true
second_from = 40
third_above = 80
[overall]
article = "Điều 2"
verified = true
[due]
article = "Điều 3"
verified = true
month = 5
day = 15
[[group]]
code = "1"
title = "Một nhóm"
[[group.criterion]]
code = "1.1"
title = "Có kế hoạch"
verified = true
[[group.criterion]]
code = "1.2"
title = "Phần mềm"
verified = true
[[group.criterion.item]]
code = "1.2.1"
title = "Có phần mềm"
maximum = 100
how = "yes_no"
verified = true
"""


def file(folder: Path, text: str = PROVINCE, name: str = "tỉnh.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_provinces_own_index_is_added_and_the_year_is_scored_by_it(desk: Desk, tmp_path: Path) -> None:
    store_files.import_edition(desk.db, YEAR, file(tmp_path))
    found = self_score(desk.db, YEAR)
    assert (found.edition.name, found.edition.index.code) == ("Bộ chỉ số của tỉnh", "TINH/2026")
    assert [line.code for line in found.lines] == ["1.1", "1.2.1"]
    assert [problem.code for problem in found.edition.problems] == ["DX_UNCONFIRMED"], (
        "nobody here confirmed it yet"
    )
    store.confirm_edition(desk.db, found.edition.id, by="Hiệu trưởng", source="Quyết định của Sở")
    assert self_score(desk.db, YEAR).edition.problems == ()
    desk.db.undo()
    desk.db.undo()
    assert self_score(desk.db, YEAR).edition.id == ""


def test_what_one_school_completed_another_adds_unconfirmed(desk: Desk, tmp_path: Path) -> None:
    store_files.import_edition(desk.db, YEAR, file(tmp_path))
    own = self_score(desk.db, YEAR).edition
    store.confirm_edition(desk.db, own.id, by="Hiệu trưởng", source="QĐ số 5, ngày 1/9/2026")
    own = self_score(desk.db, YEAR).edition
    path = store_files.export_edition(own, tmp_path / "bộ.json")
    store_files.import_edition(desk.db, YEAR, path)
    again = self_score(desk.db, YEAR).edition
    assert again.id != own.id and again.index.groups == own.index.groups and again.name == own.name
    assert again.source == "QĐ số 5, ngày 1/9/2026" and not again.confirmed_by


def test_written_and_read_again_the_index_that_ships_is_the_same(tmp_path: Path) -> None:
    shipped = store.shipped()
    data = store_files.read_edition(store_files.export_edition(shipped, tmp_path / "bộ.json"))
    assert read_index(data, "bộ.json") == shipped.index


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.toml", "kind ="),
        ("x.json", "[1, 2]"),
        ("x.json", "{"),
        ("x.toml", 'kind = "assessment"'),
        ("x.json", "[" * 9999),
    ],
)
def test_what_is_no_index_is_refused_and_nothing_is_written(
    desk: Desk, tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(Refused) as no:
        store_files.import_edition(desk.db, YEAR, file(tmp_path, text, name))
    assert no.value.code == "DX_FILE"
    assert self_score(desk.db, YEAR).edition.id == ""


def test_letters_of_another_code_and_a_film_are_no_index_and_a_missing_file_is_said(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "cũ.toml").write_bytes("kind = “ ”".encode("utf-16"))
    (tmp_path / "phim.toml").write_bytes(b"#" * (store_files.LARGEST + 1))
    for name in ("cũ.toml", "phim.toml"):
        with pytest.raises(Refused):
            store_files.read_edition(tmp_path / name)
    with pytest.raises(Unavailable):
        store_files.read_edition(tmp_path / "không có.toml")


def test_every_hole_of_an_index_is_told_with_its_place(desk: Desk, tmp_path: Path) -> None:
    holes = PROVINCE.replace("third_above = 80\n", "").replace('title = "Có phần mềm"\n', "")
    with pytest.raises(Refused) as no:
        store_files.import_edition(desk.db, YEAR, file(tmp_path, holes))
    places = " ".join(problem.place for problem in no.value.problems)
    assert "third_above" in places and "title" in places and "tỉnh.toml" in places


def test_the_edition_of_an_approved_year_stays_whoever_asks(desk: Desk, tmp_path: Path) -> None:
    store_files.import_edition(desk.db, YEAR, file(tmp_path))
    own = self_score(desk.db, YEAR).edition.id
    report = name_id("dx_report", YEAR)
    desk.db.do(
        Step(
            "Phê duyệt",
            desk.db.upsert(
                "dx_report", report, year=YEAR, approved_at="2026-11-22T08:00:00+07:00", approved_by="HT"
            ),
        )
    )
    for action in (
        lambda: store_files.import_edition(desk.db, YEAR, file(tmp_path)),
        lambda: store.use_edition(desk.db, YEAR, ""),
    ):
        with pytest.raises(Refused) as no:
            action()
        assert no.value.code == "DX_APPROVED"
    assert self_score(desk.db, YEAR).edition.id == own and len(store.editions(desk.db)) == 2


def tab_of(page: DxPage) -> EditionTab:
    page.open_tab(EDITIONS)
    (tab,) = page.findChildren(EditionTab)
    return tab


def test_the_page_adds_writes_and_keeps_the_scan(
    page: DxPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, said = tab_of(page), []
    desk.toasted.connect(lambda text, _undo: said.append(text))
    scan = file(tmp_path, "%PDF-1.4", "quyết định.pdf")
    monkeypatch.setattr(desk, "save_file", lambda _title, name, _kinds: tmp_path / "ra" / Path(name).name)
    tab.files.write_scan()
    assert said == ["Chưa đính bản chụp nào của văn bản gốc."]
    monkeypatch.setattr(desk, "choose_file", lambda *_words: file(tmp_path))
    tab.files.add()
    assert tab.edition.name == "Bộ chỉ số của tỉnh" and tab.confirm.isVisible()
    monkeypatch.setattr(desk, "choose_file", lambda *_words: scan)
    tab.files.add_scan()
    assert "quyết định.pdf" in tab.state.text()
    tab.files.write()
    tab.files.write_scan()
    assert {path.name for path in (tmp_path / "ra").iterdir()} == {
        "Bộ chỉ số của tỉnh.json",
        "quyết định.pdf",
    }
    assert write_bundle(desk.db, YEAR, tmp_path / "gói.zip") == 1, "the scan goes with the evidence"


def test_nothing_chosen_does_nothing(page: DxPage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = tab_of(page)
    monkeypatch.setattr(desk, "choose_file", lambda *_words: None)
    monkeypatch.setattr(desk, "save_file", lambda *_words: None)
    tab.files.add()
    tab.files.add_scan()
    tab.files.write()
    assert tab.edition.id == "" and not desk.db.undo_label.startswith("Thêm bộ")


@pytest.mark.parametrize("item", ["../../../evil", "..", "a/b", "1.1"])
def test_nothing_in_the_zip_lies_outside_its_folder(desk: Desk, tmp_path: Path, item: str) -> None:
    """Also of a school whose codes an older program took as they were."""
    kept = keep_bytes(desk.db, "../../x/..\\bản \u202efdp" + "p" * 200 + ".exe", b"1")
    fields = {
        "kind": "file",
        "name": kept.name,
        "sha256": kept.sha256,
        "size": 1,
        "added_at": "2026-11-01T08:00:00+07:00",
    }
    desk.db.do(Step("Thêm", desk.db.insert("dx_evidence", "e", year=YEAR, item=item, **fields)))
    write_bundle(desk.db, YEAR, tmp_path / "gói.zip")
    with zipfile.ZipFile(tmp_path / "gói.zip") as archive:
        (name,) = [name for name in archive.namelist() if not name.endswith(".xlsx")]
    folder, file = name.split("/")
    assert (
        folder.strip(".")
        and len(name) < 250
        and file.endswith(".exe")
        and file.startswith("bản ")
        and name.isprintable()
        and "\\" not in name
    )
