"""Rule files: which one a grade follows, and that a file with a hole is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from edudesk.kernel.errors import Refused
from edudesk.kernel.regulation import RuleTable, rule_file, rule_file_by_code, rule_files

SMALL = """
kind = "assessment"
code = "{code}"
name = "Thông tư {code}"
[rollout]
article = "Điều 1"
verified = true
[rollout.grades]
6 = {since}
"""


def write(folder: Path, code: str, since: object) -> None:
    (folder / f"{code}.toml").write_text(SMALL.format(code=code, since=since), encoding="utf-8")


def problems_of(folder: Path) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        rule_files(folder)
    return {(problem.code, problem.place) for problem in refusal.value.problems}


@pytest.mark.parametrize(
    ("year", "grades"),
    [
        (2021, {6}),
        (2022, {6, 7, 10}),
        (2023, {6, 7, 8, 10, 11}),
        (2024, set(range(6, 13))),
        (2030, set(range(6, 13))),
    ],
)
def test_grades_come_to_the_regulation_cohort_by_cohort(year: int, grades: set[int]) -> None:
    for grade in range(1, 13):
        if grade in grades:
            assert rule_file("assessment", year, grade).code == "TT22/2021"
        else:
            with pytest.raises(Refused) as refusal:
                rule_file("assessment", year, grade)
            assert refusal.value.code == "NO_REGULATION"


def test_the_newer_of_two_files_is_followed_from_its_year_on(tmp_path: Path) -> None:
    write(tmp_path, "old", 2021)
    write(tmp_path, "new", 2027)
    assert rule_file("assessment", 2026, 6, folder=tmp_path).code == "old"
    assert rule_file("assessment", 2027, 6, folder=tmp_path).code == "new"


def test_a_regulation_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(Refused) as refusal:
        rule_file_by_code("TT99/2099")
    assert "TT22/2021" in refusal.value.next


def test_a_file_that_only_speaks_of_a_regulation_is_not_it(tmp_path: Path) -> None:
    write(tmp_path, "a-new", 2027)
    with (tmp_path / "a-new.toml").open("a", encoding="utf-8") as file:
        file.write('[replaces]\narticle = "Điều 9"\nverified = true\ncode = "old"\n')
    write(tmp_path, "old", 2021)
    assert rule_file_by_code("old", folder=tmp_path).code == "old"


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("a = ", encoding="utf-8")
    (tmp_path / "letters.toml").write_bytes(b"a = '\xff'")
    assert problems_of(tmp_path) == {
        ("REGULATION_UNREADABLE", "broken.toml"),
        ("REGULATION_UNREADABLE", "letters.toml"),
    }


def test_every_hole_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = 'kind = 1\ncode = ""\n[rollout]\nverified = 1\n[rollout.grades]\n6 = "2021"\nsáu = 2021\n'
    (tmp_path / "holes.toml").write_text(text.replace("sáu", '"sáu"'), encoding="utf-8")
    assert problems_of(tmp_path) == {
        ("REGULATION_WRONG", "holes.toml: kind"),
        ("REGULATION_WRONG", "holes.toml: code"),
        ("REGULATION_HOLE", "holes.toml: name"),
        ("REGULATION_HOLE", "holes.toml: rollout.article"),
        ("REGULATION_WRONG", "holes.toml: rollout.verified"),
        ("REGULATION_WRONG", "holes.toml: rollout.grades.6"),
        ("REGULATION_WRONG", "holes.toml: rollout.grades.sáu"),
    }


def test_a_missing_table_is_one_problem_and_not_one_for_each_key() -> None:
    table = RuleTable("file.toml", {})
    assert table.table("levels").whole("count") == 0
    assert table.tables("steps") == []
    assert [problem.place for problem in table.problems] == ["file.toml: levels", "file.toml: steps"]
    with pytest.raises(Refused):
        table.finish()


def test_a_number_no_day_and_no_table_takes_is_wrong() -> None:
    table = RuleTable("file.toml", {"month": 10**30, "day": 10**9})
    assert (table.whole("month", 1), table.whole("day")) == (1, 10**9)
    assert [problem.place for problem in table.problems] == ["file.toml: month"]


def test_marks_of_a_file_are_exact() -> None:
    table = RuleTable("file.toml", {"good": 6, "text": "6,5", "fine": True})
    assert table.tenths("good") == 60
    assert (table.tenths("text"), table.tenths("fine")) == (0, 0)
    assert len(table.problems) == 2


def test_what_was_not_checked_says_so() -> None:
    checked = RuleTable("f", {"article": "Điều 6", "verified": True}).article()
    unchecked = RuleTable("f", {"article": "Điều 6", "verified": False, "note": "chưa đọc được"}).article()
    assert checked.cited == "Điều 6"
    assert unchecked.cited == "Điều 6 (chưa đối chiếu văn bản gốc)"
    assert unchecked.note == "chưa đọc được"


def test_the_files_of_the_program_are_whole() -> None:
    assert {file.code for file in rule_files()} >= {"TT22/2021", "GDPT2018"}
