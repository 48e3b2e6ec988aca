"""The rule file of TT 22: whole, cited, and refused when somebody makes a hole in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edudesk.gradebook.rules.regulation import regulation_for, regulation_named
from edudesk.kernel.errors import Refused
from edudesk.kernel.paths import resource

TEXT = resource("regulations", "tt22_2021.toml").read_text(encoding="utf-8")


def places(folder: Path, text: str) -> set[str]:
    folder = folder / str(abs(hash(text)))  # files are read once to a folder
    folder.mkdir()
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        regulation_for(2026, 9, folder)
    assert all(problem.next for problem in refusal.value.problems)
    return {problem.place.removeprefix("rules.toml: ") for problem in refusal.value.problems}


def test_every_table_of_the_regulation_is_cited() -> None:
    found = regulation_for(2026, 9)
    assert found is regulation_for(2026, 9)
    assert found.cite("average") == "Điều 9 khoản 1, Thông tư 22/2021/TT-BGDĐT"
    assert "chưa đối chiếu" in found.cite("missing")
    assert found == regulation_named()


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("most_absences = 45", "promotion.most_absences"),
        ("beyond = 4", "regular.beyond"),
        ("midterm = 2", "average.midterm"),
        ("after_reassessment = true", "adjustment.after_reassessment"),
        ('nghe_thuat = ["am_nhac", "mi_thuat"]', ""),
        ("below = 5.0", "reassessment.below"),
    ],
)
def test_a_line_taken_out_is_missed_by_name(tmp_path: Path, line: str, place: str) -> None:
    text = TEXT.replace(line + "\n", "")
    assert text != TEXT
    if place:
        assert places(tmp_path, text) == {place}
    else:  # a list of contents may be empty: the subject then has none
        (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
        assert regulation_for(2026, 9, tmp_path).contents == {}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("most_absences = 45", "most_absences = -1", "promotion.most_absences"),
        ("most_absences = 45", 'most_absences = "45"', "promotion.most_absences"),
        ("each = 6.5", "each = 65", "levels.TOT.each"),
        ("each = 6.5", "each = 6.25", "levels.TOT.each"),
        ('both_failed = "KHONG_LEN_LOP"', 'both_failed = "LEN_LOP"', "promotion.both_failed"),
        ('from_levels = ["TOT", "KHA"]', 'from_levels = ["GIOI"]', "adjustment.from_levels"),
        ("periods = 70", "periods = 30", "regular.steps"),
        ('DAT = "KHA"', 'DAT = "GIOI"', "conduct_year.TOT.DAT"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert place in places(tmp_path, TEXT.replace(old, new, 1))


def test_thresholds_out_of_order_are_refused(tmp_path: Path) -> None:
    assert places(tmp_path, TEXT.replace("each = 6.5", "each = 4.0", 1)) == {"levels.TOT"}
    assert places(tmp_path, TEXT.replace("count_from = 8.0", "count_from = 6.0", 1)) == {
        "levels.TOT",
        "levels.TOT.count_from",
    }


def test_every_hole_is_told_at_once(tmp_path: Path) -> None:
    text = re.sub(r"(beyond|midterm|most_absences) = \d+\n", "", TEXT)
    assert places(tmp_path, text) == {"regular.beyond", "average.midterm", "promotion.most_absences"}


def test_a_missing_table_is_told_once(tmp_path: Path) -> None:
    text = re.sub(r"\[year_average\].*?\n\n", "\n", TEXT, flags=re.DOTALL)
    assert places(tmp_path, text) == {"year_average"}
