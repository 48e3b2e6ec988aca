"""The page of the register after a Step of marks is the page that would be read anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from registers import Register

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.gradebook.register.sheet import class_sheet, sheet_after

SLOTS = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
cell = st.tuples(st.integers(0, 3), st.sampled_from(SLOTS), st.sampled_from((None, 0, 55, 100, "V")))
blocks = st.lists(
    st.tuples(st.sampled_from(("toan", "ngu_van")), st.sampled_from((1, 2)), st.lists(cell, max_size=6)),
    max_size=5,
)


@settings(max_examples=25)
@given(blocks, st.integers(0, 2))
def test_following_steps_is_reading_anew(
    steps: list[tuple[str, int, list[tuple[int, str, int | str | None]]]], term: int
) -> None:
    with TemporaryDirectory() as folder:
        register = Register(Path(folder, "trường"))
        db, room = register.db, register.class_id
        sheet = class_sheet(db, room, "toan", term)
        for code, one_term, cells in steps:
            entries = {(n, slot): MarkEntry(register.pupils[n], slot, value) for n, slot, value in cells}
            step = enter_marks(db, SheetKey(room, code, one_term), list(entries.values()))
            sheet = sheet_after(db, sheet, step)
            assert sheet == class_sheet(db, room, "toan", term)
        while (taken := db.undo()) is not None and taken.touches("mark"):
            sheet = sheet_after(db, sheet, taken)
            assert sheet == class_sheet(db, room, "toan", term)
        db.close()
