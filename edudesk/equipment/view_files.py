"""Files of the register: what comes in from Excel, what goes out, what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from edudesk.equipment.imports import apply_equipment, equipment_kind, plan_equipment
from edudesk.equipment.report_labels import SHEET_NAMES, label_sheet, labels_paper, save_label_sheet
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Failure
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.paper.document import Paper, write_pdf
from edudesk.premises.view_files import save_file
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.table.preview import How, import_list


def import_register(desk: Desk) -> None:
    """Take a list of equipment in, after a look at it."""
    import_list(desk, _("Nhập thiết bị từ Excel"), How(plan_equipment, apply_equipment, equipment_kind()))


def export_register(desk: Desk) -> None:
    """The register as a spreadsheet that can be imported again."""

    def write(db: Database, path: Path) -> None:
        from edudesk.equipment.sheets import equipment_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, equipment_sheets(db))

    save_file(desk, _("Xuất sổ thiết bị ra Excel"), f"{_('Sổ thiết bị')}.xlsx", write)


def export_assets(desk: Desk, year: int = 0) -> None:
    """The assets of a calendar year as a spreadsheet."""
    wanted = year or desk.year

    def write(db: Database, path: Path) -> None:
        from edudesk.equipment.sheets import asset_sheets
        from edudesk.sheets.writer import write_sheet

        write_sheet(path, asset_sheets(db, wanted))

    save_file(desk, _("Xuất tài sản và hao mòn ra Excel"), f"{_('Hao mòn')} {wanted}.xlsx", write)


def print_register(desk: Desk, room_id: str = "") -> None:
    """The register as a PDF, of every room or of one."""

    def write(db: Database, path: Path) -> None:
        from edudesk.equipment.report import inventory_paper

        write_pdf(path, inventory_paper(db, room_id=room_id))

    save_file(desk, _("In sổ thiết bị"), f"{_('Sổ thiết bị')}.pdf", write)


def print_assets(desk: Desk, year: int) -> None:
    """The assets of a calendar year as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.equipment.assets.report import depreciation_paper

        write_pdf(path, depreciation_paper(db, year))

    save_file(desk, _("In sổ tài sản và hao mòn"), f"{_('Sổ tài sản và hao mòn')} {year}.pdf", write)


def print_record(desk: Desk, session_id: str) -> None:
    """The record of a count as a PDF."""

    def write(db: Database, path: Path) -> None:
        from edudesk.equipment.stocktake.report import count_record_paper

        write_pdf(path, count_record_paper(db, session_id))

    save_file(desk, _("In biên bản kiểm kê"), f"{_('Biên bản kiểm kê')}.pdf", write)


def print_labels(desk: Desk, ids: Sequence[str]) -> None:
    """Ask for the sheet and its first free place, then make the labels of these rows."""
    fields = [
        Field("sheet", N_("Tờ nhãn A4"), "choice", choices=SHEET_NAMES, required=True, width=240),
        Field("start", N_("Bắt đầu từ nhãn thứ"), "number", required=True),
    ]

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        sheet, start = str(values["sheet"]), int(values["start"] or 0)
        try:
            paper = labels_paper(desk.db, ids=ids, sheet=sheet, start=start)
        except Failure as no:
            problems(no.problems)
            return None
        if sheet != label_sheet(desk.db):
            desk.do(save_label_sheet, sheet)
        _save_labels(desk, paper)
        return paper

    sentence = _("In {n} nhãn. Tờ đã dùng dở thì bắt đầu từ nhãn còn trống, đếm từ trái sang, từ trên xuống.")
    dialog = FormDialog(
        _("In nhãn QR"), fields, yes=_("Chọn nơi ghi"), action=action, sentence=sentence.format(n=len(ids))
    )
    dialog.start({"sheet": label_sheet(desk.db), "start": 1})


def _save_labels(desk: Desk, paper: Paper) -> None:
    def write(_db: Database, path: Path) -> None:
        write_pdf(path, paper)

    save_file(desk, _("In nhãn QR"), f"{_('Nhãn thiết bị')}.pdf", write)
