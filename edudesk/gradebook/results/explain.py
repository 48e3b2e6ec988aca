"""Explains a number or a level line by line, for the screen, the command line and parents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from edudesk.gradebook.register.roll import TERMS, YEAR, Roll, cells_named, family_of
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet
from edudesk.gradebook.results.closing_zeros import closing_notice
from edudesk.gradebook.results.explain_primary import explain_stage, explain_year_level, left_words, not_there
from edudesk.gradebook.results.explanation import Explanation, ExplanationRow
from edudesk.gradebook.results.lift import lift_lines
from edudesk.gradebook.results.secondary import PupilResult, class_results, term_name
from edudesk.gradebook.rules.levels import Condition, conditions
from edudesk.gradebook.rules.marks import PASSED, Average, term_average, year_average
from edudesk.gradebook.rules.regulation import FAILED, CourseKind, Family, LevelRule
from edudesk.gradebook.rules.slots import SlotKind, is_regular
from edudesk.gradebook.rules.words import (
    COMMENT_WORDS,
    LEVEL_WORDS,
    OUTCOME_WORDS,
    TITLE_WORDS,
    mark_text,
    word_of,
)
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.storage.database import Database

DECIMALS = 4  # of an unrounded average
MOST_NAMED = 3  # subjects named where a condition fails


# -- an average


def explain_average(db: Database, class_id: str, code: str, *, term: int, pupil_id: str) -> Explanation:
    """How a pupil's result in a subject came about, in a term (1, 2) or the year (0).

    Raises Refused: NOT_ENROLLED, SUBJECT_NOT_TAUGHT, CLASS_UNKNOWN.
    """
    sheet = class_sheet(db, class_id, code, term)
    line = next((row for row in sheet.lines if row.pupil_id == pupil_id), None)
    if line is None:
        raise not_there()
    return replace(_SUBJECT[sheet.course.kind](sheet, line), notice=closing_notice(db, sheet, line))


def _score(sheet: ClassSheet, line: SheetLine) -> Explanation:
    return _year(sheet, line) if sheet.term == YEAR else _term(sheet, line)


def _explanation(
    sheet: ClassSheet, line: SheetLine, what: str, rows: tuple[ExplanationRow, ...], article: str
) -> Explanation:
    missing = (_("Còn thiếu: {cells}.").format(cells=_cells(line)),) if line.missing else ()
    missing = (*left_words(line.left_on, line.owes), *missing)
    return Explanation(
        title=f"{sheet.course.name} · {what}",
        subtitle=_("{name} · lớp {class_name}").format(name=line.name, class_name=sheet.roll.class_name),
        rows=rows,
        result=line.result,
        missing=missing,
        notice=("", ""),
        article=sheet.roll.regulation.cite(article),
    )


def _cells(line: SheetLine) -> str:
    years = {"hk1": term_name(1), "hk2": term_name(2)}
    return ", ".join(years.get(slot) or cells_named((slot,)) for slot in line.missing)


def _term(sheet: ClassSheet, line: SheetLine) -> Explanation:
    marks = dict(zip((column.slot for column in sheet.columns), line.marks, strict=True))
    regular = [value for slot, value in marks.items() if is_regular(slot) and isinstance(value, int)]
    rows = [ExplanationRow("ĐĐGtx", " + ".join(map(show_tenths, regular)), show_tenths(sum(regular)))]
    once, *weights = sheet.roll.regulation.weights
    for slot, weight in zip((SlotKind.GK, SlotKind.CK), weights, strict=True):
        value = marks.get(slot)
        if isinstance(value, int):
            rows.append(
                ExplanationRow(f"ĐĐG{slot}", f"{show_tenths(value)} × {weight}", show_tenths(value * weight))
            )
    if isinstance(line.result, int):
        average = term_average(
            regular,
            int(marks[SlotKind.GK] or 0),
            int(marks[SlotKind.CK] or 0),
            regulation=sheet.roll.regulation,
        )
        divisor = _("{n} bài thường xuyên + {rest}").format(n=len(regular) * once, rest=sum(weights))
        rows += _division(average, divisor)
    return _explanation(
        sheet, line, _("ĐTBmhk {term}").format(term=term_name(sheet.term)), tuple(rows), "average"
    )


def _year(sheet: ClassSheet, line: SheetLine) -> Explanation:
    weights = sheet.roll.regulation.year_weights
    rows = []
    for term, weight in zip(TERMS, weights, strict=True):
        value = line.terms[term - 1]
        if isinstance(value, int):
            rows.append(
                ExplanationRow(
                    term_name(term), f"{show_tenths(value)} × {weight}", show_tenths(value * weight)
                )
            )
    first, second = line.terms
    if isinstance(first, int) and isinstance(second, int):
        average = year_average(first, second, regulation=sheet.roll.regulation)
        rows += _division(average, " + ".join(map(str, weights)))
    return _explanation(sheet, line, _("ĐTBmcn"), tuple(rows), "year_average")


def _division(average: Average, divisor: str) -> list[ExplanationRow]:
    return [
        ExplanationRow(_("Tổng"), "", show_tenths(average.total), strong=True),
        ExplanationRow(_("Chia cho"), divisor, str(average.divisor)),
        ExplanationRow(_("Được"), unrounded(average), show_tenths(average.value), strong=True),
    ]


def unrounded(average: Average) -> str:
    """The quotient before rounding: "4,7222…", "8,25", "7,0"."""
    scaled, rest = divmod(average.total * 10 ** (DECIMALS - 1), average.divisor)
    whole, part = divmod(scaled, 10**DECIMALS)
    decimals = f"{part:0{DECIMALS}d}"
    return f"{whole},{decimals}…" if rest else f"{whole},{decimals[0]}{decimals[1:].rstrip('0')}"


def _comment(sheet: ClassSheet, line: SheetLine) -> Explanation:
    rows = tuple(
        ExplanationRow(column.label, "", mark_text(value), met=None if value is None else value == PASSED)
        for column, value in zip(sheet.columns, line.marks, strict=True)
    )
    rule = _("Học kì Đạt khi đủ số lần đánh giá và tất cả đều Đạt.")
    if sheet.term == YEAR:
        rule = _("Cả năm lấy kết quả học kì II.")
    result = ExplanationRow(_("Kết quả"), rule, word_of(COMMENT_WORDS, str(line.result)), strong=True)
    what = term_name(sheet.term)
    return _explanation(sheet, line, what, (*rows, result), "comment_result")


# -- a level


def explain_level(db: Database, class_id: str, *, term: int, pupil_id: str) -> Explanation:
    """How a pupil's level of learning came about; for the year also conduct, title and going up. Raises Refused."""
    return _LEVEL[family_of(db, class_id)](db, class_id, term, pupil_id)


def _explain_learning(db: Database, class_id: str, term: int, pupil_id: str) -> Explanation:
    results = class_results(db, class_id, term)
    result = next((outcome for outcome in results.pupils if outcome.pupil_id == pupil_id), None)
    if result is None:
        raise not_there()
    roll = results.roll
    rows = tuple(_levels(roll, result)) if result.learning else ()
    if lifted := lift_lines(db, roll, result, term=term):
        rows += (ExplanationRow(_("Muốn lên mức"), head=True), *(ExplanationRow(*line) for line in lifted))
    if term == YEAR:
        rows += tuple(_year_end(db, roll, result))
    return Explanation(
        title=_("Kết quả học tập {term}").format(term=term_name(term)),
        subtitle=_("{name} · lớp {class_name}").format(name=result.name, class_name=roll.class_name),
        rows=rows,
        result=result.learning,
        missing=(*left_words(result.left_on, result.owes), *result.missing, *result.notes),
        notice=_notice(roll, result),
        article=roll.regulation.cite("levels"),
    )


def _levels(roll: Roll, result: PupilResult) -> Iterator[ExplanationRow]:
    """Each level from the best down to the one reached, with what it asks."""
    counted = {course.code for course in roll.courses if course.counted}
    scores = {code: value for code, value in result.averages.items() if value is not None and code in counted}
    comments = {
        code: value for code, value in result.comments.items() if value is not None and code in counted
    }
    names = {course.code: course.short for course in roll.courses}
    for rule in roll.regulation.levels:
        reached = rule.level == result.base_learning
        words = _("mức gốc") if reached else _("không đạt")
        yield ExplanationRow(word_of(LEVEL_WORDS, rule.level), value=words, head=True, reached=reached)
        for condition in conditions(scores, comments, rule):
            yield _condition(condition, rule, names, {**scores, **comments})
        if reached:
            return
    yield ExplanationRow(word_of(LEVEL_WORDS, FAILED), value=_("mức gốc"), head=True, reached=True)


def _condition(
    condition: Condition, rule: LevelRule, names: Mapping[str, str], values: Mapping[str, int | str]
) -> ExplanationRow:
    asked = {
        "comments": _("Môn nhận xét đều Đạt"),
        "each": _("Mọi môn từ {bound}").format(bound=show_tenths(rule.each)),
        "count": _("Ít nhất {n} môn từ {bound}").format(n=rule.count, bound=show_tenths(rule.count_from)),
    }[condition.kind]
    if condition.kind == "comments" and rule.failed_comments:
        asked = _("Nhiều nhất {n} môn nhận xét Chưa đạt").format(n=rule.failed_comments)
    value = f"{condition.actual}/{_of(condition, values)}"
    if not condition.met and condition.kind != "count":
        value = _some([f"{names[code]} {mark_text(values[code])}" for code in condition.failing])
    return ExplanationRow(asked, value=value, met=condition.met)


def _some(failing: Sequence[str]) -> str:
    """The first few of a list; "và 5 môn nữa" for the rest."""
    rest = len(failing) - MOST_NAMED
    if rest <= 0:
        return ", ".join(failing)
    return _("{some} và {n} môn nữa").format(some=", ".join(failing[:MOST_NAMED]), n=rest)


def _of(condition: Condition, values: Mapping[str, int | str]) -> int:
    """Out of how many subjects a condition counts."""
    comments = condition.kind == "comments"
    return sum(isinstance(value, str) == comments for value in values.values())


def _notice(roll: Roll, result: PupilResult) -> tuple[str, str]:
    if result.adjusted_subject is None:
        return "", ""
    clause = roll.regulation.articles["adjustment"].cited
    sentence = _(
        "Chỉ do môn {subject} mà mức bị thấp xuống từ hai mức trở lên, nên được lên mức liền kề: {base} → {level}."
    )
    subject = roll.course(result.adjusted_subject).name
    base, level = word_of(LEVEL_WORDS, result.base_learning), word_of(LEVEL_WORDS, result.learning)
    return (
        _("Điều chỉnh theo {clause}").format(clause=clause),
        sentence.format(subject=subject, base=base, level=level),
    )


def _year_end(db: Database, roll: Roll, result: PupilResult) -> Iterator[ExplanationRow]:
    terms = [_conduct(db, roll, result.pupil_id, term) for term in TERMS]
    if result.conduct:
        how = ", ".join(
            f"{term_name(n)} {word_of(LEVEL_WORDS, conduct)}" for n, conduct in enumerate(terms, 1)
        )
        article = roll.regulation.articles["conduct_year"].cited
        yield ExplanationRow(
            _("Rèn luyện cả năm"), f"{how} ({article})", word_of(LEVEL_WORDS, result.conduct), strong=True
        )
    if result.promotion:
        absences = _("nghỉ {n} buổi, nhiều nhất {most}").format(
            n=result.absences, most=roll.regulation.promotion.most_absences
        )
        article = roll.regulation.articles["promotion"].cited
        yield ExplanationRow(
            _("Lên lớp"), f"{absences} ({article})", word_of(OUTCOME_WORDS, result.promotion), strong=True
        )
    if result.title:
        article = roll.regulation.articles["titles"].cited
        yield ExplanationRow(_("Danh hiệu"), article, word_of(TITLE_WORDS, result.title), strong=True)


def _conduct(db: Database, roll: Roll, pupil_id: str, term: int) -> str | None:
    closing = db.value(
        "select conduct from term_record where pupil_id = ? and year = ? and term = ? and gone = 0",
        (pupil_id, roll.year, term),
    )
    return str(closing) if closing else None


# -- by kind of subject, and by family


_SUBJECT: Mapping[CourseKind, Callable[[ClassSheet, SheetLine], Explanation]] = {
    CourseKind.SCORE: _score,
    CourseKind.COMMENT: _comment,
    CourseKind.PRIMARY: explain_stage,
}
_LEVEL: Mapping[Family, Callable[[Database, str, int, str], Explanation]] = {
    Family.AVERAGES: _explain_learning,
    Family.STAGES: explain_year_level,
}
