"""What can be done now with a year's self-score: begin, approve, take back, report; and its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from edudesk.dx import store
from edudesk.dx.store import SelfScore
from edudesk.dx.view_papers import save_made
from edudesk.kernel.calendar import year_name
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label


class Stage(QWidget):
    """A row: how far the year has come, its papers, the actions of this stage."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.plan = label("", role="text2")
        self.approve = button(_("Phê duyệt…"), kind="main", icon="check", on=self._approve)
        self.send = button(_("Ghi đã báo cáo…"), kind="main", on=self._send)
        self.back = button(_("Bỏ phê duyệt"), on=self._take_back)
        papers = (
            button(_("Xuất Excel"), icon="upload", on=self.export),
            button(_("Gói minh chứng"), icon="folder", on=self.bundle),
            button(_("In báo cáo"), icon="printer", on=self.print),
        )
        self.change = button(_("Sửa kế hoạch"), kind="low", icon="pencil", on=self.begin)
        self.setLayout(bar(self.plan, self.change, None, *papers, self.back, self.approve, self.send))

    def show_score(self, self_score: SelfScore) -> None:
        """Offer what is possible now."""
        stage, report = self_score.report.stage, self_score.report
        self.change.setVisible(stage == "scoring")
        self.approve.setVisible(stage == "scoring")
        self.send.setVisible(stage == "approved")
        self.back.setVisible(stage in ("approved", "sent"))
        self.plan.setText(
            _("Theo {plan}").format(plan=report.plan) if report.plan else _("Chưa ghi kế hoạch")
        )

    # -- actions

    def begin(self) -> None:
        """Ask by which plan and until when, and begin; or change these."""
        fields = [
            store.PLAN,
            Field("planned_on", N_("Ngày bắt đầu"), "date"),
            Field("due", N_("Báo cáo trước ngày"), "date"),
        ]
        self_score = store.self_score(self._desk.db, self._desk.year)
        report, due = self_score.report, self_score.due.isoformat()
        title = _("Kế hoạch tự chấm năm học {year}").format(year=year_name(self._desk.year))
        begun = report.started
        words = _("Đã lưu kế hoạch") if begun else _("Đã bắt đầu đợt tự chấm")
        start: dict[str, Value] = {"plan": report.plan, "planned_on": report.planned_on or None, "due": due}
        self._ask(title, _("Lưu") if begun else _("Bắt đầu"), fields, (store.start, words), start)

    def _approve(self) -> None:
        fields = [replace(store.PRINCIPAL, required=True)]
        known = str(self._desk.db.setting("school.principal", "") or "")
        done = (store.approve, _("Đã phê duyệt kết quả tự chấm"))
        self._ask(_("Phê duyệt kết quả tự chấm"), _("Phê duyệt"), fields, done, {"principal": known})

    def _send(self) -> None:
        fields = [
            replace(store.RECEIVER, required=True),
            store.NUMBER,
            Field("on", N_("Ngày gửi"), "date"),
        ]
        known = str(self._desk.db.setting("school.authority", "") or "")
        done = (store.send, _("Đã ghi là đã báo cáo"))
        self._ask(_("Ghi đã báo cáo"), _("Ghi"), fields, done, {"to": known})

    def _take_back(self) -> None:
        question = _("Bỏ phê duyệt để sửa điểm và minh chứng?")
        if self._desk.ask(question, yes=_("Bỏ phê duyệt")):
            self._desk.do(store.take_back_approval, self._desk.year, toast=_("Đã bỏ phê duyệt"))

    def _ask(
        self,
        title: str,
        yes: str,
        fields: list[Field],
        done: tuple[Callable[..., object], str],
        start: dict[str, Value],
    ) -> None:
        write, toast = done

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            given = {key: str(value or "") for key, value in values.items()}
            return self._desk.do(write, self._desk.year, toast=toast, on_problems=problems, **given)

        FormDialog(title, fields, yes=yes, action=action).start(start)

    # -- papers

    def print(self) -> None:
        """The report as a PDF."""
        from edudesk.dx.report import dx_paper
        from edudesk.paper.document import write_pdf

        year = self._desk.year
        save_made(
            self._desk,
            _("In báo cáo"),
            _("Báo cáo tự đánh giá chuyển đổi số {year}.pdf"),
            lambda db, path, progress: write_pdf(path, dx_paper(db, year), progress),
        )

    def export(self) -> None:
        """The points as a spreadsheet."""
        from edudesk.dx.sheets import dx_sheets
        from edudesk.sheets.writer import write_sheet

        year = self._desk.year
        name = _("Tự chấm chuyển đổi số {year}.xlsx")
        save_made(
            self._desk, _("Xuất Excel"), name, lambda db, path, _p: write_sheet(path, dx_sheets(db, year))
        )

    def bundle(self) -> None:
        """Everything that shows the points, in one zip."""
        from edudesk.dx.bundle import write_bundle

        year = self._desk.year
        name = _("Minh chứng chuyển đổi số {year}.zip")
        save_made(self._desk, _("Gói minh chứng"), name, lambda db, path, p: write_bundle(db, year, path, p))
