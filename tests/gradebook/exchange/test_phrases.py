"""The phrase bank: what is offered to whom, in which order, and that every sentence can be printed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from registers import Register

from edudesk.gradebook.exchange.phrases import BANDS, NAMES, band_of, bank, joined, named_phrase, offers
from edudesk.gradebook.register.marks import save_subject_comment
from edudesk.gradebook.register.sheet import ClassSheet, class_sheet
from edudesk.gradebook.rules.assessment import ASSESSMENTS
from edudesk.gradebook.rules.words import COMMENT_BOX
from edudesk.kernel.text import squeeze
from edudesk.school.programme import subject
from edudesk.school.rules import LEVEL_GRADES


def sheet_of(register: Register, code: str = "toan") -> ClassSheet:
    return class_sheet(register.db, register.class_id, code, 1)


def test_every_phrase_is_a_sentence_for_a_known_place_and_fits_the_box() -> None:
    for phrase in bank():
        assert phrase.text == squeeze(phrase.text) and phrase.text.endswith("."), phrase.text
        assert phrase.kind in ASSESSMENTS and phrase.band in NAMES[phrase.kind]
        assert all(subject(code).name for code in phrase.subjects)
        assert set(phrase.levels) <= set(LEVEL_GRADES)
        assert set(re.findall(r"\{(\w*)\}", phrase.text)) <= {"ten"}, phrase.text
        assert len(named_phrase(phrase.text, "Nguyễn Nghiêng")) <= COMMENT_BOX, phrase.text


def test_no_phrase_stands_twice_and_every_band_has_some() -> None:
    texts = [(phrase.kind, phrase.text) for phrase in bank()]
    assert len(set(texts)) == len(texts)
    general = [phrase for phrase in bank() if not phrase.subjects and not phrase.levels]
    for band, _lowest in BANDS:
        assert sum(p.band == band and p.kind == "score" for p in general) == 6
    assert {p.band for p in general if p.kind == "comment"} == {"dat", "chua_dat"}


@pytest.mark.parametrize(
    ("marks", "band"),
    [
        ({}, ""), ({"tx1": 80}, "tot"), ({"tx1": 79}, "kha"), ({"tx1": 60, "tx2": 70}, "kha"),
        ({"tx1": 50}, "dat"), ({"gk": 49, "tx1": "V"}, "chua_dat"),
    ],
)  # fmt: skip
def test_the_band_follows_the_marks_so_far(
    register: Register, marks: dict[str, int | str], band: str
) -> None:
    register.enter(0, "toan", 1, marks)
    sheet = sheet_of(register)
    assert band_of(sheet, sheet.lines[0]) == band


def test_the_band_follows_the_average_once_there_is_one(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 100, "tx2": 100, "tx3": 100, "tx4": 100, "gk": 50, "ck": 40})
    register.fill(1, 80)
    register.enter(1, "gdtc", 1, {"ck": "CD"})
    sheet, sport = sheet_of(register), sheet_of(register, "gdtc")
    assert band_of(sheet, sheet.lines[0]) == "kha", "8,2 of the marks, 6,9 weighed"
    assert [band_of(sport, line) for line in sport.lines[:3]] == ["", "chua_dat", ""]


def test_own_subject_comes_first_and_names_stand_in_their_place(register: Register) -> None:
    sheet = sheet_of(register)
    texts = [offer.text for offer in offers(sheet, sheet.lines[0], band="kha")]
    assert texts[0] == "Tính toán đúng, cần lập luận chặt hơn ở bài hình học."
    assert "Ánh có ý thức học tập tốt, nên mạnh dạn phát biểu hơn." in texts
    assert not any("văn bản" in text or "môn đã chọn" in text for text in texts)


def test_typing_without_accents_filters(register: Register) -> None:
    sheet = sheet_of(register)
    found = [offer.text for offer in offers(sheet, sheet.lines[0], query="tu duy mach")]
    assert found == ["Tư duy mạch lạc, biết liên hệ bài học với thực tế. Cần phát huy."]


def test_what_others_have_comes_last_with_its_count(register: Register) -> None:
    text = "{ten} giải tốt các bài toán thực tế, biết tìm nhiều cách giải."
    for place, name in ((0, "Ánh"), (1, "Bình")):
        words = f"Ngoan. {text.replace('{ten}', name)}"
        save_subject_comment(register.db, register.key(), register.pupils[place], words)
    sheet = sheet_of(register)
    last = offers(sheet, sheet.lines[2], band="tot")[-1]
    assert (last.text, last.used) == (text.replace("{ten}", "Cường"), 2)
    own = offers(sheet, sheet.lines[0], band="tot")[-1]
    assert own.used == 1, "what a pupil has alone is not held against them"


def test_upper_secondary_is_offered_its_own(register: Register) -> None:
    sheet = sheet_of(register)
    upper = replace(sheet, roll=replace(sheet.roll, grade=11))
    assert any("môn đã chọn" in offer.text for offer in offers(upper, upper.lines[0]))


def test_a_sentence_is_put_after_what_is_said_already() -> None:
    assert joined("", "Chăm chỉ.") == "Chăm chỉ."
    assert joined("Ngoan.", "Chăm chỉ.") == "Ngoan. Chăm chỉ."
