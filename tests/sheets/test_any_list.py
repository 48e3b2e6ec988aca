"""Whatever a school sends: the plan says what the file says, or refuses; it never differs without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from odd_books import Odd, odd_books, save
from schools import YEAR, make_school

from edudesk.kernel.errors import Refused
from edudesk.school.rules import class_key
from edudesk.storage.database import Database
from edudesk.students.imports import ImportPlan, plan_import

Settings = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with make_school(tmp_path_factory.mktemp("odd") / "trường", ("9A1", "9A2")) as opened:
        yield opened


def agrees(school: Database, folder: Path, odd: Odd) -> None:
    """Every row that is taken is true, every true row is taken or refused, and nothing else is taken."""
    path = save(odd, folder)
    try:
        plan = plan_import(school, path, year=YEAR, class_text=odd.class_text)
    except Refused:
        return
    sheets = {page.name: page for page in odd.pages}
    last = odd.pages[-1]
    refused = {(note.sheet, note.row) for note in plan.refused}
    for row in plan.rows:
        page = sheets.get(row.sheet, last)
        assert row.row in page.truth, ("taken, but no pupil", row)
        pupil = page.truth[row.row]
        said = (
            row.fields["name"],
            row.fields.get("birth_date"),
            row.class_key,
            row.fields.get("code", pupil.code),
        )
        assert row.row not in page.broken, ("broken, but taken", row)
        assert said == (pupil.name, pupil.born.isoformat(), class_key(pupil.class_name), pupil.code)
    taken = {(row.sheet, row.row) for row in plan.rows}
    for page in odd.pages:
        name = page.name if not odd.encoding else path.stem
        lost = {row for row in page.truth if (name, row) not in taken | refused}
        assert not lost, ("neither taken nor refused", lost, warned(plan))


def warned(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in plan.warnings]


@settings(parent=Settings, max_examples=60)
@given(odd=odd_books())
def test_a_plan_is_the_truth_or_refuses(
    school: Database, tmp_path_factory: pytest.TempPathFactory, odd: Odd
) -> None:
    agrees(school, tmp_path_factory.mktemp("odd"), odd)


@pytest.mark.long
@settings(parent=Settings, max_examples=1000)
@given(odd=odd_books())
def test_a_thousand_plans_are_the_truth_or_refuse(
    school: Database, tmp_path_factory: pytest.TempPathFactory, odd: Odd
) -> None:
    agrees(school, tmp_path_factory.mktemp("odd"), odd)
