"""The code of a sealed page: one content, one code; what somebody types; what differs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.seal_content import (
    ALPHABET,
    SealedContent,
    SealedPupil,
    canonical,
    differences,
    read_code,
    read_content,
    seal_code,
)
from edudesk.kernel.errors import Refused

PAGE = SealedContent(
    year=2026,
    term=1,
    class_name="9A2",
    grade=9,
    regulation="TT22/2021 1",
    kinds={"toan": "score"},
    pupils=(SealedPupil("p1", 1, "HS001", "Lò Thị Ánh"), SealedPupil("p2", 2, "", "Vàng A Bình")),
    columns={"toan": {"tx1": (80, "V"), "gk": (75, None), "result": (78, None), "comment": ("Chăm.", None)}},
)


def with_mark(value: int | str | None) -> SealedContent:
    return replace(PAGE, columns={"toan": {**PAGE.columns["toan"], "gk": (value, None)}})


def test_the_content_is_spelled_as_documented_and_its_code_can_be_made_by_hand() -> None:
    raw = canonical(PAGE)
    found = json.loads(raw)
    assert raw.decode() == json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert found["format"] == 1 and found["pupils"][0] == ["p1", 1, "HS001", "Lò Thị Ánh"]
    bits = bin(int(hashlib.sha256(raw).hexdigest(), 16))[2:].zfill(256)[:50]
    letters = "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 50, 5))
    assert seal_code(raw) == seal_code(raw.decode()) == f"{letters[:5]}-{letters[5:]}"


def test_the_alphabet_has_no_letter_that_looks_like_another() -> None:
    assert len(set(ALPHABET)) == 32 and not set("ILOU") & set(ALPHABET)


def test_a_content_is_read_back_and_a_decomposed_name_makes_the_same_code() -> None:
    assert read_content(canonical(PAGE).decode()) == PAGE
    decomposed = replace(
        PAGE, pupils=(SealedPupil("p1", 1, "HS001", "Lo\u0300 Thi\u0323 A\u0301nh"), PAGE.pupils[1])
    )
    assert canonical(decomposed) == canonical(PAGE)
    assert differences(PAGE, decomposed) == []


@given(st.binary(max_size=40), st.data())
def test_a_code_is_read_however_it_is_typed(content: bytes, data: st.DataObject) -> None:
    code = seal_code(content)
    alike = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(letter, letter + letter.lower())))
        + data.draw(st.sampled_from(("", "", " ", "-", "–")))
        for letter in code
    )
    assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "ABC", "7QK2M-0XZ9AB", "7QK2M-0XZ9U", "điểm số ấy"])
def test_what_is_no_code_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused) as said:
        read_code(typed)
    assert said.value.code == "SEAL_CODE" and "7QK2M-0XZ9A" in said.value.next


@given(st.sampled_from((None, 0, 74, 76, 100, "V", "K")))
def test_another_mark_makes_another_code(value: int | str | None) -> None:
    assert seal_code(canonical(with_mark(value))) != seal_code(canonical(PAGE))


def test_every_place_that_differs_is_named_in_the_order_of_the_page() -> None:
    now = replace(
        with_mark(80),
        pupils=(SealedPupil("p1", 9, "HS001", "Lò Thị Ánh"), SealedPupil("p2", 2, "X1", "Vàng Bình")),
    )
    found = [(one.pupil.id, one.subject, one.column, one.sealed, one.now) for one in differences(PAGE, now)]
    assert found == [
        ("p1", "toan", "gk", 75, 80),
        ("p2", "", "name", "Vàng A Bình", "Vàng Bình"),
        ("p2", "", "code", "", "X1"),
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":2}', '{"format":1,"year":2026}'])
def test_a_content_that_cannot_be_read_is_said_so(text: str) -> None:
    with pytest.raises(Refused) as said:
        read_content(text)
    assert said.value.code == "SEAL_FORMAT"
