"""An assessment is chosen by data: the regulation of the grade, and the plan of the year."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import edudesk.gradebook
import edudesk.kernel.regulation as rule_store
from edudesk.gradebook.rules.assessment import (
    ASSESSMENTS,
    SHAPES,
    assessment_for,
    assessment_of,
    family_for,
    kind_in,
    read_mark,
    read_typed,
    term_result,
    term_slots,
)
from edudesk.gradebook.rules.marks import OWED
from edudesk.gradebook.rules.primary import primary_regulation, primary_regulation_for
from edudesk.gradebook.rules.regulation import CourseKind, Family, regulation_for, regulation_named
from edudesk.gradebook.rules.slots import is_slot
from edudesk.kernel.errors import Refused
from edudesk.kernel.paths import resource

LAWS = {Family.AVERAGES: regulation_named(), Family.STAGES: primary_regulation()}
KINDS = st.sampled_from(list(CourseKind))


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's rule files, with room for another."""
    for path in resource("regulations").glob("tt2*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    caches = (rule_store.rule_files, regulation_for, primary_regulation_for)
    with monkeypatch.context() as patch:
        patch.setattr(rule_store, "resource", lambda _name: tmp_path)
        for cache in caches:
            cache.cache_clear()
        yield tmp_path
    for cache in caches:
        cache.cache_clear()


def amended(path: Path, *changes: tuple[str, str]) -> str:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_new_regulation_of_a_known_shape_is_one_file(rules: Path) -> None:
    text = amended(
        rules / "tt22_2021.toml",
        ('"TT22/2021"', '"TT99/2030"'),
        ("6 = 2021", "6 = 2030"),
        ("final = 3", "final = 4"),
    )
    (rules / "tt99_2030.toml").write_text(text, encoding="utf-8")
    assert (assessment_for(2029, 6).code, assessment_for(2030, 6).code) == ("TT22/2021", "TT99/2030")
    later = assessment_for(2030, 6)
    assert [assessment_of("score").weight(slot, later) for slot in ("tx1", "gk", "ck")] == [1, 2, 4]


def test_the_rollout_says_which_shape_a_grade_follows(rules: Path) -> None:
    text = amended(rules / "tt27_2020.toml", ('"TT27/2020"', '"TT98/2030"'), ("5 = 2024", "13 = 2030"))
    (rules / "tt98_2030.toml").write_text(text, encoding="utf-8")
    assert (family_for(2026, 5), family_for(2026, 6)) == (Family.STAGES, Family.AVERAGES)
    assert family_for(2030, 13) is Family.STAGES
    assert family_for(2029, 13) is Family.AVERAGES, "the usual one where nothing is said"


def test_the_plan_chooses_among_the_kinds_of_the_shape() -> None:
    assert kind_in(Family.AVERAGES, "comment") is CourseKind.COMMENT
    assert kind_in(Family.AVERAGES, None) is CourseKind.SCORE
    assert kind_in(Family.STAGES, "comment") is CourseKind.PRIMARY


@given(KINDS, st.sampled_from(["toan", "tieng_viet", "gdtc", "nghe_thuat"]), st.integers(0, 400))
def test_every_kind_has_cells_that_exist_and_owes_all_of_them_at_first(
    kind: CourseKind, code: str, periods: int
) -> None:
    how = assessment_of(kind)
    law = LAWS[how.family]
    slots = term_slots(code, kind, periods, grade=4, regulation=law)
    assert slots and all(map(is_slot, slots)) and set(how.labels) <= {"gk", "ck"}
    assert term_result(slots, {}, kind, regulation=law).missing == slots
    assert law.cite(how.article) and law.cite(how.owed_article)


@given(KINDS, st.sampled_from(["", *OWED]))
def test_what_is_owed_is_read_alike_in_every_kind(kind: CourseKind, text: str) -> None:
    assert read_mark(text, kind) == read_typed(text, kind=kind) == (text or None)


@given(KINDS, st.sampled_from(["85", "8,5", "9", "10", "Đ", "cđ", "1", "0", "C", "t", "h", "hoàn thành"]))
def test_what_a_kind_reads_some_cell_of_it_keeps(kind: CourseKind, text: str) -> None:
    how = assessment_of(kind)
    try:
        value = read_typed(text, kind=kind)
    except Refused as refusal:
        assert refusal.code.startswith("MARK_")  # noqa: PT017
    else:
        tenths = kind == CourseKind.PRIMARY and isinstance(value, int) and value % 10
        assert tenths or any(how.check(value, slot) is None for slot in ("ck", "kck"))


def test_a_level_of_primary_school_is_taken_over_and_counts_nothing() -> None:
    how, law = assessment_of("primary"), LAWS[Family.STAGES]
    assert (how.year("H", "T", law), how.weight("ck", law), how.year_weights(law)) == ("T", 0, (0, 0))
    assert how.read_fast("85") is None and not how.computed
    assert term_result(("gk", "ck"), {"gk": "H", "ck": "T"}, "primary", regulation=law).value == "T"
    assert (how.is_number("kck"), how.is_number("ck")) == (True, False)


def tables() -> Iterator[tuple[str, Mapping[object, object]]]:
    """Every table of the gradebook that is keyed by family or by kind of assessment."""
    for module in pkgutil.walk_packages(edudesk.gradebook.__path__, "edudesk.gradebook."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if (
                isinstance(value, Mapping)
                and value
                and all(isinstance(key, (Family, CourseKind)) for key in value)
            ):
                yield f"{module.name}.{name}", value


OF_ONE_FAMILY = ("edudesk.gradebook.register.stored_marks._WHOLE",)  # read by what has averages alone


def test_no_table_forgets_a_shape() -> None:
    """Whoever adds a family or a kind is told every place that wants a line."""
    found = dict(tables())
    assert set(OF_ONE_FAMILY) <= set(found)
    incomplete = [name for name, table in found.items() if set(table) not in (set(Family), set(CourseKind))]
    assert incomplete == list(OF_ONE_FAMILY)
    assert set(ASSESSMENTS) == {kind for family in Family for kind in SHAPES[family].kinds}
