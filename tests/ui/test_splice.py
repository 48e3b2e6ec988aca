"""Rows that come and go in the middle take their looks with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from edudesk.ui.table.columns import Column
from edudesk.ui.table.model import TableModel

rows = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)


def model() -> TableModel:
    return TableModel([Column("name", "Tên", str)])


def looks(shown: TableModel) -> list[str]:
    return [shown.style(row, 0).text for row in range(shown.rowCount())]


@pytest.mark.parametrize("after", ["aXYd", "aXd", "ad", "XbcdY", "dcba"])
def test_every_row_looks_like_its_own_record(after: str, qtbot: QtBot) -> None:
    shown = model()
    shown.set_rows(list("abcd"), key=str)
    assert looks(shown) == list("abcd")
    shown.set_rows(list(after), key=str)
    assert looks(shown) == list(after)


@given(st.lists(rows, min_size=2, max_size=5))
def test_whatever_the_rows_were_before(turns: list[list[str]]) -> None:
    shown = model()
    for records in turns:
        shown.set_rows(records, key=str)
        assert looks(shown) == records
