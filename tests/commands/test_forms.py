"""Forms from the command line: export mark-form, import marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from registers import NAMES, Register
from schools import change_subject
from workbooks import put, resave

from edudesk.cli import main
from edudesk.gradebook.exchange.form_template import HIDDEN
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.staff.store import save_member


class Line:
    """The command line over one school; answers (exit code, the JSON document)."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def __call__(self, *words: object) -> tuple[int, Any]:
        code = main(["--data", str(self._folder), "--json", *map(str, words)])
        return code, json.loads(self._capsys.readouterr().out)

    def text(self, *words: object) -> str:
        assert main(["--data", str(self._folder), *map(str, words)]) == 0
        return self._capsys.readouterr().out


@pytest.fixture
def line(register: Register, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(Path(register.db.path).parent, capsys)


def first_mark(register: Register, pupil: int) -> object:
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    return next(x for x in sheet.lines if x.pupil_id == register.pupils[pupil]).marks[0]


@pytest.fixture
def form(register: Register, line: Line, tmp_path: Path) -> Path:
    path = tmp_path / "toán.xlsx"
    code, data = line("export", "mark-form", "--class", "9A2", "--subject", "toan", "--term", 1, "-o", path)
    assert (code, data["pages"], data["empty"]) == (0, 1, 24)
    return path


def test_a_form_is_recognised_tried_and_taken(register: Register, line: Line, form: Path) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    code, tried = line("import", "marks", form, "--dry-run")
    assert (code, tried["added"], tried["changed"], tried["refused"]) == (0, 1, 0, [])
    assert first_mark(register, 0) is None
    said = line.text("import", "marks", form)
    assert said.startswith("1 thêm, 0 sửa")
    assert first_mark(register, 0) == 85


def test_what_changed_on_both_sides_is_refused_unless_asked_for(
    register: Register, line: Line, form: Path
) -> None:
    register.enter(0, "toan", 1, {"tx1": 60})
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    code, data = line("import", "marks", form)
    assert (code, data["changed"]) == (0, 0)
    assert [(note["code"], note["value"]) for note in data["refused"]] == [("CONFLICT", "8,5")]
    assert "Ở đây 6,0, trong phiếu 8,5" in data["refused"][0]["reason"]
    assert first_mark(register, 0) == 60
    code, data = line("import", "marks", form, "--take-file")
    assert (code, data["changed"], data["refused"]) == (0, 1, [])
    assert first_mark(register, 0) == 85


def test_a_wrong_cell_is_named_and_the_rest_goes_in(register: Register, line: Line, form: Path) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", 85))
    resave(form, put("Toán", NAMES[1], "tx1", "6,5"))
    _code, data = line("import", "marks", form)
    note = data["refused"][0]
    assert (note["code"], note["column"], note["fix"]) == ("MARK_RANGE", "tx1", "Ghi 8,5.")
    assert (first_mark(register, 0), first_mark(register, 1)) == (None, 65)


def test_a_damaged_form_goes_in_plain(register: Register, line: Line, form: Path) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    resave(form, lambda book: book[HIDDEN].pop())
    code, data = line("import", "marks", form)
    assert (code, data["error"]["code"]) == (3, "FORM_DAMAGED")
    code, data = line("import", "marks", form, "--plain")
    assert (code, data["added"]) == (0, 1)
    assert first_mark(register, 0) == 85


def test_a_teachers_pages_by_name(register: Register, line: Line, tmp_path: Path) -> None:
    teacher = save_member(register.db, {"name": "Cao Thị Hạnh"}).changes[0].row
    for code in ("toan", "tin_hoc"):
        change_subject(register.db, register.class_id, code, teacher_id=teacher)
    path = tmp_path / "hạnh.xlsx"
    code, data = line("export", "mark-form", "--teacher", "cao thi hanh", "--term", 1, "-o", path)
    assert (code, data["pages"]) == (0, 2)
    code, data = line("export", "mark-form", "--teacher", "Ai Đó", "--term", 1, "-o", path)
    assert (code, data["error"]["code"]) == (3, "TEACHER_UNKNOWN")
    code, data = line("export", "mark-form", "--term", 1, "-o", path)
    assert (code, data["error"]["code"]) == (2, "OPTION_MISSING")
    save_member(register.db, {"name": "Cao Thị Hạnh"})
    code, data = line("export", "mark-form", "--teacher", "Cao Thị Hạnh", "--term", 1, "-o", path)
    assert data["error"]["code"] == "TEACHER_TWICE"
