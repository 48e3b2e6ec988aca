"""Worked cases without a database: what goes in as JSON comes out with its result, and bad ones stand alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.results.assess import assess, assess_one
from edudesk.kernel.errors import Refused
from edudesk.kernel.numbers import read_json, write_json

D = Decimal
PASSED = ["D", "D", "D", "D"]


def result(kind: str, **given_: Any) -> dict[str, Any]:
    case = {"id": "x", "regulation": "TT22/2021", "kind": kind, "input": given_}
    found = assess_one(case)
    assert "error" not in found, found["error"]
    output: dict[str, Any] = found["output"]
    return output


def error(kind: str, **given_: Any) -> str:
    case = {"id": "x", "regulation": "TT22/2021", "kind": kind, "input": given_}
    found = assess_one(case)
    assert "output" not in found
    assert found["error"]["message"]
    return str(found["error"]["code"])


def scores(*values: str) -> list[Decimal]:
    return [D(value) for value in values]


def test_a_term() -> None:
    assert result("subject_semester", tx=[8, 9], gk=7, ck=8) == {"dtbmhk": D("7.9")}
    assert result("subject_semester", tx=[8, D("8.00"), 9], gk=7, ck=9) == {"dtbmhk": D("8.3")}


def test_a_term_is_judged_as_at_its_closing() -> None:
    assert result("subject_semester", tx=[8, 8, 8], gk=None, ck=8)["dtbmhk"] == D("6.0")
    assert result("subject_semester", tx=[8, 8, None], gk=8, ck=8)["dtbmhk"] == D("7.0")
    assert result("subject_semester", tx=[8, 8], required_tx=3, gk=8, ck=8)["dtbmhk"] == D("7.0")
    assert result("subject_semester", tx=[], required_tx=2, gk=7, ck=7)["dtbmhk"] == D("5.0")


def test_a_year_from_averages_or_from_the_marks_of_both_terms() -> None:
    assert result("subject_year", dtbmhk1=D("6.2"), dtbmhk2=D("6.6")) == {"dtbmcn": D("6.5")}
    first = {"tx": scores("7.9", "8.0", "8.0"), "gk": D("7.5"), "ck": 8}
    second = {"tx": scores("8.0", "8.0", "7.6"), "gk": 8, "ck": 8}
    found = result("subject_year", hk1=first, hk2=second)
    assert found == {"dtbmhk1": D("7.9"), "dtbmhk2": D("8.0"), "dtbmcn": D("8.0")}


def test_comment_subjects() -> None:
    assert result("comment_semester", tx=["D", "D"], gk="D", ck="D")["result"] == "D"
    assert result("comment_semester", tx=["D", "D"], gk="D", ck="CD")["result"] == "CD"
    assert result("comment_semester", tx=["D"], required_tx=2, gk="D", ck="D")["result"] == "CD"
    assert result("comment_semester", tx=["D", None], gk="D", ck="D")["result"] == "CD"
    assert result("comment_semester", tx=["D", "D"], gk=None, ck="D")["result"] == "CD"
    assert result("comment_year", hk1="CD", hk2="D") == {"year": "D"}
    assert result("comment_year", hk1=None, hk2="CD") == {"year": "CD"}
    assert result("comment_year", hk2="D") == {"year": "D"}


def test_art_by_its_two_contents() -> None:
    found = result(
        "comment_semester", tx=["D", "D"], gk={"am_nhac": "D", "mi_thuat": "CD"}, ck={"am_nhac": "D"}
    )
    assert (found["gk"], found["ck"], found["result"]) == ("CD", "D", "CD")
    assert result("comment_semester", tx=["D", "D"], gk={"am_nhac": None}, ck="D")["gk"] == "CD"


def test_practice_excused_the_subject_still_counts() -> None:
    found = result("comment_semester", exempt="thuc_hanh", tx=["D", "D"], gk="D", ck="D", via="ly_thuyet")
    assert (found["result"], found["counts_in_level"]) == ("D", True)


def test_levels() -> None:
    found = result("academic_level", scores=scores(*["8.5"] * 7, "4.9"), comments=PASSED)
    assert (found["base_level"], found["level"], found["adjusted"]) == ("DAT", "KHA", True)
    assert found["because"] == "scores[8]"
    assert result("conduct_year", hk1="CHUA_DAT", hk2="KHA") == {"year": "DAT"}
    assert result("title", hoc_tap="TOT", ren_luyen="TOT", dtbmcn=[9] * 8) == {"title": "HS_XUAT_SAC"}


def test_going_up() -> None:
    assert result("promotion", hoc_tap="CHUA_DAT", ren_luyen="KHA", absences=3)["outcome"] == "DANH_GIA_LAI"
    found = result("promotion", hoc_tap="TOT", ren_luyen="TOT", absences=46, dtbmcn=scores(*["8.5"] * 8))
    assert (found["outcome"], found["title"], found["warn"]) == (
        "KHONG_LEN_LOP",
        "HS_GIOI",
        "title_with_retention",
    )
    summer = {"hoc_tap": "DAT", "ren_luyen": "CHUA_DAT", "absences": 10}
    assert result("promotion", **summer)["outcome"] == "REN_LUYEN_HE"
    assert result("promotion", **summer, summer_training="DAT")["outcome"] == "LEN_LOP"
    assert result("promotion", **summer, summer_training="CHUA_DAT")["outcome"] == "KHONG_LEN_LOP"


def test_going_up_after_being_assessed_again() -> None:
    averages = {"others": scores("5.0", "5.5", "6.0", "6.2", "5.8", "5.1"), "toan": D("3.2"), "van": D("4.2")}
    given_ = {"dtbmcn": averages, "comments": PASSED, "ren_luyen": "DAT", "absences": 3}
    assert result("promotion", **given_)["outcome"] == "DANH_GIA_LAI"
    found = result("promotion", **given_, retest={"toan": D("5.5")})
    assert (found["level_before"], found["level_after"], found["outcome"]) == ("CHUA_DAT", "DAT", "LEN_LOP")
    assert found["retest_eligible"] == ["toan", "van"]
    comments = {
        "dtbmcn": scores(*["8.5"] * 8),
        "comments": ["D", "D", "CD", "CD"],
        "ren_luyen": "TOT",
        "absences": 0,
    }
    found = result("promotion", **comments, retest={"cm3": "D"})
    assert (found["level_before"], found["level_for_promotion"]) == ("CHUA_DAT", "KHA")
    assert (found["outcome"], found["title"]) == ("LEN_LOP", None)


def of(code: str, kind: str, **given_: Any) -> dict[str, Any]:
    return assess_one({"id": "x", "regulation": code, "kind": kind, "input": given_})


def test_primary_school() -> None:
    year = {
        "grade": 4,
        "subjects": {"tieng_viet": "T", "am_nhac": "H"},
        "qualities_competences": "T" * 15,
        "year_end_tests": {"tieng_viet": D(9)},
    }
    assert of("TT27/2020", "primary_year", **year)["output"] == {
        "level": "HT",
        "title": None,
        "completed": True,
    }
    ticked = {"outstanding_subjects": ["toan"], "progress": [], "class_agrees": True}
    assert of("TT27/2020", "primary_title", level="HTT", **ticked)["output"] == {"title": "HS_TIEU_BIEU"}
    for wrong in (
        {"qualities_competences": "TT"},
        {"qualities_competences": "X" * 15},
        {"year_end_tests": {"toan": D("8.5")}},
        {"subjects": {"toan": "D"}},
    ):
        assert of("TT27/2020", "primary_year", **(year | wrong))["error"]["code"] == "ASSESS_INPUT"
    for wrong_tick in ({"class_agrees": "có"}, {"progress": [1]}):
        found = of("TT27/2020", "primary_title", level="HTT", **(ticked | wrong_tick))
        assert found["error"]["code"] == "ASSESS_INPUT"


def test_old_years() -> None:
    given_ = {"scores": [D(9), D(9), D(9), D("3.4")], "comments": [], "core_indexes_toan_van_nn": [0, 1, 2]}
    found = of("TT58/2011+TT26/2020", "old_academic", **given_)["output"]
    assert found == {"dtb": D("7.6"), "base": "Y", "hoc_luc": "TB"}
    for core in ([], [9], ["x"], [True]):
        wrong = of("TT58/2011+TT26/2020", "old_academic", **(given_ | {"core_indexes_toan_van_nn": core}))
        assert wrong["error"]["code"] == "ASSESS_INPUT"


def test_a_personal_number_needs_no_regulation() -> None:
    case = {
        "id": 1,
        "kind": "id_number",
        "input": {"number": "11213004567", "dob": "2013-08-19", "sex": "NAM"},
    }
    output = assess_one(case)["output"]
    assert (output["ok"], output["suggestion"]) == (False, "011213004567")
    good = {"number": "011213004567", "dob": None}
    empty: dict[str, Any] = {"warnings": [], "errors": []}
    assert assess_one({**case, "input": good})["output"] == {**empty, "ok": True, "suggestion": None}


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("subject_semester", {"tx": [8, 9], "gk": 7}),
        ("subject_semester", {"tx": [], "gk": 7, "ck": 8}),
        ("subject_semester", {"tx": [8, "9"], "gk": 7, "ck": 8}),
        ("subject_semester", {"tx": [8, 9], "gk": "7,5", "ck": 8}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": D("8.25")}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": D("10.1")}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": -1}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": True}),
        ("subject_semester", {"tx": 8, "gk": 7, "ck": 8}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": 8, "required_tx": 0}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": 8, "required_tx": "2"}),
        ("subject_semester", {"tx": [8, 9], "gk": 7, "ck": 8, "required_tx": D("1E+400")}),
        ("subject_year", {"dtbmhk1": 8}),
        ("subject_year", {"dtbmhk1": None, "dtbmhk2": 8}),
        ("subject_year", {"hk1": [], "hk2": {}}),
        ("comment_semester", {"tx": ["D", "T"], "gk": "D", "ck": "D"}),
        ("comment_semester", {"tx": ["D", "D"], "gk": {}, "ck": "D"}),
        ("comment_semester", {"tx": ["D", "D"], "gk": 1, "ck": "D"}),
        ("comment_year", {"hk1": "D"}),
        ("comment_year", {"hk1": "X", "hk2": "D"}),
        ("academic_level", {"scores": [], "comments": PASSED}),
        ("academic_level", {"scores": [8] * 5, "comments": PASSED}),
        ("academic_level", {"scores": [8] * 7 + [None], "comments": PASSED}),
        ("academic_level", {"scores": [8] * 8}),
        ("academic_level", {"scores": [8] * 8, "comments": "DDDD"}),
        ("conduct_year", {"hk1": "TOT", "hk2": "GIOI"}),
        ("conduct_year", {"hk1": "TOT"}),
        ("conduct_year", {"hk1": None, "hk2": "TOT"}),
        ("conduct_year", {"hk1": ["TOT"], "hk2": "TOT"}),
        ("title", {"hoc_tap": "TOT", "ren_luyen": "TOT", "dtbmcn": []}),
        ("title", {"hoc_tap": "TOT", "ren_luyen": "TOT", "dtbmcn": "9"}),
        ("promotion", {"hoc_tap": "TOT", "ren_luyen": "TOT"}),
        ("promotion", {"hoc_tap": "TOT", "ren_luyen": "TOT", "absences": -1}),
        ("promotion", {"hoc_tap": "TOT", "ren_luyen": "TOT", "absences": D("2.5")}),
        ("promotion", {"hoc_tap": "TOT", "ren_luyen": "TOT", "absences": True}),
        ("promotion", {"hoc_tap": None, "ren_luyen": "TOT", "absences": 1}),
        (
            "promotion",
            {"dtbmcn": [8] * 8, "comments": PASSED, "ren_luyen": "TOT", "absences": 1, "retest": []},
        ),
        (
            "promotion",
            {"dtbmcn": [8] * 8, "comments": PASSED, "ren_luyen": "TOT", "absences": 1, "retest": {"x": 5}},
        ),
        ("id_number", {}),
        ("id_number", {"number": 11213004567}),
        ("id_number", {"number": "011213004567", "dob": "19/08/2013"}),
        ("id_number", {"number": "011213004567", "sex": "nam"}),
        ("no_such_kind", {}),
    ],
)
def test_an_input_that_is_not_valid_is_an_error(kind: str, given_: dict[str, Any]) -> None:
    assert error(kind, **given_)


@pytest.mark.parametrize(
    "case",
    [
        None,
        [],
        "case",
        {},
        {"id": 1, "regulation": "TT22/2021", "kind": "title"},
        {"id": 1, "regulation": "TT22/2021", "kind": ["title"], "input": {}},
        {"id": 1, "regulation": "TT99/2099", "kind": "title", "input": {}},
        {"id": 1, "regulation": "GDPT2018", "kind": "title", "input": {}},
        {"id": 1, "regulation": 22, "kind": "title", "input": {}},
        {"id": 1, "kind": "title", "input": {}},
    ],
)
def test_a_case_that_is_none_is_an_error(case: object) -> None:
    found = assess_one(case)
    assert "output" not in found
    assert found["error"]["code"]


def test_the_others_go_on_in_their_order_and_keep_what_they_brought() -> None:
    good = {
        "id": "b",
        "regulation": "TT22/2021",
        "kind": "comment_year",
        "input": {"hk2": "D"},
        "note": "giữ",
    }
    found = assess([{"id": "a"}, {**good, "output": "old", "error": "old"}, 3])
    assert [one.get("id") for one in found] == ["a", "b", None]
    assert found[1] == {**good, "output": {"year": "D"}}


def assess_text(text: str) -> str:
    """A file of cases as the command `assess` reads and writes it."""
    return write_json(assess(read_json(text, doubled=True)))


def test_text_in_and_text_out_with_exact_numbers() -> None:
    case = (
        '{"id":"1","regulation":"TT22/2021","kind":"subject_semester","input":{"tx":[7.90,8],"gk":7,"ck":8}}'
    )
    written = assess_text(f"[{case}]")
    assert read_json(written)[0]["output"]["dtbmhk"] == D("7.7")
    assert '"dtbmhk": 7.7' in written
    assert '"tx": [' in written


@pytest.mark.parametrize("text", ["{}", "3", "", "[" * 100_000 + "]" * 100_000])
def test_what_is_no_list_of_cases_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        assess_text(text)
    assert refusal.value.code in ("ASSESS_LIST", "JSON_BAD")


def test_a_case_nested_too_deep_is_an_error_and_the_others_go_on() -> None:
    deep = '{"id": 1, "input": ' + "[" * 600 + "]" * 600 + "}"
    found = read_json(assess_text(f"[{deep}, {deep.replace('1', deep, 1)}, 3]"))
    assert [one["id"] for one in found] == [1, None, None]
    assert all("error" in one for one in found)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=6)
    | st.sampled_from(["D", "TOT"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["tx", "gk", "hk1"]), inner),
    max_leaves=8,
)
kinds = st.sampled_from(
    [
        *("subject_semester", "subject_year", "comment_semester", "comment_year"),
        *("academic_level", "conduct_year", "title", "promotion", "id_number"),
        *("primary_year", "primary_title", "old_academic"),
    ]
)
keys = st.sampled_from(
    [
        *(
            "tx",
            "gk",
            "ck",
            "required_tx",
            "hk1",
            "hk2",
            "dtbmhk1",
            "dtbmhk2",
            "scores",
            "comments",
            "hoc_tap",
        ),
        *("ren_luyen", "dtbmcn", "absences", "retest", "summer_training", "number", "dob", "sex"),
        *("subjects", "qualities_competences", "year_end_tests", "level", "outstanding_subjects", "progress"),
        *("class_agrees", "core_indexes_toan_van_nn"),
    ]
)


codes = st.sampled_from(["TT22/2021", "TT27/2020", "TT58/2011+TT26/2020", "TT0", None])


@given(kinds, codes, st.dictionaries(keys, anything, max_size=8))
def test_whatever_comes_in_something_comes_out(kind: str, code: object, given_: dict[str, Any]) -> None:
    found = assess_one({"id": 0, "regulation": code, "kind": kind, "input": given_})
    assert ("output" in found) != ("error" in found)


# Worked cases kept beside the project, where somebody keeps them; the facts of each stand in the tests above too.
CASES = Path(__file__).parents[3] / "shared" / "rules" / "cases" / "assessment.json"


@pytest.mark.skipif(not CASES.exists(), reason="no worked cases beside the project")
def test_a_file_of_worked_cases_agrees() -> None:
    cases = read_json(CASES.read_text(encoding="utf-8"))
    for case, found in zip(cases, assess(cases), strict=True):
        expected = case["expected"]
        assert {key: found["output"].get(key) for key in expected} == expected, case["id"]
