"""Changes and their inverses, the canonical row and its chain, heads of a cell."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.change import GONE, Change, JournalRow, Step, encode, heads, seal_row, stream_name

SET = Change("mark", "m1", "value", 70, 85)
ROW = JournalRow(
    stream=stream_name("d", "e", "school"),
    seq=1,
    step="s",
    size=1,
    label="Nhập điểm",
    indivisible=False,
    clock=1,
    wall="2026-11-22T10:42:00+07:00",
    change=SET,
    seen=(),
    actor="lan",
    standing="office",
    reason="",
    schema=1,
)


def test_a_set_is_taken_back_by_the_opposite_set() -> None:
    assert SET.inverse() == Change("mark", "m1", "value", 85, 70)
    assert SET.inverse().inverse() == SET


def test_a_made_row_is_taken_back_by_marking_it_gone() -> None:
    made = Change("mark", "m1", "", None, {"value": 85}, "ins")
    gone = made.inverse()
    assert gone == Change("mark", "m1", GONE, 0, 1, "del")
    assert gone.inverse() == Change("mark", "m1", GONE, 1, 0)
    assert made.fields == {"value": 85} and SET.fields == {"value": 85}


def test_a_step_knows_what_it_touches() -> None:
    step = Step("x", (SET, Change("pupil", "p", "name", "a", "b")))
    assert step.touches("mark") and step.touches("staff", "pupil") and not step.touches("staff")
    assert step.rows("mark") == {"m1"}
    dropped = Step("x", (SET, Change("mark", "m2", GONE, 0, 1), Change("mark", "m3", GONE, 1, 0)))
    assert dropped.dropped("mark") == {"m2"} and dropped.dropped("pupil") == frozenset()


def test_equal_content_has_one_encoding() -> None:
    assert encode({"b": 1, "a": "Ấ"}) == encode({"a": "Ấ", "b": 1}) == '{"a":"Ấ","b":1}'


def test_a_row_is_sealed_with_its_place_its_past_and_its_content() -> None:
    c = seal_row(ROW, b"k" * 32, b"")
    others = [
        seal_row(replace(ROW, change=replace(SET, new=86)), b"k" * 32, b""),
        seal_row(replace(ROW, seq=2), b"k" * 32, b""),
        seal_row(ROW, b"q" * 32, b""),
        seal_row(ROW, b"k" * 32, b"before"),
        seal_row(replace(ROW, seen=((ROW.stream, 1),)), b"k" * 32, b""),
    ]
    assert len({c, *others}) == 6 and len(c) == 32
    assert seal_row(replace(ROW, c=c), b"k" * 32, b"") == c


streams = st.sampled_from(("s", 's"', "s,1", 'a"],["s', "Đ"))


@given(st.lists(st.tuples(streams, st.integers(0, 30)), max_size=8))
def test_the_heads_are_the_writes_nobody_has_seen(parents: list[tuple[str, int]]) -> None:
    """Whatever a stream is called, and with numbers that begin alike."""
    writes = [(("s", n), (parent,) if parent[1] != n else ()) for n, parent in enumerate(parents)]
    writes += [((name, 12), ()) for name, _n in dict(parents).items()]
    seen = {parent for _id, earlier in writes for parent in earlier}
    stored = [(identity, encode(earlier) if earlier else "") for identity, earlier in writes]
    assert set(heads(stored)) == {identity for identity, _e in writes} - seen
