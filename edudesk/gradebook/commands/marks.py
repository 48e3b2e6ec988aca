"""Commands about marks: marks get, marks set, import marks, results, explain."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from edudesk.gradebook.commands.forms import import_form
from edudesk.gradebook.commands.primary import primary_answer
from edudesk.gradebook.exchange.form_file import read_template
from edudesk.gradebook.exchange.imports import apply_marks, plan_marks
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet
from edudesk.gradebook.results.explain import explain_average, explain_level
from edudesk.gradebook.results.families import results_of
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.assessment import read_mark
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import Family
from edudesk.gradebook.rules.words import LEVEL_WORDS, OUTCOME_WORDS, TITLE_WORDS, mark_text, word_of
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import N_, _
from edudesk.school.asked import year_of
from edudesk.school.programme import subject_named
from edudesk.school.store import class_named
from edudesk.sheets.notes import note_lines, notes_data
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database
from edudesk.students.store import pupil_named

TERM_CHOICES = {"1": 1, "2": 2, "year": 0}


def mark_number(value: Mark) -> Decimal | str | None:
    """A mark as JSON has it: 8.5 as a number, D and CD as text."""
    return as_decimal(value) if isinstance(value, int) else value


def show_mark(value: Mark) -> str:
    """A mark as people read it, "–" for none."""
    return mark_text(value) or "–"


def _key(call: Call, db: Database) -> SheetKey:
    args = call.args
    known = subject_named(args.subject)
    if known is None:
        message = _("Không có môn “{subject}”.").format(subject=args.subject)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Dùng mã môn, như toan, ngu_van.")))
    school_class = class_named(db, year_of(call, db), args.class_name)
    return SheetKey(school_class.id, known.code, TERM_CHOICES[args.term])


# -- marks


def get_marks(call: Call) -> Answer:
    """One cell, one pupil's cells, one column, or the whole page of a subject."""
    with call.reading() as db:
        key = _key(call, db)
        sheet = class_sheet(db, key.class_id, key.code, key.term)
        wanted = _wanted(call, db, sheet)
    slots = [column.slot for column in sheet.columns]
    _require_slot(call.args.slot, slots)
    data = [_line_data(line, slots, call.args.slot) for line in wanted]
    return Answer(data, tuple(_line_text(line, slots, call.args.slot) for line in wanted))


def _wanted(call: Call, db: Database, sheet: ClassSheet) -> list[SheetLine]:
    if not call.args.pupil:
        return list(sheet.lines)
    pupil = pupil_named(db, sheet.roll.year, call.args.pupil, class_id=sheet.roll.class_id)
    lines = [line for line in sheet.lines if line.pupil_id == pupil.id]
    if not lines:
        message = _("{name} không học môn này.").format(name=pupil.name)
        raise Refused(Problem("NOT_TAKEN", message, next=_("Sửa lựa chọn môn học nếu cần.")))
    return lines


def _require_slot(slot: str | None, slots: list[str]) -> None:
    if slot and slot not in slots:
        message = _("Không có cột “{slot}”.").format(slot=slot)
        raise Refused(
            Problem("MARK_SLOT", message, next=_("Các cột: {known}.").format(known=", ".join(slots)))
        )


def _line_data(line: SheetLine, slots: list[str], only: str | None) -> dict[str, Any]:
    marks = {s: mark_number(m) for s, m in zip(slots, line.marks, strict=True) if only in (None, s)}
    return {
        "pupil": line.pupil_id,
        "number": line.number,
        "name": line.name,
        "marks": marks,
        "average": mark_number(line.result),
        "missing": list(line.missing),
    }


def _line_text(line: SheetLine, slots: list[str], only: str | None) -> str:
    marks = " ".join(
        f"{show_mark(m):>4}" for s, m in zip(slots, line.marks, strict=True) if only in (None, s)
    )
    return f"{line.number or '':>3}  {line.name:<28} {marks}  {show_mark(line.result):>4}"


def set_mark(call: Call) -> Answer:
    """Write one cell; an empty value clears it."""
    args = call.args
    with call.writing() as db:
        key = _key(call, db)
        pupil = pupil_named(db, year_of(call, db), args.pupil, class_id=key.class_id)
        kind = class_sheet(db, key.class_id, key.code, key.term).course.kind
        value = read_mark(args.value, kind)
        enter_mark(db, key, MarkEntry(pupil.id, args.slot, value), reason=args.reason or "")
        line = next(
            x for x in class_sheet(db, key.class_id, key.code, key.term).lines if x.pupil_id == pupil.id
        )
    data = {
        "pupil": pupil.id,
        "name": pupil.name,
        "slot": args.slot,
        "value": mark_number(value),
        "average": mark_number(line.result),
    }
    message = _("{name}, {slot}: {value}; trung bình {average}.")
    text = message.format(
        name=pupil.name, slot=args.slot, value=show_mark(value), average=show_mark(line.result)
    )
    return Answer(data, (text,))


def import_marks(call: Call) -> Answer:
    """Marks from a form, a long list or a class gradebook sheet, or with --dry-run only what it would do."""
    args = call.args
    path = Path(args.file)
    if not args.plain and read_template(path) is not None:
        return import_form(call, path)
    opened = call.reading if args.dry_run else call.writing
    with opened() as db:
        plan = plan_marks(db, path, year=year_of(call, db))
        if not args.dry_run:
            apply_marks(db, plan)
    counts = {kind: plan.count(kind) for kind in ("added", "changed", "unchanged")}
    data = {**counts, "refused": notes_data(plan.refused), "warnings": notes_data(plan.warnings)}
    return Answer(data, tuple(note_lines(counts, plan.refused, plan.warnings, dry_run=args.dry_run)))


# -- results


def results(call: Call) -> Answer:
    """The results of a class: averages, levels, titles, promotion, and what is missing."""
    with call.reading() as db:
        school_class = class_named(db, year_of(call, db), call.args.class_name)
        outcomes = results_of(db, school_class.id, TERM_CHOICES[call.args.term])
    return _ANSWERS[outcomes.roll.family](outcomes)


def _averages_answer(outcomes: ClassResults) -> Answer:
    lines = tuple(_result_text(result) for result in outcomes.pupils)
    return Answer([_result_data(result) for result in outcomes.pupils], lines)


_ANSWERS: Mapping[Family, Callable[[Any], Answer]] = {
    Family.AVERAGES: _averages_answer,
    Family.STAGES: primary_answer,
}


def _result_data(result: PupilResult) -> dict[str, Any]:
    return {
        "pupil": result.pupil_id,
        "number": result.number,
        "name": result.name,
        "status": None if result.left_on is None else "left",
        "averages": {code: mark_number(value) for code, value in result.averages.items()},
        "comments": dict(result.comments),
        "learning": result.learning,
        "base_learning": result.base_learning,
        "adjusted_subject": result.adjusted_subject,
        "conduct": result.conduct,
        "title": result.title,
        "promotion": result.promotion,
        "absences": result.absent_excused + result.absent_unexcused,
        "missing": list(result.missing),
        "notes": list(result.notes),
    }


def _result_text(result: PupilResult) -> str:
    words = (
        word_of(LEVEL_WORDS, result.learning) or "–",
        word_of(LEVEL_WORDS, result.conduct) or "–",
        word_of(TITLE_WORDS, result.title),
        word_of(OUTCOME_WORDS, result.promotion),
        "; ".join(result.missing),
    )
    known = " · ".join(word for word in words if word)
    return f"{result.number or '':>3}  {result.name:<28} {known}"


def explain(call: Call) -> Answer:
    """How an average or a level came about, step by step, with its article."""
    args = call.args
    with call.reading() as db:
        year = year_of(call, db)
        school_class = class_named(db, year, args.class_name)
        pupil = pupil_named(db, year, args.pupil, class_id=school_class.id)
        term = TERM_CHOICES[args.term]
        if args.subject:
            code = _key(call, db).code
            explanation = explain_average(db, school_class.id, code, term=term, pupil_id=pupil.id)
        else:
            explanation = explain_level(db, school_class.id, term=term, pupil_id=pupil.id)
    data = {
        **asdict(explanation),
        "result": mark_number(explanation.result),
        "lines": list(explanation.lines),
    }
    return Answer(data, explanation.lines)


# -- arguments


def _add_class(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--class", dest="class_name", required=True, metavar=_("LỚP"), help=_("tên lớp, như 9A2")
    )


def _add_term(parser: ArgumentParser, *, default: str | None = None, whole_year: bool = True) -> None:
    choices = ("1", "2", "year") if whole_year else ("1", "2")
    parser.add_argument(
        "--term", choices=choices, default=default, required=default is None, help=_("học kì")
    )


def _add_sheet(parser: ArgumentParser) -> None:
    _add_class(parser)
    parser.add_argument("--subject", required=True, metavar=_("MÔN"), help=_("mã hoặc tên môn, như toan"))
    _add_term(parser, whole_year=False)


PUPIL_HELP = N_("mã, số định danh 12 chữ số, hoặc #số thứ tự")


def _add_get(parser: ArgumentParser) -> None:
    _add_sheet(parser)
    parser.add_argument("--pupil", metavar=_("HỌC_SINH"), help=_(PUPIL_HELP))
    parser.add_argument("--slot", metavar=_("CỘT"), help=_("tx1, tx2, …, gk, ck; tiểu học: kgk, gk, kck, ck"))


def _add_set(parser: ArgumentParser) -> None:
    _add_sheet(parser)
    parser.add_argument("--pupil", required=True, metavar=_("HỌC_SINH"), help=_(PUPIL_HELP))
    parser.add_argument("--slot", required=True, metavar=_("CỘT"), help=_("tx1, tx2, …, gk, ck"))
    parser.add_argument(
        "--value",
        required=True,
        metavar=_("ĐIỂM"),
        help=_("8,5 hoặc 8.5; D, CD; tiểu học T, H, C; để trống là xóa"),
    )
    parser.add_argument("--reason", metavar=_("LÍ_DO"), help=_("vì sao sửa"))


def _add_import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("TỆP"), help=_("tệp Excel hoặc CSV"))
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem sẽ làm gì, không ghi"))
    parser.add_argument(
        "--take-file", action="store_true", help=_("phiếu nhập điểm: ô khác nhau thì lấy theo phiếu")
    )
    parser.add_argument("--plain", action="store_true", help=_("đọc phiếu như một bảng điểm thường"))


def _add_results(parser: ArgumentParser) -> None:
    _add_class(parser)
    _add_term(parser, default="year")


def _add_explain(parser: ArgumentParser) -> None:
    _add_class(parser)
    parser.add_argument("--pupil", required=True, metavar=_("HỌC_SINH"), help=_(PUPIL_HELP))
    parser.add_argument("--subject", metavar=_("MÔN"), help=_("một môn; để trống là kết quả học tập"))
    _add_term(parser, default="year")


COMMANDS = (
    Command("marks get", N_("đọc điểm"), get_marks, _add_get),
    Command("marks set", N_("ghi một ô điểm"), set_mark, _add_set),
    Command("import marks", N_("nhập điểm từ tệp"), import_marks, _add_import),
    Command("results", N_("kết quả của một lớp"), results, _add_results),
    Command("explain", N_("vì sao ra điểm hay mức này"), explain, _add_explain),
)
