"""What two desks of a school do apart, and what comes of it when they meet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desks import Desk, conflicts, meet, waiting
from rules_of_tests import RULES

from edudesk.kernel.change import GONE
from edudesk.kernel.merge.knowledge import GAP
from edudesk.kernel.merge.merge import merge
from edudesk.kernel.merge.rows import Cell, Row
from edudesk.kernel.merge.rules import write_vector

M = "marks:9A"


@pytest.fixture
def desks() -> tuple[Desk, Desk]:
    """Two desks with one pupil and one mark, 7,0, made by the first."""
    first, second = Desk("A", RULES), Desk("B", RULES)
    first.make("pupil", "p", name="An", note=None, class_id="9A")
    first.make("mark", "m", M, class_id="9A", value=70)
    second.take(first)
    return first, second


def mark(desk: Desk) -> object:
    return desk.get("mark", "m", "value")


# -- two values


def test_a_later_value_that_knew_the_earlier_takes_its_place(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == mark(second) == 80 and not conflicts(first)


def test_two_marks_written_apart_wait_for_a_person(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("mark", "m", M, value=80)
    second.set("mark", "m", M, value=90)
    meet(first, second)
    assert conflicts(first) == conflicts(second) == {("mark", "m", "value")}
    assert mark(first) == mark(second)


def test_the_same_value_written_apart_is_no_conflict(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk in desks:
        desk.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == 80 and not conflicts(first)


def test_a_paste_that_saw_one_of_two_values_settles_nothing(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("mark", "m", M, value=80)
    second.set("mark", "m", M, value=90)
    first.take(second)
    first.set("mark", "m", M, value=100)  # over the one that is shown, without a word about the other
    assert conflicts(first) == {("mark", "m", "value")}
    assert len(first.merged.conflicts[Cell("mark", "m", "value")]) == 2


def test_a_person_settles_all_heads_at_once(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("mark", "m", M, value=80)
    second.set("mark", "m", M, value=90)
    meet(first, second)
    second.settle("mark", "m", "value", 80, M)
    meet(first, second)
    assert mark(first) == 80 and not conflicts(first)


def test_what_was_settled_against_a_third_value_stays_open(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    third = Desk("C", RULES).take(first)
    first.set("mark", "m", M, value=80)
    second.set("mark", "m", M, value=90)
    third.set("mark", "m", M, value=10)
    meet(first, second)
    first.settle("mark", "m", "value", 80, M)
    meet(first, second, third)
    assert conflicts(first) == {("mark", "m", "value")}
    assert len(first.merged.conflicts[Cell("mark", "m", "value")]) == 2


def test_the_standing_decides_what_is_shown_while_two_values_wait(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.standing, second.standing = "principal", "subject_teacher"
    first.set("mark", "m", M, value=80)
    second.set("pupil", "p", note="sau")
    second.set("mark", "m", M, value=90)
    meet(first, second)
    assert mark(second) == 80


def test_a_field_edited_on_both_has_the_later_value_and_the_other_is_told(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("pupil", "p", note="một")
    second.set("mark", "m", M, value=70 + 1)
    second.set("pupil", "p", note="hai")
    meet(first, second)
    assert first.get("pupil", "p", "note") == "hai" and not conflicts(first)
    assert [cell.field for cell in first.merged.yielded] == ["note"]
    second.set("pupil", "p", note="ba")
    assert second.get("pupil", "p", "note") == "ba" and not second.merged.yielded


def test_a_value_that_was_there_before_the_conflict_can_be_written_again(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("pupil", "p", note="một")
    second.set("pupil", "p", note="hai")
    meet(first, second)
    first.set("pupil", "p", note=None)
    meet(first, second)
    assert second.get("pupil", "p", "note") is None and not second.merged.yielded


# -- births


def test_births_that_fill_different_cells_complete_each_other(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.make("pupil", "q", name="Bình", note=None)
    second.make("pupil", "q", name=None, note="mới đến")
    meet(first, second)
    assert dict(first.row("pupil", "q")) == {"name": "Bình", "note": "mới đến", GONE: 0}
    assert not conflicts(first)


def test_births_with_two_values_in_one_cell_wait(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.make("mark", "n", M, class_id="9A", value=50)
    second.make("mark", "n", M, class_id="9A", value=60)
    meet(first, second)
    assert conflicts(first) == {("mark", "n", "value")}


def test_a_cell_set_where_it_was_born_empty_is_its_value(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.set("pupil", "p", note="có")
    meet(first, second)
    assert first.get("pupil", "p", "note") == "có"


# -- deleting


def test_deleting_after_an_edit_that_was_seen_deletes(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("pupil", "p", note="một")
    second.take(first)
    second.drop("pupil", "p")
    meet(first, second)
    assert first.get("pupil", "p", GONE) == 1 and not conflicts(first)


def test_deleting_beside_an_edit_leaves_the_row_and_asks(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("pupil", "p", note="một")
    second.drop("pupil", "p")
    meet(first, second)
    assert first.get("pupil", "p", GONE) == 0 and conflicts(first) == {("pupil", "p", GONE)}
    second.settle("pupil", "p", GONE, 1)
    meet(first, second)
    assert first.get("pupil", "p", GONE) == 1 and not conflicts(first)


def test_two_desks_that_delete_one_row_delete_it(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk in desks:
        desk.drop("pupil", "p")
    meet(first, second)
    assert first.get("pupil", "p", GONE) == 1 and not conflicts(first)


def test_a_deletion_taken_back_leaves_the_row_as_it_was(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.set("pupil", "p", note="một")
    first.drop("pupil", "p")
    first.set("pupil", "p", **{GONE: 0})
    meet(first, second)
    assert dict(second.row("pupil", "p")) == {"name": "An", "note": "một", "class_id": "9A", GONE: 0}


def test_a_deletion_taken_back_beside_another_asks(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.drop("pupil", "p")
    first.set("pupil", "p", **{GONE: 0})
    second.drop("pupil", "p")
    meet(first, second)
    assert conflicts(first) == {("pupil", "p", GONE)} and first.get("pupil", "p", GONE) == 0


def test_where_a_row_lives_in_spite_of_a_deletion_what_the_deletion_knew_yields(
    desks: tuple[Desk, Desk],
) -> None:
    first, second = desks
    third = Desk("C", RULES).take(first)
    first.set("pupil", "p", name="Anh")
    second.take(first)
    second.drop("pupil", "p")
    third.set("pupil", "p", name="Ân")
    meet(first, second, third)
    assert conflicts(first) == {("pupil", "p", GONE)} and first.get("pupil", "p", "name") == "Ân"


def test_a_row_born_again_elsewhere_beside_its_deletion_asks(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.parts.clear()
    second.make("mark", "m", M, class_id="9A", value=70)
    first.drop("mark", "m", M)
    meet(first, second)
    assert conflicts(first) == {("mark", "m", GONE)} and mark(first) == 70


# -- locks and slips


def test_a_mark_written_before_the_lock_was_known_waits_until_it_is_let_in(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.lock("l", M, class_id="9A")
    late = second.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == mark(second) == 70 and waiting(first) == ["LOCKED"]
    first.accept(*late)
    meet(first, second)
    assert mark(second) == 80 and not waiting(second)


def test_a_mark_the_lock_knew_stands(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.set("mark", "m", M, value=80)
    first.take(second)
    first.lock("l", M, class_id="9A")
    meet(first, second)
    assert mark(first) == 80 and not waiting(first)


def test_another_class_is_not_locked(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.lock("l", "marks:9B", class_id="9B")
    second.set("mark", "m", M, value=80)
    meet(first, second)
    assert not waiting(first)


def test_a_slip_opens_for_the_steps_that_name_it(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id="l", vector=None)
    second.take(first)
    second.set("mark", "m", M, value=80, under=("s",))
    first.make("mark", "n", M, class_id="9A", value=10)
    meet(first, second)
    assert mark(first) == 80 and waiting(first) == ["LOCKED"] and not first.row("mark", "n")


@pytest.mark.parametrize(("lock", "opened"), [("l", 80), ("", 80), ("another", 70)])
def test_a_slip_opens_its_lock_alone(desks: tuple[Desk, Desk], lock: str, opened: int) -> None:
    first, _second = desks
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id=lock, vector=None)
    first.set("mark", "m", M, value=80, under=("s", "none"))
    assert mark(first) == opened


def test_one_closing_that_knew_a_mark_is_enough(desks: tuple[Desk, Desk]) -> None:
    """Two desks close one slip; the mark is within the closing of one of them."""
    first, second = desks
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id="l", vector=None)
    second.take(first)
    second.set("mark", "m", M, value=80, under=("s",))
    for desk in desks:
        desk.set("slip", "s", M, vector=write_vector(desk.vector()))
    meet(first, second)
    assert mark(first) == 80 and not waiting(first)


def test_a_mark_after_the_closing_is_late(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id="l", vector=None)
    second.take(first)
    first.set("slip", "s", M, vector=write_vector(first.vector()))
    second.set("mark", "m", M, value=80, under=("s",))
    meet(first, second)
    assert mark(first) == 70 and waiting(first) == ["LATE"]


def test_a_calendar_lock_holds_nothing_until_a_desk_writes_that_it_has_begun(
    desks: tuple[Desk, Desk],
) -> None:
    first, second = desks
    first.make("lock", "l", M, class_id="9A", vector=None)
    second.take(first)
    second.set("mark", "m", M, value=80)
    first.set("lock", "l", M, vector=write_vector(first.vector()))
    second_mark = second.make("mark", "n", M, class_id="9A", value=10)
    meet(first, second)
    assert waiting(first) == ["LOCKED", "LOCKED"]
    first.accept(*second_mark)
    assert first.get("mark", "n", "value") == 10


def test_a_mark_that_waited_on_the_desk_that_locked_waits_on(desks: tuple[Desk, Desk]) -> None:
    """The lock's author had the row, but it did not count there: its vector does not let it in."""
    first, second = desks
    first.lock("l", M, class_id="9A")
    second.set("mark", "m", M, value=80)
    first.take(second)
    first.lock("k", M, class_id="9A")
    meet(first, second)
    assert mark(second) == 70 and waiting(second) == ["LOCKED"]


def test_a_lock_that_was_taken_away_holds_nothing(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.lock("l", M, class_id="9A")
    first.drop("lock", "l", M)
    second.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == 80


def test_a_mark_stays_in_the_class_it_was_born_in(desks: tuple[Desk, Desk]) -> None:
    """The pupil changes class; a lock of the new class parks nothing that was typed in the old one."""
    first, second = desks
    first.set("pupil", "p", class_id="9B")
    first.lock("l", "marks:9B", class_id="9B")
    second.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == 80 and not waiting(first)


def test_a_waiting_mark_hides_only_what_follows_it_takes(desks: tuple[Desk, Desk]) -> None:
    """A mark waits; one written over it by its desk, under a slip, takes the place of both."""
    first, second = desks
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id="l", vector=None)
    second.set("mark", "m", M, value=80)
    second.take(Desk("X", RULES))
    over = replace(second)
    over.do(M, Row("set", "mark", "m", "value", 80, 90), under=("s",))
    meet(first, second)
    assert mark(first) == 90 and waiting(first) == ["LOCKED"] and not conflicts(first)


def test_what_follows_two_waiting_writes_takes_the_place_of_what_both_took(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.make("mark", "n", M, class_id="9A", note="gốc")
    second.take(first)
    third = Desk("C", RULES).take(first)
    for desk in (second, third):
        desk.set("mark", "n", M, note=desk.name)
    first.lock("l", M, class_id="9A")
    first.make("slip", "s", M, class_id="9A", lock_id="l", vector=None)
    meet(first, second, third)
    assert first.get("mark", "n", "note") == "gốc" and waiting(first) == ["LOCKED"] * 2
    second.do(M, Row("set", "mark", "n", "note", "C", "sau"), under=("s",), unseen=frozenset())
    assert second.get("mark", "n", "note") == "sau" and not second.merged.yielded


# -- what no desk can take


def test_what_fails_a_check_waits_for_ever(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    place = first.set("mark", "m", M, value=999)
    assert mark(first) == 70 and waiting(first) == ["CHECK"]
    first.accept(*place)
    assert mark(first) == 70 and waiting(first) == ["CHECK"]


def test_a_program_one_version_behind_keeps_what_it_does_not_know(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    newer = {**RULES, "mark": replace(RULES["mark"], schema=2), "lesson": RULES["pupil"]}
    first.rules = newer
    first.do(M, Row("set", "mark", "m", "value", 70, 80, schema=2))
    first.make("lesson", "x", name="Tiết 1")
    meet(first, second)
    assert (
        mark(second) == 70 and waiting(second) == ["NEWER", "NEWER"] and "lesson" not in second.merged.tables
    )
    assert mark(first) == 80 and not waiting(first)
    second.rules = newer
    assert second.merged == first.merged


def test_a_cell_whose_row_is_not_here_waits(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.make("pupil", "q", name="Chi")
    places = first.set("pupil", "q", name="Chí")
    second.parts |= {
        key: part for key, part in first.parts.items() if part.first == places[0].seq and part.scope == "core"
    }
    assert waiting(second) == ["ORPHAN"] and not second.row("pupil", "q")
    meet(first, second)
    assert second.get("pupil", "q", "name") == "Chí" and not waiting(second)


def test_a_step_that_must_come_whole_waits_for_its_other_part(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.step(
        {
            "core": [Row("set", "pupil", "p", "note", None, "x")],
            M: [Row("set", "mark", "m", "value", 70, 80)],
        },
        indivisible=True,
    )
    second.parts |= {key: part for key, part in first.parts.items() if part.scope == "core"}
    assert waiting(second) == ["PARTS"] and second.get("pupil", "p", "note") is None
    meet(first, second)
    assert second.get("pupil", "p", "note") == "x" and mark(second) == 80


def test_of_a_step_that_must_come_whole_one_row_that_waits_holds_the_others(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    rows = [Row("set", "pupil", "p", "note", None, "x"), Row("set", "mark", "m", "value", 70, 999)]
    first.step({"core": rows[:1], M: rows[1:]}, indivisible=True)
    assert waiting(first) == ["CHECK", "CHECK"] and first.get("pupil", "p", "note") is None


# -- devices


def test_what_a_revoked_device_wrote_afterwards_waits_until_it_is_let_in(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.set("pupil", "p", note="trước")
    first.take(second)
    first.revoke("B")
    late = second.set("mark", "m", M, value=80)
    meet(first, second)
    assert mark(first) == 70 and waiting(first) == ["REVOKED"] and first.get("pupil", "p", "note") == "trước"
    first.accept(*late)
    assert mark(first) == 80


def test_revocations_of_each_other_both_stand(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.revoke("B")
    second.revoke("A")
    first_late = first.set("pupil", "p", note="A")
    second_late = second.set("mark", "m", M, value=80)
    meet(first, second)
    assert waiting(first) == ["REVOKED", "REVOKED"]
    third = Desk("C", RULES).take(first)
    third.accept(*first_late, *second_late)
    meet(first, second, third)
    assert mark(first) == 80 and first.get("pupil", "p", "note") == "A" and not waiting(first)


def test_an_accept_of_a_revoked_device_lets_nothing_in_by_itself(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.revoke("B")
    late = second.set("mark", "m", M, value=80)
    own = second.accept(*late)
    meet(first, second)
    assert waiting(first) == ["REVOKED", "REVOKED"]
    first.accept(*own)
    assert mark(first) == 80 and not waiting(first)


# -- clocks


def test_a_clock_gone_wrong_is_outranked_by_whoever_knew_its_value(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.ahead = 2 * GAP
    second.set("pupil", "p", note="sai giờ")
    meet(first, second)
    assert first.get("pupil", "p", "note") == "sai giờ"
    first.do("core", Row("set", "pupil", "p", "note", "sai giờ", "đúng"), clock=5)
    assert first.get("pupil", "p", "note") == "đúng" and not first.merged.yielded


def test_a_clock_gone_wrong_decides_nothing_against_later_writes(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    second.set("pupil", "p", note="sai giờ")
    lone = Desk("C", RULES).take(first)
    lone.ahead = 2 * GAP
    lone.set("pupil", "p", note="xa")
    first.set("pupil", "p", note="một")
    first.set("pupil", "p", note="hai")
    meet(first, second, lone)
    assert first.get("pupil", "p", "note") == "hai"


# -- forks


def test_a_copied_folder_that_went_on_keeps_one_branch_and_parks_the_other(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    twin = first.twin()
    first.set("mark", "m", M, value=80)
    twin.set("mark", "m", M, value=90)
    meet(first, twin, second)
    assert waiting(first) == ["FORK"] and mark(first) in (80, 90) and not conflicts(first)
    assert first.merged == twin.merged == second.merged


def test_what_a_fork_parked_is_let_in_beside_the_other(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    twin = first.twin()
    place = first.set("mark", "m", M, value=80)
    twin.set("mark", "m", M, value=90)
    meet(first, twin, second)
    second.accept(*place)
    assert not waiting(second) and conflicts(second) == {("mark", "m", "value")}


def test_a_branch_yields_with_all_its_streams(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    twin = first.twin()
    for desk, value in ((first, 80), (twin, 90)):
        desk.step(
            {
                "core": [Row("set", "pupil", "p", "note", None, desk.name + str(value))],
                M: [Row("set", "mark", "m", "value", 70, value)],
            }
        )
        desk.set("mark", "m", M, value=value + 1)
    meet(first, twin)
    state = first.merged
    value = state.tables["mark"]["m"]["value"]
    assert isinstance(value, int) and state.tables["pupil"]["p"]["note"] == f"A{value - 1}"
    assert waiting(first) == ["FORK"] * 3


def test_the_parts_of_one_step_stay_together(desks: tuple[Desk, Desk]) -> None:
    """The second stream has no rival of its own: its part yields, or stands, with the step it is of."""
    first, _second = desks
    twin = first.twin()
    for desk, wall in ((first, "08:00"), (twin, "09:00")):
        rows = {
            M: [Row("set", "mark", "m", "value", 70, 80)],
            f"marks:{wall}": [Row("ins", "pupil", wall, new={"name": wall})],
        }
        desk.step(rows, wall=wall)
    meet(first, twin)
    assert waiting(first) == ["FORK"] * 2
    assert len({"08:00", "09:00"} & first.merged.tables["pupil"].keys()) == 1


def test_two_steps_under_one_clock_are_a_fork_even_in_different_streams(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    twin = first.twin()
    first.do("core", Row("set", "pupil", "p", "note", None, "x"), kind="note")
    twin.do("facility", Row("ins", "pupil", "q", "", None, {"name": "D"}), kind="other")
    meet(first, twin)
    assert waiting(first) == ["FORK"]


def test_three_copies_keep_one_branch(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    copies = [first.twin() for _n in range(3)]
    for n, desk in enumerate(copies):
        desk.set("pupil", "p", note=str(n))
        desk.set("pupil", "p", name=str(n))
    meet(*copies)
    assert len({str(copy.merged) for copy in copies}) == 1
    assert waiting(copies[0]) == ["FORK"] * 4
    assert copies[0].get("pupil", "p", "note") == copies[0].get("pupil", "p", "name")


def test_nobody_knows_what_lies_beyond_a_fork(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    twin = first.twin()
    first.set("mark", "m", M, value=80)
    second.take(first)
    second.set("mark", "m", M, value=85)
    twin.set("mark", "m", M, value=90)
    meet(first, twin, second)
    assert conflicts(first) == {("mark", "m", "value")}


def test_whoever_began_anew_goes_on(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    twin = first.twin().begin("2")
    twin.set("mark", "m", M, value=90)
    meet(first, twin, second)
    assert mark(first) == 90 and not waiting(first)


def test_a_desk_alone_knew_all_below_its_clock(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    first.begin("2")
    first.do(M, Row("set", "mark", "m", "value", 70, 80), known=None)
    assert mark(first) == 80 and not conflicts(first)


def test_a_part_that_comes_twice_counts_once(desks: tuple[Desk, Desk]) -> None:
    first, _second = desks
    parts = [*first.parts.values(), *(replace(part) for part in first.parts.values())]
    assert merge(parts, RULES) == first.merged
