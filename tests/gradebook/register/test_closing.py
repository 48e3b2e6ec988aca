"""Closing a term: the confirmed cells count, the rest stays owed, and all of it is locked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from registers import Register
from schools import YEAR

from edudesk.gradebook.register.closing import close_term, closing_plan
from edudesk.gradebook.register.history import mark_history
from edudesk.gradebook.register.locks import lock_marks, read_locks, unlock_marks
from edudesk.gradebook.register.marks import MarkEntry, enter_mark
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.results.explain import explain_average
from edudesk.gradebook.rules.closing import ClosingPlan
from edudesk.gradebook.rules.locks import Scope
from edudesk.kernel.access import Author
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.words import use_language
from edudesk.school.store import class_named
from edudesk.storage.doctor import examine
from edudesk.storage.history import vector

WHY = "Đóng sổ học kì I: không nộp bài"


def refused(action: object, *args: object) -> Refused:
    with pytest.raises(Refused) as said:
        action(*args)  # type: ignore[operator]
    return said.value


def plan(register: Register) -> ClosingPlan:
    return closing_plan(register.db, YEAR, 1, register.class_id)


def close(register: Register, letters: str = "K", found: ClosingPlan | None = None) -> Step:
    seen = found or plan(register)
    return close_term(register.db, seen, seen.chosen(letters), WHY)


@pytest.fixture
def owing(register: Register) -> Register:
    """Two pupils complete but for a K in toan, a V in gdtc, and a P in toan; the others have nothing."""
    register.fill(0, 75, terms=(1,))
    register.fill(1, 60, terms=(1,))
    register.enter(0, "toan", 1, {"tx1": "K", "ck": "P"})
    register.enter(1, "gdtc", 1, {"gk": "K", "ck": "M"})
    register.enter(1, "tin_hoc", 1, {"tx1": "V"})
    return register


def marks(register: Register, code: str, pupil: int) -> dict[str, object]:
    sheet = class_sheet(register.db, register.class_id, code, 1)
    slots = [column.slot for column in sheet.columns]
    return dict(zip(slots, sheet.lines[pupil].marks, strict=True))


def test_the_plan_lists_every_letter_and_counts_what_is_blank(owing: Register) -> None:
    found = plan(owing)
    cells = {(cell.name, cell.key.code, cell.key.slot): cell for cell in found.cells}
    assert {key: cell.value for key, cell in cells.items()} == {
        ("Lò Thị Ánh", "toan", "tx1"): "K",
        ("Lò Thị Ánh", "toan", "ck"): "P",
        ("Vàng A Bình", "gdtc", "gk"): "K",
        ("Vàng A Bình", "tin_hoc", "tx1"): "V",
    }
    assert {cell.becomes for cell in cells.values() if cell.key.code == "gdtc"} == {"CD"}
    toan = next(page for page in found.pages if page.code == "toan")
    assert toan.blank == 2 * len(class_sheet(owing.db, owing.class_id, "toan", 1).columns)
    assert next(page for page in found.pages if page.code == "gdtc").blank % 2 == 1, "the M is one more"
    assert found.articles and "chưa đối chiếu" in found.articles[0]


def test_what_was_not_handed_in_counts_and_the_rest_stays_owed(owing: Register) -> None:
    close(owing)
    toan, gdtc = marks(owing, "toan", 0), marks(owing, "gdtc", 1)
    assert (toan["tx1"], toan["ck"], gdtc["gk"], gdtc["ck"]) == (0, "P", "CD", "M")
    assert marks(owing, "tin_hoc", 1)["tx1"] == "V"
    assert marks(owing, "toan", 2)["gk"] is None
    (change,) = [c for c in mark_history(owing.db, owing.key(), slot="tx1") if c.new == 0]
    assert (change.old, change.label, change.reason) == ("K", "Đóng sổ học kì I", WHY)


def test_v_and_p_count_when_they_are_confirmed_cell_by_cell(owing: Register) -> None:
    seen = plan(owing)
    chosen = [cell.key for cell in seen.cells if cell.value == "P"]
    close_term(owing.db, seen, chosen, WHY)
    assert (marks(owing, "toan", 0)["ck"], marks(owing, "toan", 0)["tx1"]) == (0, "K")


def test_a_closed_term_is_locked_and_not_undone(owing: Register) -> None:
    close(owing)
    (lock,) = read_locks(owing.db.all, YEAR)
    assert (lock.scope, lock.reason) == (Scope(YEAR, owing.class_id, None, 1), WHY)
    assert refused(enter_mark, owing.db, owing.key(), MarkEntry(owing.pupils[0], "tx1", 50)).code == "LOCKED"
    assert refused(owing.db.undo).code == "LOCKED"
    assert all(finding.fine for finding in examine(owing.db))
    enter_mark(owing.db, owing.key(term=2), MarkEntry(owing.pupils[0], "tx1", 50))


def test_the_lock_knows_of_the_marks_that_were_written_with_it(owing: Register) -> None:
    """What a lock's vector does not know is parked by a merge: the zeros must not be."""
    close(owing)
    ((text,),) = owing.db.all("select vector from mark_lock")
    ((stream, known),) = json.loads(text)
    ((name, last),) = vector(owing.db, [f"marks:{owing.class_id}"])
    assert stream == name and known == last - 1, "all but the lock's own row"


def test_a_school_is_closed_at_once(owing: Register) -> None:
    seen = closing_plan(owing.db, YEAR, 1)
    assert seen.classes == 2 and len(seen.cells) == 4
    close_term(owing.db, seen, seen.chosen("K"), WHY)
    other = class_named(owing.db, YEAR, "6A1").id
    assert read_locks(owing.db.all, YEAR)[0].scope == Scope(YEAR, term=1)
    assert not [page for page in closing_plan(owing.db, YEAR, 1, other).pages if page.cells]


def test_a_term_is_closed_again_only_where_something_is_left_to_do(owing: Register) -> None:
    close(owing)
    assert refused(close, owing, "").code == "LOCK_THERE"
    assert plan(owing).chosen("VPK") == (), "a lock holds them"
    unlock_marks(owing.db, [Scope(YEAR, owing.class_id)], until=dt.date.today(), reason="bù")
    close(owing, "VPK")
    assert (marks(owing, "tin_hoc", 1)["tx1"], marks(owing, "toan", 0)["ck"]) == (0, 0)
    assert len(read_locks(owing.db.all, YEAR)) == 2


def test_a_page_that_was_locked_before_is_closed_without_another_lock(owing: Register) -> None:
    lock_marks(owing.db, [Scope(YEAR, owing.class_id, "toan", 1)], reason="nộp sổ")
    seen = plan(owing)
    assert [cell.locked for cell in seen.cells if cell.key.code == "toan"] == [True, True]
    held = [cell.key for cell in seen.cells if cell.locked]
    assert refused(close_term, owing.db, seen, held, WHY).code == "CLOSING_HELD"
    close(owing)
    assert marks(owing, "toan", 0)["tx1"] == "K"


def test_what_changed_after_it_was_seen_is_not_turned_and_nothing_else_is(owing: Register) -> None:
    seen = plan(owing)
    enter_mark(owing.db, owing.key(), MarkEntry(owing.pupils[0], "tx1", 80))
    found = refused(close_term, owing.db, seen, seen.chosen("K"), WHY)
    assert (found.code, found.problems[0].place) == ("CLOSING_STALE", "Lò Thị Ánh")
    assert read_locks(owing.db.all, YEAR) == [] and marks(owing, "gdtc", 1)["gk"] == "K"


def test_closing_wants_words_a_term_and_the_office(owing: Register) -> None:
    seen = plan(owing)
    assert refused(close_term, owing.db, seen, (), " ").code == "LOCK_REASON"
    assert refused(closing_plan, owing.db, YEAR, 0).code == "TERM_UNKNOWN"
    owing.db.author = Author("lan", "subject_teacher")
    assert refused(close_term, owing.db, seen, (), WHY).code == "LOCK_STANDING"


def test_the_explanation_says_that_a_nought_came_from_closing(owing: Register) -> None:
    enter_mark(owing.db, owing.key(), MarkEntry(owing.pupils[1], "tx1", 0))
    close(owing, "VPK")
    page = (owing.db, owing.class_id)
    title, sentence = explain_average(*page, "toan", term=1, pupil_id=owing.pupils[0]).notice
    assert (
        "đóng sổ" in title
        and "TX1: K, tính khi đóng sổ" in sentence
        and "CK: P" in sentence
        and WHY in sentence
    )
    assert "GK: K" in explain_average(*page, "gdtc", term=1, pupil_id=owing.pupils[1]).notice[1]
    typed = explain_average(*page, "toan", term=1, pupil_id=owing.pupils[1])
    assert typed.notice == ("", ""), "a nought that was typed is its teacher's"
    assert explain_average(*page, "toan", term=0, pupil_id=owing.pupils[0]).notice == ("", "")


@pytest.fixture
def vietnamese_after() -> Iterator[None]:
    yield
    use_language("vi")


@pytest.mark.parametrize(("closed_in", "read_in"), [("vi", "en"), ("en", "vi")])
def test_a_nought_from_closing_is_explained_in_whatever_language_it_is_read(
    owing: Register, vietnamese_after: None, closed_in: str, read_in: str
) -> None:
    use_language(closed_in)
    close(owing, "VPK")
    use_language(read_in)
    page = (owing.db, owing.class_id)
    title, sentence = explain_average(*page, "toan", term=1, pupil_id=owing.pupils[0]).notice
    assert title and "K" in sentence and WHY in sentence


def test_what_a_second_closing_turned_is_explained_too(owing: Register) -> None:
    close(owing)
    unlock_marks(owing.db, [Scope(YEAR, owing.class_id)], until=dt.date.today(), reason="bù")
    close(owing, "VPK")
    notice = explain_average(owing.db, owing.class_id, "toan", term=1, pupil_id=owing.pupils[0]).notice
    assert "TX1: K" in notice[1] and "CK: P" in notice[1]


def test_a_nought_typed_over_a_letter_in_an_open_term_is_its_teachers(owing: Register) -> None:
    enter_mark(owing.db, owing.key(), MarkEntry(owing.pupils[0], "tx1", 0), reason="chấm lại")
    notice = explain_average(owing.db, owing.class_id, "toan", term=1, pupil_id=owing.pupils[0]).notice
    assert notice == ("", "")
