"""The command line's contract: names, shapes, exit codes, and one line for whatever goes wrong."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter

from edudesk.cli import build_parser, main
from edudesk.commands import COMMANDS
from edudesk.storage.instance import FolderLock


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        return self.data["error"]


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nhà"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "nhà"))

    def call(*words: object) -> Said:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "trường mẫu"
    assert main(["demo", "--out", str(folder), "--pupils", "180", "--year", "2026"]) == 0
    return folder


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo school, to change."""
    import shutil

    return Path(shutil.copytree(made_demo, tmp_path / "trường"))


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The English catalog, compiled for this story; Vietnamese again afterwards."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    from edudesk.kernel import words
    from edudesk.kernel.paths import resource

    target = tmp_path / "locale" / "en" / "LC_MESSAGES" / "edudesk.mo"
    target.parent.mkdir(parents=True)
    source = resource("locale", "en", "LC_MESSAGES", "edudesk.po")
    with source.open("rb") as po, target.open("wb") as mo:
        write_mo(mo, read_po(po, locale="en"))
    monkeypatch.setattr(words, "resource", lambda *parts: tmp_path.joinpath(*parts))
    yield
    words.use_language("vi")


def book(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    return path


def refused(said: Said, code: str, exit_code: int = 3) -> None:
    """One line on standard error: the code, a sentence; never a traceback."""
    assert said.code == exit_code, said
    assert said.err.startswith(f"{code}: "), said.err
    assert said.err.count("\n") == 1 and "Traceback" not in said.err
    assert said.out == ""


# -- a school from nothing


def test_a_school_is_made_filled_and_shown(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "trường mới"
    said = run("init", "--out", folder, "--name", "THCS Sông Trăng", "--level", "thcs", "--year", "2026")
    assert said.code == 0 and "THCS Sông Trăng" in said.out
    rows: list[tuple[object, ...]] = [("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp")]
    rows += [(1, "Lò Thị Ánh", "05/06/2012", "Nữ", "9A1"), (2, "Bùi Đạt", "31/02/2012", "Nam", "9A1")]
    file = book(tmp_path / "ds.xlsx", rows)
    unknown = run("import", "students", file, "--data", folder, "--json")
    assert unknown.data["added"] == 0
    assert [(r["row"], r["code"]) for r in unknown.data["refused"]][-1] == (3, "CLASS_UNKNOWN")
    trial = run("import", "students", file, "--data", folder, "--create-classes", "--dry-run", "--json")
    assert (trial.data["added"], trial.data["new_classes"]) == (1, ["9A1"])
    assert run("pupils", "--data", folder, "--json").data == []
    errors = tmp_path / "lỗi.xlsx"
    done = run("import", "students", file, "--data", folder, "--create-classes", "--errors", errors, "--json")
    assert done.code == 0 and errors.exists()
    assert done.data["refused"] == [
        {
            "row": 3,
            "column": "Ngày sinh",
            "value": "31/02/2012",
            "code": "DATE_NO_SUCH_DAY",
            "reason": "Không có ngày 31/02.",
            "fix": "Gõ ngày đúng.",
        }
    ]
    (pupil,) = run("pupils", "--class", "9 a1", "--data", folder, "--json").data
    assert (pupil["name"], pupil["birth_date"], pupil["sex"], pupil["class"]) == (
        "Lò Thị Ánh",
        "2012-06-05",
        "NU",
        "9A1",
    )
    again = run("import", "students", file, "--data", folder, "--json").data
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_the_same_seed_makes_the_same_school(run: Run, tmp_path: Path) -> None:
    words = ("--level", "thpt", "--pupils", "60", "--seed", "7", "--year", "2026", "--json")
    made = [run("demo", "--out", tmp_path / name, *words).data for name in ("a", "b")]
    assert [one["pupils"] for one in made] == [60, 60] and made[0]["accounts"]
    lists = [run("pupils", "--data", tmp_path / name, "--json").data for name in ("a", "b")]
    assert lists[0] == lists[1] and len(lists[0]) == 60
    other = run("demo", "--out", tmp_path / "c", *words[:4], "--seed", "8", "--year", "2026", "--json")
    assert other.code == 0
    assert run("pupils", "--data", tmp_path / "c", "--json").data != lists[0]


def test_a_folder_with_a_school_is_not_overwritten(run: Run, demo: Path) -> None:
    refused(run("init", "--out", demo, "--name", "X", "--level", "thcs"), "SCHOOL_EXISTS")
    refused(run("demo", "--out", demo), "SCHOOL_EXISTS")


def test_a_level_that_is_none_has_no_demo_and_leaves_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--out", tmp_path / "x", "--level", "dai-hoc").code == 2
    assert not (tmp_path / "x").exists()


# -- marks


def test_a_mark_is_set_read_and_explained(run: Run, demo: Path) -> None:
    sheet = ("--class", "9A3", "--subject", "toan", "--term", "1", "--data", demo)
    before = run("marks", "get", *sheet, "--pupil", "#5", "--json").data[0]
    said = run(
        "marks", "set", *sheet, "--pupil", "#5", "--slot", "ck", "--value", "8,5", "--reason", "x", "--json"
    )
    assert said.code == 0 and said.data["value"] == 8.5
    (line,) = run("marks", "get", *sheet, "--pupil", "#5", "--json").data
    assert line["marks"] == {**before["marks"], "ck": 8.5}
    tenths = {slot: round(value * 10) for slot, value in line["marks"].items()}
    total = sum(tenths[f"tx{n}"] for n in range(1, 5)) + 2 * tenths["gk"] + 3 * tenths["ck"]
    assert round(line["average"] * 10) == (2 * total + 9) // 18
    told = run(
        "explain", "--class", "9A3", "--subject", "toan", "--term", "1", "--pupil", "#5", "--data", demo
    )
    assert told.code == 0 and "Điều 9" in told.out
    column = run("marks", "get", *sheet, "--slot", "gk", "--json").data
    assert all(set(line["marks"]) == {"gk"} for line in column)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("85", "MARK_RANGE"),
        ("8.25", "MARK_STEP"),
        ("-1", "MARK_RANGE"),
        ("tám", "MARK_NOT_NUMBER"),
        ("10,1", "MARK_RANGE"),
    ],
)
def test_a_value_that_is_no_mark_is_refused(run: Run, demo: Path, value: str, code: str) -> None:
    words = (
        "--class",
        "9A3",
        "--subject",
        "toan",
        "--term",
        "1",
        "--pupil",
        "#5",
        "--slot",
        "ck",
        "--data",
        demo,
    )
    refused(run("marks", "set", *words, f"--value={value}"), code)


def test_marks_come_from_a_long_list(run: Run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "điểm.csv"
    file.write_text(
        "class,pupil,subject,term,slot,value\n9A3,#1,toan,1,tx1,7.5\n9A3,#2,toan,1,tx1,85\n9A3,#999,toan,1,tx1,7\n",
        encoding="utf-8",
    )
    trial = run("import", "marks", file, "--dry-run", "--data", demo, "--json")
    done = run("import", "marks", file, "--data", demo, "--json")
    assert trial.data == done.data and done.code == 0
    assert [(r["row"], r["code"]) for r in done.data["refused"]] == [(3, "MARK_RANGE"), (4, "PUPIL_UNKNOWN")]
    (line,) = run(
        "marks",
        "get",
        "--class",
        "9A3",
        "--subject",
        "toan",
        "--term",
        "1",
        "--pupil",
        "#1",
        "--data",
        demo,
        "--json",
    ).data
    assert line["marks"]["tx1"] == 7.5
    again = run("import", "marks", file, "--data", demo, "--json").data
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_an_exported_sheet_is_read_back_as_unchanged(run: Run, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "toán 9A3.xlsx"
    words = ("--class", "9A3", "--subject", "toan", "--term", "1", "--data", demo)
    assert run("export", "marks", "-o", file, *words).code == 0
    pupils_file = tmp_path / "hs.xlsx"
    assert run("export", "students", "-o", pupils_file, "--data", demo).code == 0
    back = run("import", "students", pupils_file, "--data", demo, "--json").data
    assert (back["added"], back["changed"], back["unchanged"], back["refused"]) == (0, 0, 180, [])


def test_a_sheet_exported_in_english_is_read_back(
    run: Run, demo: Path, tmp_path: Path, english: None
) -> None:
    file = tmp_path / "maths.xlsx"
    words = ("--class", "9A3", "--term", "1", "--data", demo)
    assert run("export", "marks", "-o", file, *words, "--lang", "en").code == 0
    back = run("import", "marks", file, "--data", demo, "--json").data
    assert back["refused"] == [] and (back["added"], back["changed"]) == (0, 0) and back["unchanged"] > 500


# -- results and papers


def test_results_have_the_shape_of_the_contract(run: Run, demo: Path) -> None:
    for term in ("1", "2", "year"):
        found = run("results", "--class", "9A3", "--term", term, "--data", demo, "--json").data
        assert {
            "averages",
            "comments",
            "learning",
            "base_learning",
            "conduct",
            "title",
            "promotion",
            "missing",
        } <= set(found[0])
        assert {one["learning"] for one in found} <= {"TOT", "KHA", "DAT", "CHUA_DAT", None}
        outcomes = {one["promotion"] for one in found}
        assert outcomes <= {
            "HOAN_THANH_CHUONG_TRINH",
            "CHUA_HOAN_THANH",
            "DANH_GIA_LAI",
            "REN_LUYEN_HE",
            None,
        }
    assert run("results", "--class", "9A3", "--data", demo).out.count("\n") == len(found)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("class-list", ()),
        ("class-sheet", ("--subject", "toan", "--term", "1")),
        ("results", ("--term", "year")),
        ("report-slip", ("--term", "1", "--pupil", "#2")),
    ],
)
def test_each_paper_is_printed(
    run: Run, demo: Path, tmp_path: Path, kind: str, options: tuple[str, ...]
) -> None:
    target = tmp_path / "giấy.pdf"
    said = run("print", kind, "-o", target, "--class", "9A3", *options, "--data", demo, "--json")
    assert said.code == 0 and said.data["pages"] >= 1
    assert target.read_bytes().startswith(b"%PDF-")


def test_prints_and_exports_name_their_kinds_and_what_they_need(run: Run, demo: Path, tmp_path: Path) -> None:
    assert {"class-list", "class-sheet", "results", "report-slip"} <= {
        kind["kind"] for kind in run("print", "--list", "--json").data
    }
    assert "students" in run("export", "--list").out
    refused(run("print", "poster", "-o", tmp_path / "x.pdf", "--data", demo), "KIND_UNKNOWN", exit_code=2)
    refused(run("print", "--data", demo), "KIND_UNKNOWN", exit_code=2)
    refused(run("print", "class-list", "--data", demo), "OUTPUT_MISSING", exit_code=2)
    refused(
        run("print", "class-sheet", "-o", tmp_path / "x.pdf", "--class", "9A3", "--data", demo),
        "OPTION_MISSING",
        exit_code=2,
    )
    said = run("print", "class-list", "-o", tmp_path, "--class", "9A3", "--data", demo)
    assert said.code == 4 and said.err.count("\n") == 1, said
    assert (
        run(
            "export", "results", "-o", tmp_path / "kq.xlsx", "--class", "9A3", "--term", "1", "--data", demo
        ).code
        == 0
    )


def test_a_tour_shows_every_page_and_paper_and_changes_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    from edudesk.commands import PAPERS
    from edudesk.handbook.chapters import chapters
    from edudesk.slices import PAGES, open_school

    with open_school(demo) as db:
        db.set_local("shell.page", "homeroom")
        before = db.all("select key, value from local"), db.value("select count(*) from journal")
    files = [Path(name) for name in run("tour", "--out", tmp_path / "ảnh", "--data", demo, "--json").data]
    names = {file.name for file in files}
    assert {f"{kind}.pdf" for kind in PAPERS} <= names
    assert all(any(page.key in name for name in names) for page in PAGES)
    told = {name.removeprefix("tieu-hoc-") for chapter in chapters() for name in chapter.pictures}
    assert told <= names, "the handbook shows what the tour sees"
    assert {page.key for page in PAGES} <= {word for name in told for word in re.split(r"[-.]", name)}
    for file in files:
        assert file.read_bytes().startswith(b"%PDF-" if file.suffix == ".pdf" else b"\x89PNG"), file
    with open_school(demo) as db:
        assert (db.all("select key, value from local"), db.value("select count(*) from journal")) == before


# -- what goes wrong


def test_wrong_usage_is_exit_two_with_one_line(run: Run) -> None:
    for words in (["fly"], ["pupils", "--wings"], ["marks", "set", "--class", "9A1"], ["import"], ["init"]):
        refused(run(*words), "USAGE", exit_code=2)


def test_wrong_usage_is_said_in_vietnamese(run: Run, tmp_path: Path) -> None:
    assert "cần một giá trị" in run("--data").err
    assert "không có 'gà'" in run("demo", "--level", "gà", "--out", tmp_path / "x").err
    assert "còn thiếu: --name, --level" in run("init", "--out", tmp_path / "x").err
    for year in ("99999", "-1", "hai"):
        refused(run("pupils", "--year", year), "USAGE", exit_code=2)
    for count in ("0", "-5", "nhiều", "999999"):
        refused(run("demo", f"--pupils={count}", "--out", tmp_path / "x"), "USAGE", exit_code=2)


def test_a_school_that_is_refused_leaves_no_folder(run: Run, tmp_path: Path) -> None:
    refused(run("init", "--out", tmp_path / "x", "--name", " ", "--level", "thcs"), "SCHOOL_NAME")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("pupils", [1, 3, 24, 61])
def test_a_small_demo_school_is_a_school(run: Run, tmp_path: Path, pupils: int) -> None:
    made = run("demo", "--out", tmp_path / "x", "--pupils", pupils, "--year", "2026", "--json").data
    assert (made["pupils"], len(run("pupils", "--data", tmp_path / "x", "--json").data)) == (pupils, pupils)
    assert run("results", "--class", "9A1", "--data", tmp_path / "x").code == 0


def test_no_words_at_all_open_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[Path, bool]] = []
    monkeypatch.setattr(
        "edudesk.app.run_window", lambda folder, *, measure: opened.append((folder, measure)) or 0
    )
    assert main([]) == 0
    assert main(["--measure", "--data", "trường"]) == 0
    assert [measure for _folder, measure in opened] == [False, True]


def test_what_is_not_there_is_named(run: Run, demo: Path, tmp_path: Path) -> None:
    refused(run("pupils", "--data", tmp_path / "không có"), "NO_SCHOOL")
    refused(run("pupils", "--class", "9Z9", "--data", demo), "CLASS_UNKNOWN")
    refused(run("pupils", "--year", "2031", "--data", demo), "NO_YEAR")
    sheet = ("--class", "9A3", "--term", "1", "--data", demo)
    refused(run("marks", "get", "--subject", "bay", *sheet), "SUBJECT_UNKNOWN")
    refused(run("marks", "get", "--subject", "vat_li", *sheet), "SUBJECT_NOT_TAUGHT")
    refused(run("marks", "get", "--subject", "toan", "--slot", "tx9", *sheet), "MARK_SLOT")
    refused(run("explain", "--pupil", "#99", *sheet), "PUPIL_UNKNOWN")
    refused(
        run("import", "students", tmp_path / "không có.xlsx", "--data", demo), "FILE_MISSING", exit_code=4
    )


def test_errors_are_json_when_asked(run: Run, demo: Path) -> None:
    said = run("pupils", "--class", "9Z9", "--data", demo, "--json")
    assert said.code == 3 and said.error["code"] == "CLASS_UNKNOWN"
    assert said.error["message"] and said.error["next"] and len(said.error["problems"]) == 1
    assert json.loads(said.err) == said.data
    assert run("fly", "--json").error["code"] == "USAGE"


def test_while_a_window_holds_the_data_reads_work_and_writes_are_busy(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    with FolderLock(demo):
        assert run("pupils", "--class", "9A3", "--data", demo).code == 0
        words = ("--class", "9A3", "--subject", "toan", "--term", "1", "--pupil", "#5", "--slot", "ck")
        refused(run("marks", "set", *words, "--value", "8", "--data", demo), "BUSY", exit_code=4)
    assert run("marks", "set", *words, "--value", "8", "--data", demo).code == 0


def test_a_bug_is_one_line_and_a_log(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edudesk.students.commands.pupils", lambda *_a, **_k: 1 / 0)
    refused(run("pupils", "--data", demo), "BUG", exit_code=1)
    (log,) = (tmp_path / "nhà").rglob("edudesk.log")
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_the_doctor_finds_a_healthy_school_and_names_a_changed_byte(run: Run, demo: Path) -> None:
    from edudesk.slices import open_school

    said = run("doctor", "--data", demo)
    assert said.code == 0 and "chưa bảo vệ được gì" in said.out
    with open_school(demo) as db:
        db.connection.execute("update journal set c = zeroblob(32) where seq = 5 and stream = 2")
    refused(run("doctor", "--data", demo), "CHAIN")


def test_assess_reads_a_file_or_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {
        "id": "a",
        "regulation": "TT22/2021",
        "kind": "subject_semester",
        "input": {"tx": [8, 9], "gk": 7, "ck": 8},
    }
    file = tmp_path / "ca.json"
    file.write_text(json.dumps([case, {"id": "b", "kind": "?"}]), encoding="utf-8")
    good, bad = run("assess", file, "--json").data
    assert good["output"]["dtbmhk"] == 7.9 and "error" in bad and "output" not in bad
    assert json.loads(run("assess", file).out)[0]["output"]["dtbmhk"] == 7.9
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert run("assess", "-", "--json").data[0]["output"]["dtbmhk"] == 7.9
    refused(run("assess", tmp_path / "không có.json"), "FILE_MISSING", exit_code=4)


def test_every_verb_says_what_it_does(run: Run) -> None:
    parser = build_parser()
    for verb in COMMANDS:
        with pytest.raises(SystemExit) as done:
            parser.parse_args([*verb.name.split(), "--help"])
        assert done.value.code == 0
        assert verb.help


# -- lists in and out


def test_what_an_export_writes_follows_its_name(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "trường"
    run("init", "--out", folder, "--name", "THCS Sông Trăng", "--level", "thcs", "--year", "2026")
    rows: list[tuple[object, ...]] = [("STT", "Họ và tên", "Ngày sinh", "Lớp")]
    file = book(tmp_path / "ds.xlsx", [*rows, (1, "Lò Thị Ánh", "05/06/2012", "9/1")])
    run("import", "students", file, "--data", folder, "--create-classes")
    out = tmp_path / "ra.csv"
    assert run("export", "students", "-o", out, "--data", folder).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("import", "students", out, "--data", folder, "--json").data["unchanged"] == 1
    for name in ("ra.ods", "ra.pdf", "ra.xls", "ra"):
        refused(run("export", "students", "-o", tmp_path / name, "--data", folder), "OUTPUT_ENDING")
        assert not (tmp_path / name).exists()
    refused(
        run("export", "mark-form", "--class", "9/1", "--term", "1", "-o", out, "--data", folder),
        "OUTPUT_ENDING",
    )
    refused(
        run("import", "students", file, "--errors", tmp_path / "lỗi.pdf", "--data", folder), "OUTPUT_ENDING"
    )
    results = run(
        "export", "results", "--class", "9/1", "--term", "1", "-o", tmp_path / "kq.xlsx", "--data", folder
    )
    assert results.code == 0


def test_staff_come_in_from_a_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "trường"
    run("init", "--out", folder, "--name", "THCS Sông Trăng", "--level", "thcs", "--year", "2026")
    rows: list[tuple[object, ...]] = [
        ("Họ và tên", "Chức vụ"),
        ("Lê Văn An", "Giáo viên"),
        ("Vũ B", "Phi công"),
    ]
    file = book(tmp_path / "gv.xlsx", rows)
    trial = run("import", "staff", file, "--dry-run", "--data", folder, "--json")
    done = run("import", "staff", file, "--data", folder, "--json")
    assert trial.data["added"] == done.data["added"] == 1
    assert [note["code"] for note in done.data["refused"]] == ["ROLE_UNKNOWN"]
    assert run("import", "staff", file, "--data", folder, "--json").data["unchanged"] == 1
    refused(run("import", "staff", tmp_path / "không.xlsx", "--data", folder), "FILE_MISSING", 4)
