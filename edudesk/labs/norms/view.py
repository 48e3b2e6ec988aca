"""The part “Số liệu, định mức”: the counts of the reports with the list behind each, and the standards with the gaps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.labs.norms import store
from edudesk.labs.norms.report import figure_words
from edudesk.labs.norms.rules_norms import ANSWERED, CountItem, Figure
from edudesk.labs.norms.rules_standards import ZONES, Judged
from edudesk.labs.norms.store import CountedSection
from edudesk.labs.norms.store_standards import check_standards, save_zone, zone
from edudesk.labs.view_files import export_counts, print_counts, print_standards
from edudesk.school.rules import LEVEL_NAMES
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.choices import Chooser, Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, menu_button, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable

TABLES = (
    *("room", "room_detail", "building", "building_detail", "machine", "site", "site_answer"),
    *("school_class", "enrolment", "status_event", "lab_slot", "setting"),
)
COUNTS, STANDARDS = "counts", "standards"
YES_NO = (("1", N_("Có")), ("0", N_("Không")))


class CountsTab(QWidget):
    """Enter answers the item under the cursor where the school must say; what is counted names its list below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.which = Segmented([(COUNTS, _("Số liệu")), (STANDARDS, _("Định mức"))], name=_("Xem"))
        self.which.choose(COUNTS)
        self.which.chosen.connect(lambda _which: self.refresh())
        self.site = Chooser(name=_("Điểm trường"), width=220, bold=True)
        self.site.chosen.connect(lambda _site: self.refresh())
        self.answer = button(_("Trả lời…"), icon="pencil", on=lambda: self._answer(self.counts.current()))
        self.place = button(_("Vùng của trường…"), on=self._ask_zone)
        self.counts = RecordTable(_count_columns())
        self.counts.setAccessibleName(_("Số liệu cơ sở vật chất"))
        self.counts.opened.connect(self._answer)
        self.counts.picked.connect(lambda _one: self._say())
        self.standards = RecordTable(_standard_columns())
        self.standards.setAccessibleName(_("Đối chiếu định mức"))
        self.standards.picked.connect(lambda _one: self._say())
        self.note = label("", role="text2")
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(50)
        self.pages = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self.pages.addWidget(self.counts)
        self.pages.addWidget(self.standards)
        press = button(_("In số liệu"), icon="printer", on=lambda: print_counts(self.desk))
        more = menu_button(
            [
                ("printer", _("In bảng đối chiếu định mức…"), lambda: print_standards(self.desk)),
                ("upload", _("Xuất số liệu ra Excel…"), lambda: export_counts(self.desk)),
            ]
        )
        column = stack(spacing=10)
        column.addLayout(bar(self.which, self.site, None, self.answer, self.place, press, more))
        column.addWidget(self.pages, 1)
        column.addWidget(self.note)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Count again."""
        if step is not None and not step.touches(*TABLES):
            return
        counting = self.which.value() == COUNTS
        self.pages.setCurrentIndex(0 if counting else 1)
        sites = store.school_sites(self.desk.db)
        self.site.offer([("", _("Toàn trường")), *sites])
        self.site.setVisible(counting and len(sites) > 1)
        self.answer.setVisible(counting)
        self.place.setVisible(not counting)
        if counting:
            sections = store.counts(self.desk.db, self.desk.year, site_id=str(self.site.currentData() or ""))
            self.counts.set_rows(_rows(sections), key=_key)
        else:
            judged = check_standards(self.desk.db, self.desk.year)
            self.standards.set_rows(judged, key=lambda standard: (standard.level, standard.title))
        table = self.counts if counting else self.standards
        if table.current() is None and table.records:
            table.setCurrentIndex(table.model().index(int(counting), 0))
        self._say()

    def _say(self) -> None:
        """What was counted, or where the standard stands, under the table."""
        if self.which.value() == STANDARDS:
            standard = self.standards.current()
            message = (
                f"{standard.words}\n{standard.article.cited}. {standard.article.note}".strip()
                if standard
                else ""
            )
            self.note.setText(message or _("Chương trình chưa có định mức nào cho cấp học của trường."))
            return
        figure = self.counts.current()
        self.answer.setEnabled(isinstance(figure, Figure) and figure.item.kind in ANSWERED)
        self.note.setText(_behind(figure) if isinstance(figure, Figure) else "")

    # -- actions

    def _answer(self, figure: object) -> None:
        """Ask what nothing kept can tell, for the chosen site or for each of them."""
        if not isinstance(figure, Figure):
            return
        item = figure.item
        if item.kind not in ANSWERED:
            self.desk.toast(_("Mục này được đếm từ phòng, máy và lớp đã ghi; danh sách ở dưới bảng."))
            return
        chosen = self.site.currentData() or ""
        sites = [row for row in store.school_sites(self.desk.db) if chosen in ("", row[0])]
        given = store.answers(self.desk.db, self.desk.year)
        fields = [_answer_field(item, site, name) for site, name in sites]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            answers = {site: _whole(values[site or "site"]) for site, _name in sites}
            save, toast = store.save_answers, _("Đã ghi: {item}").format(item=item.title)
            return self.desk.do(save, self.desk.year, item.code, answers, toast=toast, on_problems=problems)

        sentence = _("Để trống là chưa rõ, khác với “không” và khác với 0.")
        dialog = FormDialog(item.title, fields, yes=_("Ghi"), action=action, sentence=sentence)
        dialog.start({site or "site": given.get((site, item.code)) for site, _name in sites})

    def _ask_zone(self) -> None:
        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self.desk.do(
                save_zone, values["zone"], toast=_("Đã ghi vùng của trường"), on_problems=problems
            )

        field = Field("zone", N_("Vùng"), "choice", choices=ZONES, width=240)
        sentence = _("Định mức quy mô và đất khác nhau theo vùng; để trống là chưa rõ.")
        dialog = FormDialog(_("Vùng của trường"), [field], yes=_("Lưu"), action=action, sentence=sentence)
        dialog.start({"zone": zone(self.desk.db)})


def _answer_field(item: CountItem, site: str, name: str) -> Field:
    if item.kind == "flag":
        return Field(site or "site", name, "choice", choices=YES_NO, width=240)
    return Field(site or "site", name, "number", width=240)


def _whole(value: Value) -> int | None:
    return None if value in (None, "") else int(str(value))


def _rows(sections: Sequence[CountedSection]) -> list[object]:
    rows: list[object] = []
    for counted in sections:
        unverified = "" if counted.section.article.verified else _("chưa đối chiếu văn bản gốc")
        rows += [GroupRow(counted.section.title, unverified), *counted.figures]
    return rows


def _key(row: object) -> str:
    return row.item.code if isinstance(row, Figure) else str(getattr(row, "title", ""))


def _behind(figure: Figure) -> str:
    message = _("Gồm: {names}.").format(names=", ".join(figure.behind)) if figure.behind else ""
    return "\n".join(part for part in (message, figure.note) if part)


def _count_columns() -> list[Column]:
    return [
        Column("title", _("Nội dung"), lambda x: x.item.title, 300, names=True),
        Column("value", _("Số lượng"), lambda x: figure_words(x), 150, "right", style=_value_style),
        Column("from", _("Lấy từ"), _source, 150),
        Column("behind", _("Gồm"), lambda x: ", ".join(x.behind) or "–", 0, style=_behind_style),
    ]


def _value_style(figure: Figure) -> CellStyle:
    unknown = figure.value is None
    return CellStyle(figure_words(figure), align="right", owed=unknown, bold=not unknown)


def _behind_style(figure: Figure) -> CellStyle:
    words = figure.note or ", ".join(figure.behind)
    return CellStyle(
        words or "–", tip=_behind(figure), off=not words, colour="ask" if figure.note else "text2"
    )


def _source(figure: Figure) -> str:
    if figure.item.kind in ANSWERED:
        return _("trường trả lời")
    return _("đếm từ dữ liệu")


def _standard_columns() -> list[Column]:
    return [
        Column("level", _("Cấp học"), lambda x: _(LEVEL_NAMES[x.level]), 90),
        Column("title", _("Định mức"), lambda x: x.title, 250, names=True),
        Column("needed", _("Cần"), lambda x: x.needed, 250),
        Column("there", _("Đang có"), lambda x: x.present, 100, "right"),
        Column("met", _("Kết quả"), _met_words, 120, chip=_met_chip),
        Column("words", _("Thiếu gì, vì sao"), lambda x: x.words if x.met is not True else "–", 0),
    ]


def _met_words(judgement: Judged) -> str:
    return {True: _("Đạt"), False: _("Chưa đạt"), None: _("Chưa tính được")}[judgement.met]


def _met_chip(judgement: Judged) -> Chip:
    return Chip(_met_words(judgement), "ok" if judgement.met else "grey" if judgement.met is None else "bad")
