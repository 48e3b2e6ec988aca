"""Worked cases through the rules, without any database: JSON records in, the same records with `output` out.

A term is evaluated as at its closing: an assessment that is null counts 0 or Chưa đạt. Marks in and out are JSON
numbers. A record that is not valid gets `error` and the others go on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from edudesk.gradebook.results.assess_input import MarksInput
from edudesk.gradebook.results.assess_kinds import OLD_KINDS, PRIMARY_KINDS
from edudesk.gradebook.rules import levels, marks, year
from edudesk.gradebook.rules.primary import primary_regulation
from edudesk.gradebook.rules.regulation import Regulation, regulation_named
from edudesk.gradebook.rules.tt58 import old_regulation
from edudesk.kernel.case import CaseInput, invalid
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import Doubled, as_decimal
from edudesk.kernel.words import _
from edudesk.students.idnumber import SEXES, check_id_number

Output = dict[str, Any]
More = Mapping[str, Callable[[CaseInput], Output]]
NO_MORE: More = {}
DEEPEST = 20  # layers of a case


def assess(cases: object, more: More = NO_MORE) -> list[Output]:
    """`{id, regulation, kind, input}` in, each with `output` or `error`, in order. Raises Refused ASSESS_LIST.

    `more` are kinds other slices judge; they name no regulation.
    """
    if not isinstance(cases, list):
        next_step = _("Tệp gồm một danh sách [ … ] các ca có id, regulation, kind, input.")
        raise Refused(Problem("ASSESS_LIST", _("Cần một danh sách ca."), next=next_step))
    return [assess_one(case, more) for case in cases]


def assess_one(case: object, more: More = NO_MORE) -> Output:
    """One case with its output, or with an error that says code, message and what to do."""
    if not isinstance(case, dict):
        return {"id": None, "error": _error(invalid("", _("một ca là một đối tượng {…}")))}
    echo = {key: value for key, value in case.items() if key not in ("output", "error")}
    if _is_deep(case, DEEPEST):
        known = case.get("id")
        echo = {"id": known if isinstance(known, int | str) else None}
        return {
            **echo,
            "error": _error(invalid("", _("một ca không lồng nhau quá {n} lớp").format(n=DEEPEST))),
        }
    try:
        if (key := _doubled(case)) is not None:
            raise invalid(key, _("mỗi khóa một lần"))
        return {**echo, "output": _output(case, more)}
    except ArithmeticError:
        return {**echo, "error": _error(invalid("input", _("những số tính được, không quá lớn")))}
    except Refused as refusal:
        return {**echo, "error": _error(refusal)}


def _is_deep(value: object, room: int) -> bool:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return room == 0 or any(_is_deep(child, room - 1) for child in children)


def _doubled(value: object) -> str | None:
    """The first key that an object anywhere in a case names twice; None where each is named once."""
    if isinstance(value, Doubled):
        return value.key
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((key for child in children if (key := _doubled(child)) is not None), None)


def _output(case: Mapping[str, Any], more: More) -> Output:
    kind, code = case.get("kind"), case.get("regulation")
    given = MarksInput.of(case.get("input"))
    if kind == "id_number":
        return _id_number(given)
    if isinstance(kind, str) and kind in more:
        return more[kind](given)
    if not isinstance(kind, str) or kind not in _ALL:
        raise invalid("kind", _("một trong {kinds}").format(kinds=", ".join([*_ALL, "id_number", *more])))
    if not isinstance(code, str):
        raise invalid("regulation", _("mã quy định"))
    return _ALL[kind](given, code)


def _error(refusal: Refused) -> Output:
    problems = [
        {"code": problem.code, "message": problem.message, "place": problem.place, "next": problem.next}
        for problem in refusal.problems
    ]
    return {"code": refusal.code, "message": refusal.sentence, "next": refusal.next, "problems": problems}


# -- terms and years of a subject


def _subject_semester(given: MarksInput, regulation: Regulation) -> Output:
    regular = [regulation.missing_score if mark is None else mark for mark in given.marks("tx", gaps=True)]
    required = given.whole("required_tx", lowest=1, highest=9) if given.has("required_tx") else 0
    regular += [regulation.missing_score] * (required - len(regular))
    if not regular:
        raise invalid("tx", _("ít nhất một điểm thường xuyên"))
    midterm, final = (
        regulation.missing_score if mark is None else mark for mark in (given.gap("gk"), given.gap("ck"))
    )
    return {"dtbmhk": as_decimal(marks.term_average(regular, midterm, final, regulation=regulation).value)}


def _subject_year(given: MarksInput, regulation: Regulation) -> Output:
    if given.has("hk1"):
        return _subject_year_of_terms(given, regulation)
    first, second = given.mark("dtbmhk1"), given.mark("dtbmhk2")
    return {"dtbmcn": as_decimal(marks.year_average(first, second, regulation=regulation).value)}


def _subject_year_of_terms(given: MarksInput, regulation: Regulation) -> Output:
    first, second = (_subject_semester(given.inside(term), regulation)["dtbmhk"] for term in ("hk1", "hk2"))
    terms = MarksInput({"dtbmhk1": first, "dtbmhk2": second})
    return {"dtbmhk1": first, "dtbmhk2": second, **_subject_year(terms, regulation)}


def _comment_semester(given: MarksInput, regulation: Regulation) -> Output:
    least = (
        given.whole("required_tx", lowest=1, highest=9)
        if given.has("required_tx")
        else regulation.regular_comment
    )
    regular = given.comments("tx", gaps=True)
    absent = regulation.missing_comment
    padded = [absent if result is None else result for result in regular] + [absent] * (least - len(regular))
    midterm, final = (
        absent if result is None else result for result in (given.periodic("gk"), given.periodic("ck"))
    )
    counts = {"counts_in_level": True} if given.has("exempt") else {}
    return {
        "result": marks.comment_of_contents([*padded, midterm, final]),
        "gk": midterm,
        "ck": final,
        **counts,
    }


def _comment_year(given: MarksInput, _regulation: Regulation) -> Output:
    if given.has("hk1"):
        given.comment_or_gap("hk1")
    return {"year": year.comment_year(given.comment("hk2"))}


# -- levels


def _academic_level(given: MarksInput, regulation: Regulation) -> Output:
    learning = levels.learning(_scores(given, "scores"), _comments(given), regulation=regulation)
    return _learned(learning)


def _learned(learning: levels.Learning) -> Output:
    return {
        "level": learning.level,
        "base_level": learning.base_level,
        "adjusted": learning.adjusted,
        "because": learning.because,
    }


def _scores(given: MarksInput, key: str) -> dict[str, int]:
    return {f"scores[{n}]": mark for n, mark in enumerate(given.marks(key), 1)}


def _comments(given: MarksInput) -> dict[str, str]:
    return {f"cm{n}": result for n, result in enumerate(given.comments("comments"), 1)}


def _conduct_year(given: MarksInput, regulation: Regulation) -> Output:
    first, second = given.level("hk1"), given.level("hk2")
    return {"year": year.conduct_year(first, second, regulation=regulation)}


def _title(given: MarksInput, regulation: Regulation) -> Output:
    learned, conduct = given.level("hoc_tap"), given.level("ren_luyen")
    return {"title": _titled(given, learned, conduct, regulation=regulation)}


def _titled(given: MarksInput, learned: str, conduct: str, *, regulation: Regulation) -> str | None:
    averages = tuple(given.named_marks("dtbmcn").values())
    if len(averages) < regulation.fewest_subjects:
        raise invalid("dtbmcn", _("điểm của ít nhất {n} môn").format(n=regulation.fewest_subjects))
    return year.title(learned, conduct, averages, regulation=regulation)


# -- going up


def _promotion(given: MarksInput, regulation: Regulation) -> Output:
    conduct, absences = given.level("ren_luyen"), given.whole("absences")
    summer = given.level("summer_training") if given.has("summer_training") else None
    again = _reassessed(given, regulation) if given.has("comments") or given.has("retest") else None
    learned = given.level("hoc_tap") if given.has("hoc_tap") or again is None else again.before.level
    taken = again is not None and given.has("retest")
    after = again.after.level if again is not None and taken else None
    outcome = year.promotion(
        learned, conduct, absences, regulation=regulation, summer=summer, learned_after=after
    )
    titled = _titled(given, learned, conduct, regulation=regulation) if given.has("dtbmcn") else None
    promotion = year.with_title(outcome, titled)
    output: Output = {"outcome": promotion.outcome, "title": promotion.title, "warn": promotion.warn}
    return output if again is None else {**output, **_before_and_after(again)}


def _reassessed(given: MarksInput, regulation: Regulation) -> year.Reassessed:
    averages = given.named_marks("dtbmcn")
    again = given.retest("retest") if given.has("retest") else {}
    return year.reassess(averages, _comments(given), again, regulation=regulation)


def _before_and_after(again: year.Reassessed) -> Output:
    return {
        "level_before": again.before.level,
        "level_after": again.after.level,
        "level_for_promotion": again.after.level,
        "retest_eligible": list(again.eligible),
    }


# -- the identity number


def _id_number(given: MarksInput) -> Output:
    born = None
    if given.has("dob"):
        try:
            born = dt.date.fromisoformat(given.text("dob"))
        except ValueError:
            raise invalid("dob", _("ngày như 2012-05-04")) from None
    sex = given.one_of("sex", SEXES) if given.has("sex") else None
    check = check_id_number(given.text("number"), born, sex)
    return {
        "ok": check.ok,
        "warnings": [warning.code for warning in check.warnings],
        "errors": [check.problem.code] if check.problem else [],
        "suggestion": check.suggestion,
    }


_KINDS: dict[str, Callable[[MarksInput, Regulation], Output]] = {
    "subject_semester": _subject_semester,
    "subject_year": _subject_year,
    "comment_semester": _comment_semester,
    "comment_year": _comment_year,
    "academic_level": _academic_level,
    "conduct_year": _conduct_year,
    "title": _title,
    "promotion": _promotion,
}


def _by(
    judge: Callable[[MarksInput, Any], Output], named: Callable[[str], Any]
) -> Callable[[MarksInput, str], Output]:
    return lambda given, code: judge(given, named(code))


_ALL: dict[str, Callable[[MarksInput, str], Output]] = {
    **{kind: _by(judge, regulation_named) for kind, judge in _KINDS.items()},
    **{kind: _by(judge, primary_regulation) for kind, judge in PRIMARY_KINDS.items()},
    **{kind: _by(judge, old_regulation) for kind, judge in OLD_KINDS.items()},
}
