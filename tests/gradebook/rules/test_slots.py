"""A cell of the register is a text in the file and a value in the program; both say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.slots import (
    PERIODS,
    Slot,
    SlotKind,
    content_of,
    is_regular,
    is_slot,
    is_test,
    kind_of,
    period_of,
    register_order,
    slot_head,
    slot_label,
    slot_of,
    slot_short,
)
from edudesk.gradebook.rules.words import slot_words

SLOTS = st.one_of(
    st.builds(Slot, st.just(SlotKind.TX), number=st.integers(1, 9)),
    st.builds(
        Slot,
        st.sampled_from([SlotKind.GK, SlotKind.CK]),
        content=st.sampled_from(["", "am_nhac", "mi_thuat", "khac"]),
    ),
    st.builds(Slot, st.sampled_from([SlotKind.KGK, SlotKind.KCK])),
)


@given(SLOTS)
def test_a_cell_is_written_as_it_is_read(slot: Slot) -> None:
    assert slot_of(str(slot)) == slot
    assert slot.period in PERIODS


@given(st.lists(SLOTS, unique=True))
def test_the_register_has_regular_cells_first_then_the_middle_then_the_end(slots: list[Slot]) -> None:
    ordered = sorted(map(str, slots), key=register_order)
    periods = [PERIODS.index(period) for slot in ordered if (period := period_of(slot)) is not None]
    assert periods == sorted(periods) and len(periods) == len(slots)
    assert sorted(["hk1", *ordered], key=register_order)[-1] == "hk1", "what is no cell comes last"


@pytest.mark.parametrize("text", ["", "tx", "tx0", "tx10", "gk.", "kgk.am_nhac", "hk1", "comment", "TX1"])
def test_what_no_subject_has_is_no_cell(text: str) -> None:
    assert not is_slot(text) and slot_of(text) is None
    assert not is_test(text) and not is_regular(text)
    assert (kind_of(text), period_of(text), content_of(text)) == (None, None, "")


def test_a_test_stands_beside_the_level_of_its_part_of_the_term() -> None:
    assert [period_of(slot) for slot in ("tx3", "gk.am_nhac", "kgk", "kck")] == ["tx", "gk", "gk", "ck"]
    assert [is_test(slot) for slot in ("kgk", "gk", "kck", "ck")] == [True, False, True, False]
    assert is_regular("tx1") and not is_regular("ck")
    assert content_of("ck.mi_thuat") == "mi_thuat"


def test_cells_have_names() -> None:
    assert (slot_label("tx3"), slot_label("ck.mi_thuat")) == ("ĐĐGtx3", "ĐĐGck · Mĩ thuật")
    assert (slot_label("kck"), slot_label("xyz")) == ("KT cuối kì", "ĐĐGxyz")
    assert (slot_short("tx4"), slot_short("gk.am_nhac")) == ("TX4", "GK Âm nhạc")
    assert (slot_short("kgk"), slot_short("xyz")) == ("KT giữa kì", "XYZ")
    assert (slot_head("ck.mi_thuat"), slot_head("tx2"), slot_head("xyz")) == ("ĐĐGck", "ĐĐGtx2", "ĐĐGxyz")


def test_cells_have_words_for_a_sentence() -> None:
    assert (slot_words("tx2"), slot_words("ck"), slot_words("gk.am_nhac")) == (
        "TX2",
        "cuối kì",
        "giữa kì Âm nhạc",
    )
    assert (slot_words("kgk"), slot_words("xyz")) == ("bài kiểm tra giữa kì", "XYZ")
