"""Why a primary pupil has a level of the year: which condition failed, with its article; nothing is made of a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edudesk.gradebook.register.roll import YEAR
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.results.explanation import Explanation, ExplanationRow
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults, primary_results, primary_term
from edudesk.gradebook.rules.decisions import (
    AGREES,
    KINDS,
    OUTCOME,
    OUTSTANDING,
    decision_wanted,
    title_wanted,
)
from edudesk.gradebook.rules.primary import STAGES, UNFINISHED, YEAR_LEVELS, YearLevel, completed
from edudesk.gradebook.rules.primary_year import PrimaryCondition, levels_down_to, year_conditions
from edudesk.gradebook.rules.qualities import quality_head, quality_text
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import OUTCOME_WORDS, PRIMARY_TITLES, mark_text_in, word_of
from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.storage.database import Database

MOST_NAMED = {"subjects": 2, "qualities": 1, "tests": 2}  # where a condition fails


def not_there() -> Refused:
    """Said of a pupil who is not on the page."""
    message = _("Em này không có trong lớp, hoặc không học môn này.")
    return Refused(Problem("NOT_ENROLLED", message, next=_("Xem lại danh sách lớp.")))


def left_words(day: str | None, owes: bool) -> tuple[str, ...]:
    """Why a pupil who left has no result."""
    words = _("Em đã rời trường ngày {day}, không còn được đánh giá.")
    return (words.format(day=show_date(day)),) if day and not owes else ()


# -- a subject


def explain_stage(sheet: ClassSheet, line: SheetLine) -> Explanation:
    """A subject of a pupil: the level was given by a person and is made of nothing."""
    cells = zip(sheet.columns, line.marks, strict=True)
    rows = [
        ExplanationRow(column.label, "", mark_text_in(column.slot, mark) or "–") for column, mark in cells
    ]
    given = _("Mức do giáo viên đánh giá, không tính từ điểm kiểm tra.")
    if sheet.term == YEAR:
        given = _("Cả năm lấy mức cuối học kì II.")
    rows.append(ExplanationRow(_("Kết quả"), given, word_of(STAGES, str(line.result or "")), strong=True))
    labels = ", ".join(column.label for column in sheet.columns if column.slot in line.missing)
    missing = (_("Còn thiếu: {cells}.").format(cells=labels),) if labels else ()
    subtitle = _("{name} · lớp {class_name}").format(name=line.name, class_name=sheet.roll.class_name)
    return Explanation(
        title=f"{sheet.course.name} · {primary_term(sheet.term)}",
        subtitle=subtitle,
        rows=tuple(rows),
        result=line.result,
        missing=(*left_words(line.left_on, line.owes), *missing),
        notice=("", ""),
        article=sheet.roll.law.cite("stages"),
    )


# -- the year's level


def explain_year_level(db: Database, class_id: str, term: int, pupil_id: str) -> Explanation:
    """The year's level of a pupil, condition by condition; for a term what is there. Raises Refused NOT_ENROLLED."""
    results = primary_results(db, class_id, term)
    result = next((outcome for outcome in results.pupils if outcome.pupil_id == pupil_id), None)
    if result is None:
        raise not_there()
    rows = tuple(_year(results, result) if term == YEAR else _term(results, result))
    title = (
        _("Kết quả giáo dục cuối năm")
        if term == YEAR
        else _("Kết quả {term}").format(term=primary_term(term))
    )
    roll = results.roll
    return Explanation(
        title=title,
        subtitle=_("{name} · lớp {class_name}").format(name=result.name, class_name=roll.class_name),
        rows=rows if result.owes else (),
        result=result.level,
        missing=(*left_words(result.left_on, result.owes), *result.missing, *result.notes),
        notice=("", ""),
        article=results.regulation.cite("levels" if term == YEAR else "stages"),
    )


def _term(results: PrimaryResults, result: PrimaryResult) -> Iterator[ExplanationRow]:
    yield ExplanationRow(_("Môn học, hoạt động giáo dục"), value=_("mức · điểm kiểm tra"), head=True)
    for course in results.roll.courses:
        if course.code in result.levels:
            tested = result.tests.get(course.code)
            test = f" · {mark_text_in('kck', tested)}" if tested is not None else ""
            yield ExplanationRow(course.name, value=f"{result.levels[course.code] or '–'}{test}")
    yield ExplanationRow(_("Phẩm chất, năng lực"), value=_("cuối kì"), head=True)
    for letter in ("T", "D", "C"):
        n = sum(value == letter for value in result.qualities.values())
        yield ExplanationRow(quality_text(letter), value=f"{n}/{len(result.qualities)}")
    yield ExplanationRow(_("Mức của năm học chỉ xét cuối năm."))


def _year(results: PrimaryResults, result: PrimaryResult) -> Iterator[ExplanationRow]:
    if result.level is None:
        return
    names = {course.code: course.short for course in results.roll.courses}
    for rule in levels_down_to(result.level, regulation=results.regulation):
        reached = rule.level == result.level
        yield ExplanationRow(
            word_of(YEAR_LEVELS, rule.level), value=_("mức của em") if reached else _("không đạt"), head=True
        )
        for condition in year_conditions(result.year_end, rule):
            yield _condition(condition, rule, result, names)
    if not completed(result.level):
        yield ExplanationRow(word_of(YEAR_LEVELS, UNFINISHED), value=_("mức của em"), head=True)
    yield from _after(results, result)


def _condition(
    condition: PrimaryCondition, rule: YearLevel, result: PrimaryResult, names: Mapping[str, str]
) -> ExplanationRow:
    asked = {
        "subjects": _("Mọi môn: {letters}").format(letters=_either(rule.subjects)),
        "qualities": _("Mọi phẩm chất, năng lực: {letters}").format(
            letters=_either([quality_text(quality) for quality in rule.qualities])
        ),
        "tests": _("Mọi bài kiểm tra từ {n}").format(n=rule.test // 10),
    }[condition.kind]
    value = f"{condition.total - len(condition.failing)}/{condition.total}"
    if not condition.met:
        below = [_below(condition.kind, code, result, names) for code in condition.failing]
        value = _some(below, MOST_NAMED[condition.kind])
    return ExplanationRow(asked, value=value, met=condition.met)


def _below(kind: str, code: str, result: PrimaryResult, names: Mapping[str, str]) -> str:
    if kind == "qualities":
        return f"{' '.join(quality_head(code))} {quality_text(result.qualities[code])}"
    value = result.levels[code] if kind == "subjects" else mark_text_in(SlotKind.KCK, result.tests[code])
    return f"{names[code]} {value}"


def _either(letters: Sequence[str]) -> str:
    return _(" hoặc ").join(letters)


def _some(failing: Sequence[str], most: int) -> str:
    """The first few of a list; "và 5 mục nữa" for the rest."""
    rest = len(failing) - most
    if rest <= 0:
        return ", ".join(failing)
    return _("{some} và {n} mục nữa").format(some=", ".join(failing[:most]), n=rest)


def _after(results: PrimaryResults, result: PrimaryResult) -> Iterator[ExplanationRow]:
    """The title with its two marks, and what becomes of the pupil."""
    regulation = results.regulation
    article = regulation.articles["titles"].cited
    if result.title:
        yield ExplanationRow(_("Danh hiệu"), article, word_of(PRIMARY_TITLES, result.title), strong=True)
    if title_wanted(result.level, regulation=regulation):
        yield ExplanationRow(_("Xét HS Tiêu biểu"), head=True)
        for kind in (OUTSTANDING, AGREES):
            decision = result.decisions.get(kind)
            yield ExplanationRow(_(KINDS[kind]), decision.words if decision else "", met=decision is not None)
    clause = regulation.articles["completion"].cited
    if decision_wanted(result.level, result.promotion):
        yield ExplanationRow(_("Lên lớp"), clause, _("hiệu trưởng quyết định"), strong=True)
    else:
        how = clause if OUTCOME not in result.decisions else f"{clause}; {result.decisions[OUTCOME].words}"
        yield ExplanationRow(_("Lên lớp"), how, word_of(OUTCOME_WORDS, result.promotion), strong=True)
