"""The papers and spreadsheets of the gradebook, for `print` and `export`."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.gradebook.commands.forms import export_form, form_pages
from edudesk.gradebook.commands.statistics import asked_of
from edudesk.gradebook.exchange import mark_sheets
from edudesk.gradebook.exchange.board_sheet import board_sheets
from edudesk.gradebook.exchange.statistics_sheet import statistics_sheets
from edudesk.gradebook.papers import content
from edudesk.gradebook.papers.board import board_paper
from edudesk.gradebook.papers.changes import changes_paper
from edudesk.gradebook.papers.explanation import explanation_paper
from edudesk.gradebook.papers.locks import locks_paper
from edudesk.gradebook.papers.readback import read_back_paper
from edudesk.gradebook.papers.statistics import statistics_paper
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.results.statistics_kinds import KINDS_OF_SUBJECT
from edudesk.kernel.words import N_
from edudesk.paper.document import Paper
from edudesk.paper.kinds import ExportKind, PaperKind, Wanted
from edudesk.school.store import class_by_id
from edudesk.sheets.writer import WORKBOOK
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.students import report as students


def _class_list(db: Database, w: Wanted) -> Paper:
    homeroom = names(db).get(class_by_id(db, w.class_id).homeroom_id or "", "")
    return students.class_list_paper(students.class_list(db, w.year, w.class_id, homeroom=homeroom))


PAPERS: Mapping[str, PaperKind] = {
    "class-list": PaperKind(N_("danh sách lớp"), ("class",), _class_list),
    "class-sheet": PaperKind(
        N_("bảng điểm một môn của lớp"),
        ("class", "subject", "term"),
        lambda db, w: content.class_sheet_paper(db, w.class_id, w.code, w.term),
    ),
    "results": PaperKind(
        N_("bảng tổng hợp kết quả của lớp"),
        ("class", "term"),
        lambda db, w: content.results_paper(db, w.class_id, w.term),
    ),
    "report-slip": PaperKind(
        N_("phiếu kết quả của từng em"),
        ("class", "term"),
        lambda db, w: content.report_card_paper(db, w.class_id, w.term, pupil_id=w.pupil_id),
    ),
    "explain": PaperKind(
        N_("giải thích kết quả của từng em cho phụ huynh"),
        ("class", "term"),
        lambda db, w: explanation_paper(db, w.class_id, w.term, pupil_id=w.pupil_id),
    ),
    "statistics": PaperKind(
        N_("thống kê kết quả, có biểu đồ"),
        ("term",),
        lambda db, w: statistics_paper(db, w.year, w.term, asked_of(w.args)),
        subjects=KINDS_OF_SUBJECT,
    ),
    "locks": PaperKind(
        N_("danh sách khóa sổ, phiếu mở khóa và niêm phong"), (), lambda db, w: locks_paper(db, w.year)
    ),
    "mark-changes": PaperKind(
        N_("biên bản sửa điểm một môn của lớp"),
        ("class", "subject", "term"),
        lambda db, w: changes_paper(db, SheetKey(w.class_id, w.code, w.term), days=w.days),
    ),
    "board": PaperKind(
        N_("tiến độ nhập điểm: ai còn thiếu gì"),
        ("term",),
        lambda db, w: board_paper(db, w.year, w.term),
    ),
    "read-back": PaperKind(
        N_("bảng soát một cột điểm"),
        ("class", "subject", "term"),
        lambda db, w: read_back_paper(db, w.class_id, w.code, w.term),
    ),
}

EXPORTS: Mapping[str, ExportKind] = {
    "marks": ExportKind(
        N_("điểm các môn của lớp"),
        ("class", "term"),
        lambda db, w: mark_sheets.marks_sheets(db, w.class_id, w.term, code=w.code or None),
    ),
    "results": ExportKind(
        N_("kết quả của lớp"),
        ("class", "term"),
        lambda db, w: mark_sheets.results_sheet(db, w.class_id, w.term),
    ),
    "board": ExportKind(N_("tiến độ nhập điểm"), ("term",), lambda db, w: board_sheets(db, w.year, w.term)),
    "statistics": ExportKind(
        N_("thống kê kết quả"),
        ("term",),
        lambda db, w: statistics_sheets(db, w.year, w.term, asked_of(w.args)),
        subjects=KINDS_OF_SUBJECT,
    ),
    "mark-form": ExportKind(
        N_("phiếu nhập điểm cho thầy cô không có chương trình"),
        ("term",),
        endings=(WORKBOOK,),
        write=lambda db, path, w: export_form(
            db,
            path,
            form_pages(db, w.year, w.term, class_id=w.class_id, code=w.code, teacher=w.args.teacher),
        ),
    ),
}
