"""Verbs that make files for others: print, export."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from edudesk.gradebook.exchange import mark_sheets as gradebook_sheets
from edudesk.gradebook.exchange.board_sheet import board_sheets
from edudesk.gradebook.exchange.statistics_sheet import statistics_sheets
from edudesk.gradebook.papers import content as gradebook
from edudesk.gradebook.papers.board import board_paper
from edudesk.gradebook.papers.changes import changes_paper
from edudesk.gradebook.papers.explanation import explain_paper
from edudesk.gradebook.papers.locks import locks_paper
from edudesk.gradebook.papers.readback import read_back_paper
from edudesk.gradebook.papers.statistics import statistics_paper
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.results.statistics_kinds import KINDS_OF_SUBJECT
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.paper.document import Paper, write_pdf
from edudesk.school.programme import subject_named
from edudesk.school.store import class_by_id, class_named, classes
from edudesk.sheets.writer import WORKBOOK, require_ending, write_sheet
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.students import report as students
from edudesk.students import sheets as student_sheets
from edudesk.students.store import pupil_named
from edudesk.verbs import papers_equipment, papers_facility
from edudesk.verbs.equipment_asked import add_equipment_options, equipment_asked
from edudesk.verbs.forms import export_form, form_pages
from edudesk.verbs.paper_kinds import Kind, SheetKind, Wanted
from edudesk.verbs.statistics import add_asked, asked_of
from edudesk.verbs.verb import Answer, Call, Verb

TERMS = {"1": 1, "2": 2, "year": 0}


def _homeroom(db: Database, class_id: str) -> str:
    return names(db).get(class_by_id(db, class_id).homeroom_id or "", "")


def _class_list(db: Database, w: Wanted) -> Paper:
    found = students.class_list(db, w.year, w.class_id, homeroom=_homeroom(db, w.class_id))
    return students.class_list_paper(found)


PRINTS: Mapping[str, Kind] = {
    "class-list": Kind(N_("danh sách lớp"), ("class",), _class_list),
    "class-sheet": Kind(
        N_("bảng điểm một môn của lớp"),
        ("class", "subject", "term"),
        lambda db, w: gradebook.class_sheet_paper(db, w.class_id, w.code, w.term),
    ),
    "results": Kind(
        N_("bảng tổng hợp kết quả của lớp"),
        ("class", "term"),
        lambda db, w: gradebook.results_paper(db, w.class_id, w.term),
    ),
    "report-slip": Kind(
        N_("phiếu kết quả của từng em"),
        ("class", "term"),
        lambda db, w: gradebook.report_slip_paper(db, w.class_id, w.term, pupil_id=w.pupil_id),
    ),
    "explain": Kind(
        N_("giải thích kết quả của từng em cho phụ huynh"),
        ("class", "term"),
        lambda db, w: explain_paper(db, w.class_id, w.term, pupil_id=w.pupil_id),
    ),
    "statistics": Kind(
        N_("thống kê kết quả, có biểu đồ"),
        ("term",),
        lambda db, w: statistics_paper(db, w.year, w.term, w.asked),
    ),
    "locks": Kind(
        N_("danh sách khóa sổ, phiếu mở khóa và niêm phong"), (), lambda db, w: locks_paper(db, w.year)
    ),
    "mark-changes": Kind(
        N_("biên bản sửa điểm một môn của lớp"),
        ("class", "subject", "term"),
        lambda db, w: changes_paper(db, SheetKey(w.class_id, w.code, w.term), days=w.days),
    ),
    "board": Kind(
        N_("tiến độ nhập điểm: ai còn thiếu gì"),
        ("term",),
        lambda db, w: board_paper(db, w.year, w.term),
    ),
    **papers_facility.PRINTS,
    **papers_equipment.PRINTS,
    "read-back": Kind(
        N_("bảng soát một cột điểm"),
        ("class", "subject", "term"),
        lambda db, w: read_back_paper(db, w.class_id, w.code, w.term),
    ),
}


EXPORTS: Mapping[str, SheetKind] = {
    **papers_facility.EXPORTS,
    **papers_equipment.EXPORTS,
    "students": SheetKind(
        N_("danh sách học sinh"),
        (),
        lambda db, w: student_sheets.students_sheet(db, w.year, w.class_id or None),
    ),
    "marks": SheetKind(
        N_("điểm các môn của lớp"),
        ("class", "term"),
        lambda db, w: gradebook_sheets.marks_sheets(db, w.class_id, w.term, code=w.code or None),
    ),
    "results": SheetKind(
        N_("kết quả của lớp"),
        ("class", "term"),
        lambda db, w: gradebook_sheets.results_sheet(db, w.class_id, w.term),
    ),
    "board": SheetKind(N_("tiến độ nhập điểm"), ("term",), lambda db, w: board_sheets(db, w.year, w.term)),
    "statistics": SheetKind(
        N_("thống kê kết quả"),
        ("term",),
        lambda db, w: statistics_sheets(db, w.year, w.term, w.asked),
    ),
    "mark-form": SheetKind(
        N_("phiếu nhập điểm cho thầy cô không có chương trình"),
        ("term",),
        endings=(WORKBOOK,),
        write=lambda db, path, w: export_form(
            db,
            path,
            form_pages(db, w.year, w.term, class_id=w.class_id, code=w.code, teacher=w.teacher),
        ),
    ),
}


def print_paper(call: Call) -> Answer:
    """One kind of paper as a PDF."""
    if call.args.list:
        return _listing(PRINTS)
    kind = PRINTS[_known(call.args.kind, PRINTS)]
    target = _target(call)
    with call.reading() as db:
        paper = kind.make(db, _wanted(call, db, kind.needs))
    pages = write_pdf(target, paper)
    said = _("Đã in {title} ra {file}, {pages} trang.").format(title=_(kind.title), file=target, pages=pages)
    return Answer({"file": str(target), "pages": pages, "draft": paper.draft}, (said,))


def export(call: Call) -> Answer:
    """One kind of spreadsheet."""
    if call.args.list:
        return _listing(EXPORTS)
    kind = EXPORTS[_known(call.args.kind, EXPORTS)]
    target = _target(call)
    require_ending(target, kind.endings)
    with call.reading() as db:
        wanted = _wanted(call, db, kind.needs)
        if kind.write is not None:
            return kind.write(db, target, wanted)
        sheets = kind.make(db, wanted)
    write_sheet(target, sheets)
    rows = sum(len(sheet.rows) for sheet in sheets)
    said = _("Đã ghi {title} ra {file}, {rows} dòng.").format(title=_(kind.title), file=target, rows=rows)
    return Answer({"file": str(target), "rows": rows}, (said,))


def _listing(kinds: Mapping[str, Kind] | Mapping[str, SheetKind]) -> Answer:
    data = [{"kind": name, "title": _(kind.title), "needs": list(kind.needs)} for name, kind in kinds.items()]
    lines = tuple(f"{name:<14} {_(kind.title)}" for name, kind in kinds.items())
    return Answer(data, lines)


def _known(name: str | None, kinds: Mapping[str, object]) -> str:
    if name in kinds:
        return str(name)
    message = _("Không có loại “{name}”.").format(name=name or "")
    raise Refused(
        Problem("KIND_UNKNOWN", message, next=_("Các loại: {known}.").format(known=", ".join(kinds)))
    )


def _target(call: Call) -> Path:
    if not call.args.output:
        raise Refused(Problem("OUTPUT_MISSING", _("Chưa nói ghi ra tệp nào."), next=_("Thêm -o TỆP.")))
    return Path(call.args.output)


def _wanted(call: Call, db: Database, needs: tuple[str, ...]) -> Wanted:
    args = call.args
    given = {"class": args.class_name, "subject": args.subject, "term": args.term}
    missing = [name for name in needs if not given[name]]
    if missing:
        message = _("Cần thêm {options}.").format(options=", ".join(f"--{name}" for name in missing))
        raise Refused(Problem("OPTION_MISSING", message, next=_("Xem edudesk print --list.")))
    year = call.year(db)
    class_id = class_named(db, year, args.class_name).id if args.class_name else ""
    pupil = pupil_named(db, year, args.pupil, class_id=class_id or None).id if args.pupil else None
    days = read_days(args.since, args.until)
    every = args.subject in KINDS_OF_SUBJECT  # what statistics may ask instead of one subject
    code, term = "" if every else subject_code(args.subject), TERMS[args.term or "year"]
    asked = equipment_asked(args)
    return Wanted(year, class_id, code, term, pupil, days, args.teacher, asked_of(args), asked)


def read_days(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day asked for. Raises Refused DATE_UNREADABLE and kin."""
    return parse_date(since), parse_date(until)


def subject_code(text: str | None) -> str:
    """The code of a subject named by code or name; "" for none. Raises Refused SUBJECT_UNKNOWN."""
    if not text:
        return ""
    found = subject_named(text)
    if found is None:
        message = _("Không có môn “{subject}”.").format(subject=text)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Dùng mã môn, như toan, ngu_van.")))
    return found.code


def tour_papers(db: Database, year: int) -> dict[str, Paper]:
    """One of each print that can be made, of the school's last class: what a tour shows."""
    last = classes(db, year)[-1]
    wanted, found = Wanted(year, last.id, "toan", 1), {}
    for name, kind in PRINTS.items():
        with suppress(Refused):  # no count yet, nothing to label
            found[name] = kind.make(db, wanted)
    return found


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", metavar=_("LOẠI"), help=_("loại, xem --list"))
    parser.add_argument("-o", "--output", metavar=_("TỆP"), help=_("tệp sẽ ghi"))
    parser.add_argument("--list", action="store_true", help=_("liệt kê các loại"))
    parser.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("tên lớp"))
    parser.add_argument("--subject", metavar=_("MÔN"), help=_("mã hoặc tên môn"))
    parser.add_argument("--term", choices=tuple(TERMS), help=_("học kì, hoặc year là cả năm"))
    parser.add_argument("--pupil", metavar=_("HỌC_SINH"), help=_("chỉ một em"))
    parser.add_argument(
        "--teacher", metavar=_("GIÁO_VIÊN"), help=_("mọi trang của một người: họ tên hoặc mã")
    )
    add_asked(parser)
    add_equipment_options(parser)
    add_days(parser)


def add_days(parser: ArgumentParser) -> None:
    """The options --since and --until."""
    parser.add_argument("--since", metavar=_("NGÀY"), help=_("từ ngày này, như 22/11/2026"))
    parser.add_argument("--until", metavar=_("NGÀY"), help=_("đến hết ngày này"))


def tour(call: Call) -> Answer:
    """Every page as a picture and every print as a PDF; works without a display."""
    from edudesk.tour import take_tour

    files = take_tour(Path(call.args.out), call.folder if call.args.data else None, papers=tour_papers)
    return Answer([str(file) for file in files], tuple(str(file) for file in files))


def _add_tour(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar=_("THƯ_MỤC"), help=_("nơi để ảnh và PDF"))


VERBS = (
    Verb("print", N_("in ra PDF"), print_paper, _add),
    Verb("export", N_("ghi ra Excel"), export, _add),
    Verb("tour", N_("chụp mọi trang và in mỗi loại giấy một bản"), tour, _add_tour),
)
