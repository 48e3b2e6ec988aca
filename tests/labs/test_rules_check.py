"""Which room is judged by which class: timetable or site, no room, a guest's room, nobody there."""

from __future__ import annotations

from dataclasses import replace

from edudesk.labs.rules_check import Facts, Lab, LabClass, Site, check
from edudesk.labs.rules_ratio import Prices, limits

MAIN, FAR = Site("main", "Chính", office=2), Site("far", "Huổi Lóng")
A = LabClass("a", "6A1", "thcs", "main", 40)
B = LabClass("b", "9A2", "thcs", "main", 44)
C = LabClass("c", "7A1", "thcs", "far", 21)
ROOM = Lab("r1", "Phòng máy 1", "main", on_books=20, usable=16)


def facts(*labs: Lab, groups: tuple[LabClass, ...] = (A, B), levels: tuple[str, ...] = ("thcs",)) -> Facts:
    return Facts(levels, limits(), (MAIN, FAR), groups, labs, Prices())


def only(found: Facts):  # type: ignore[no-untyped-def]
    (level,) = check(found)
    return level


def test_without_a_timetable_the_largest_class_of_the_level_counts() -> None:
    level = only(facts(ROOM))
    (one,) = level.findings
    assert (one.class_name, one.largest, one.planned, one.ratio.short_by) == ("9A2", 44, False, 6)
    assert (level.pupils, level.machines, level.crude, level.meets) == (84, 16, "5.25", False)
    assert level.worst is one and one.note == ""


def test_with_a_timetable_only_the_classes_in_it() -> None:
    (one,) = only(facts(replace(ROOM, classes=frozenset({"a"})))).findings
    assert (one.class_name, one.planned, one.ratio.pupils_per_computer) == ("6A1", True, "2.50")
    assert [(way.kind, way.n) for way in one.options] == [
        ("move", 2),
        ("repair", 4),
        ("shifts", 2),
        ("buy", 4),
    ]


def test_what_another_room_can_do_without_may_be_moved() -> None:
    rich = Lab("r2", "Phòng máy 2", "main", on_books=30, usable=30, classes=frozenset({"a"}))
    first, second = only(facts(replace(ROOM, classes=frozenset({"b"})), rich)).findings
    assert (first.options[0].kind, first.options[0].n, first.options[0].enough) == (
        "move",
        6,
        True,
    )  # 2 + 10 there
    assert second.ratio.meets_level_2 and second.options == ()


def test_the_worst_room_speaks_for_the_level() -> None:
    small = Lab("r2", "Phòng máy 2", "main", on_books=5, usable=5)
    level = only(facts(ROOM, small))
    assert level.worst.room == "Phòng máy 2" and not level.meets
    assert level.worst.ratio.short_by == 17


def test_a_site_without_a_room_lacks_every_machine() -> None:
    level = only(facts(replace(ROOM, usable=22), groups=(A, B, C)))
    near, far = level.findings
    assert near.ratio.meets_level_2
    assert (far.site, far.room, far.ratio.short_by, far.ratio.pupils_per_computer) == (
        "Huổi Lóng",
        "",
        11,
        None,
    )
    assert "Chưa có phòng máy" in far.note and not level.meets


def test_guests_of_another_site_are_counted_in_its_room() -> None:
    shared = replace(ROOM, classes=frozenset({"a", "c"}))
    near, far = only(facts(shared, groups=(A, C))).findings
    assert near.largest == 40
    assert far.ratio is None and "Phòng máy 1" in far.note


def test_a_room_in_which_nothing_works_says_so() -> None:
    (one,) = only(facts(replace(ROOM, usable=0))).findings
    assert one.note and one.ratio.pupils_per_computer is None and one.ratio.short_by == 22


def test_classes_without_pupils_are_not_judged() -> None:
    empty = replace(A, pupils=0)
    level = only(facts(ROOM, groups=(empty,)))
    assert level.findings[0].ratio is None and level.findings[0].note
    assert (level.worst, level.meets, level.judged) == (None, False, ())
    (alone,) = only(facts(groups=(empty,))).findings
    assert alone.ratio is None and "chưa có học sinh" in alone.note


def test_a_room_of_another_level_does_not_serve() -> None:
    young = LabClass("y", "3A1", "tieu_hoc", "main", 30)
    room = replace(ROOM, levels=("tieu_hoc",))
    primary, lower = check(facts(room, groups=(young, B), levels=("tieu_hoc", "thcs", "mam_non")))
    assert primary.meets and primary.findings[0].largest == 30
    assert lower.findings[0].room_id == "" and lower.machines == 0


def test_a_school_without_classes_has_nothing_to_judge() -> None:
    level = only(facts(ROOM, groups=()))
    assert level.findings == () and level.worst is None and level.crude is None
