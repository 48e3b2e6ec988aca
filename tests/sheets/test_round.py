"""What is written follows its ending, and what is exported comes back as it was, whoever saved it in between."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from registers import Register

from edudesk.equipment.imports import plan_equipment
from edudesk.equipment.rules import ITEM
from edudesk.equipment.sheets import equipment_sheets
from edudesk.equipment.store import add_equipment
from edudesk.gradebook.exchange.imports import plan_marks
from edudesk.gradebook.exchange.mark_sheets import marks_sheets
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.labs.imports import plan_machines
from edudesk.labs.sheets import machine_sheets
from edudesk.labs.store_machines import add_machines
from edudesk.premises.fields import LAB
from edudesk.premises.store import rooms, save_room
from edudesk.sheets.reader import read_book, read_sheet, sheet_names
from edudesk.sheets.writer import SheetOut, sheet_name, write_sheet
from edudesk.storage.database import Database
from edudesk.students.imports import plan_import
from edudesk.students.papers import students_sheet
from edudesk.students.store import pupils, save_pupil

ONE = SheetOut(
    "Kết quả 9/1", ["Mã", "Tên"], [["007", "Nguyễn Đức"], ["=1+1", "-x"]], text_columns=frozenset({0})
)


def test_a_name_ending_in_csv_is_text_that_excel_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, [ONE])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfM\xc3\xa3,")
    assert "'=1+1,'-x" in path.read_text(encoding="utf-8-sig")  # no formula for whoever opens it
    assert read_sheet(path).rows[1] == ["007", "Nguyễn Đức"]


@pytest.mark.parametrize("name", ["a.ods", "a.pdf", "a.xls", "a", "a.xlsx.txt"])
def test_what_cannot_be_written_is_refused_with_what_can(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as no:
        write_sheet(tmp_path / name, [ONE])
    assert no.value.code == "OUTPUT_ENDING" and ".xlsx hoặc .csv" in no.value.next
    assert not list(tmp_path.iterdir())


def test_no_folder_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(Unavailable) as no:
        write_sheet(tmp_path / "a.xlsx", [ONE])
    assert no.value.code == "OUTPUT_NOT_FILE"


def test_sheets_get_names_a_workbook_takes_and_no_two_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(
        path,
        [ONE, ONE, SheetOut("", ["x"], []), SheetOut("History", ["x"], []), SheetOut("x" * 40, ["x"], [])],
    )
    assert sheet_names(path) == ["Kết quả 9-1", "Kết quả 9-1 (2)", "Trang 1", "History 1", "x" * 31]
    assert sheet_name("'[a]*?:'") == "-a----"


def test_letters_a_workbook_cannot_hold_are_replaced(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv"):
        write_sheet(tmp_path / name, [SheetOut("A", ["x"], [["a\ud800b\ufffe"]])])
        assert read_sheet(tmp_path / name).rows[1] == ["a\ufffdb\ufffd"]


# -- export and import again


@pytest.fixture
def full(tmp_path: Path) -> Any:
    made = Register(tmp_path / "trường")
    made.fill(0, 85)
    made.enter(1, "toan", 1, {"tx1": "V", "gk": 70})
    room = save_room(made.db, {"name": "PM 1", "kind": LAB})
    assert room is not None
    (lab,) = rooms(made.db)
    add_machines(made.db, lab.id, {"name": "PC", "kind": "DE_BAN", "use": "DAY_HOC", "year": 2020}, n=3)
    fields = {"name": "Bảng đen", "code": "BĐ-01", "kind": "BAN_GHE", "tracked": ITEM, "price": 1_500_000}
    add_equipment(made.db, fields, quantity=1)
    yield made
    made.db.close()


def exported(made: Register) -> dict[str, list[SheetOut]]:
    return {
        "students": students_sheet(made.db, 2026),
        "marks": marks_sheets(made.db, made.class_id, 1),
        "machines": machine_sheets(made.db),
        "equipment": equipment_sheets(made.db),
    }


def unchanged(db: Database, kind: str, path: Path) -> None:
    """Import what was exported: nothing is added, changed or refused."""
    plan: Any = {
        "students": lambda: plan_import(db, path, year=2026),
        "marks": lambda: plan_marks(db, path, year=2026),
        "machines": lambda: plan_machines(db, path),
        "equipment": lambda: plan_equipment(db, path),
    }[kind]()
    counts = plan.count("added"), plan.count("changed")
    assert (counts, plan.refused) == ((0, 0), ()), (kind, path.name)
    assert plan.count("unchanged") > 0


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", ["students", "marks", "machines", "equipment"])
def test_what_is_exported_comes_back_unchanged(
    full: Register, tmp_path: Path, kind: str, ending: str
) -> None:
    path = tmp_path / f"ra{ending}"
    write_sheet(path, exported(full)[kind])
    unchanged(full.db, kind, path)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv"])
def test_what_libreoffice_saved_again_comes_back_unchanged(
    full: Register, tmp_path: Path, ending: str
) -> None:
    for kind, sheets in exported(full).items():
        path = tmp_path / f"{kind}.xlsx"
        write_sheet(path, sheets if ending != "csv" else sheets[:1])
        filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"}
        home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        command = ["soffice", home, "--headless", "--convert-to", filters.get(ending, ending), "--outdir"]
        subprocess.run(
            [*command, str(tmp_path / ending), str(path)], check=True, capture_output=True, timeout=120
        )
        unchanged(full.db, kind, tmp_path / ending / f"{kind}.{ending}")


LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "Mn", "Nd", "Zs", "Po"))
TEXTS = st.text(LETTERS, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.fixed_dictionaries(
        {
            "birth_place": TEXTS,
            "home": TEXTS,
            "note": TEXTS,
            "father_name": st.sampled_from(["", "Lò Văn Cha"]),
        }
    )
)
@example(values={"birth_place": "", "home": "", "note": "0\u17b4", "father_name": ""})
def test_any_record_survives_export_and_import(
    full: Register, tmp_path: Path, values: dict[str, str]
) -> None:
    from edudesk.students.fields import BY_KEY

    pupil = pupils(full.db, 2026)[0]
    save_pupil(full.db, pupil.id, {key: BY_KEY[key].parse(text) for key, text in values.items()})
    for ending in (".xlsx", ".csv"):
        path = tmp_path / f"ra{ending}"
        write_sheet(path, students_sheet(full.db, 2026))
        unchanged(full.db, "students", path)


def test_every_sheet_of_a_book_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, [ONE, ONE])
    assert [len(sheet.rows) for sheet in read_book(path).sheets] == [3, 3]
