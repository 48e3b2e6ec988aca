"""The part “Bộ chỉ số”: the edition the year is scored by; a copy is completed from the original text and confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from edudesk.dx.editions import store, store_files
from edudesk.dx.editions.rules import HOWS, IndexEntry, IndexItem
from edudesk.dx.editions.store import Edition
from edudesk.dx.editions.view_files import EditionFiles
from edudesk.dx.rules_score import show_points
from edudesk.dx.store import TABLES, self_score
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, menu_button, set_role, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable

HOW_WORDS = dict(
    zip(
        HOWS,
        (
            N_("có hoặc chưa"),
            N_("có, có một phần"),
            N_("theo tỉ lệ"),
            N_("theo số lượng"),
            N_("học sinh trên máy"),
        ),
        strict=True,
    )
)
ITEM_FIELDS = (
    Field("code", N_("Mã"), required=True, width=80),
    Field("maximum", N_("Điểm tối đa"), "number", required=True, width=100),
    Field("title", N_("Nội dung"), required=True, width=240),
    Field("how", N_("Cách chấm"), "choice", choices=tuple(HOW_WORDS.items()), required=True, width=240),
    Field("verified", N_("Đã đối chiếu văn bản gốc"), "flag", width=240),
)
CONDITION_FIELDS = (ITEM_FIELDS[0], ITEM_FIELDS[2], ITEM_FIELDS[4])


class EditionTab(QWidget):
    """Reads in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.edition = store.shipped()
        self._locked = False
        self.choice = Chooser(name=_("Bộ chỉ số"), width=380)
        self.choice.chosen.connect(self._use)
        self.state = label("", role="text2")
        self.state.setWordWrap(True)
        self.table = RecordTable(_columns())
        self._buttons()
        self.table.setAccessibleName(_("Các mục của bộ chỉ số"))
        self.table.opened.connect(self._edit)
        column = stack(spacing=8)
        column.addLayout(self._tools())
        column.addWidget(self.state)
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def _buttons(self) -> None:
        self.copy = button(_("Tạo bản sao để sửa"), kind="main", icon="plus", on=self._copy)
        self.confirm = button(_("Xác nhận…"), kind="main", icon="check", on=self._confirm)
        self.files = EditionFiles(self._desk, lambda: self.edition)
        self.more = menu_button(self.files.choices())
        drop = button(_("Bỏ"), icon="trash", on=self._drop)
        self.table.enable_on_row(drop)
        self.edits = (
            button(_("Thêm mục"), icon="plus", on=self._add_item),
            button(_("Thêm điều kiện"), on=self._add_condition),
            button(_("Sửa mức"), on=self._edit_levels),
            drop,
        )

    def _tools(self) -> QHBoxLayout:
        return bar(self.choice, None, *self.edits, self.copy, self.confirm, self.more)

    def refresh(self, step: Step | None = None) -> None:
        """Read again after a Step that touches the self-score, or everything when None."""
        if step is not None and not step.touches(*TABLES):
            return
        score = self_score(self._desk.db, self._desk.year)
        self.edition, self._locked = score.edition, bool(score.report.approved_at)
        self.choice.offer(
            [(edition.id, edition.name) for edition in store.editions(self._desk.db)], self.edition.id
        )
        self.choice.setEnabled(not self._locked)
        open_ = bool(self.edition.id) and not self.edition.confirmed_at and not self._locked
        for press in (*self.edits, self.confirm):
            press.setVisible(open_)
        self.copy.setVisible(not open_ and not self._locked)
        self._say()
        self.table.set_rows(
            _rows(self.edition), key=lambda row: row.code if isinstance(row, IndexEntry) else row.title
        )

    def _say(self) -> None:
        edition, bands = self.edition, self.edition.index.bands
        words = _("Mức 2 từ {second} đến {third} điểm, mức 3 trên {third} điểm mỗi nhóm. Nguồn: {source}.")
        message = words.format(
            second=show_points(bands.second_from), third=show_points(bands.third_above), source=edition.source
        )
        if edition.confirmed_at:
            words = _("{who} xác nhận ngày {day}.")
            message += " " + words.format(who=edition.confirmed_by, day=show_date(edition.confirmed_at[:10]))
        else:
            message += " " + " ".join(problem.message for problem in edition.problems)
        scans = store_files.scans(self._desk.db, self._desk.year)
        if scans:
            message += " " + _("Bản chụp văn bản: {names}.").format(
                names=", ".join(scan.name for scan in scans)
            )
        if self._locked:
            message += " " + _("Kết quả năm nay đã phê duyệt nên không đổi bộ chỉ số.")
        self.state.setText(message)
        set_role(self.state, "role", "text2" if edition.confirmed_at else "ask")

    # -- actions

    def _use(self, edition_id: object) -> None:
        action, toast = store.use_edition, _("Đã chọn bộ chỉ số")
        self._desk.do(action, self._desk.year, str(edition_id), toast=toast)

    def _copy(self) -> None:
        action, toast = store.copy_edition, _("Đã tạo bản sao; sửa theo văn bản gốc")
        self._desk.do(action, self._desk.year, self.edition, toast=toast)

    def _confirm(self) -> None:
        fields = (
            replace(store.CONFIRMER, required=True),
            replace(store.SOURCE, required=True),
        )
        principal = str(self._desk.db.setting("school.principal", "") or "")
        start: dict[str, Value] = {"by": principal, "source": self.edition.source}

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            given = {key: str(value or "") for key, value in values.items()}
            toast = _("Đã xác nhận bộ chỉ số")
            return self._desk.do(
                store.confirm_edition, self.edition.id, toast=toast, on_problems=problems, **given
            )

        sentence = _("Sau khi xác nhận, bộ chỉ số không sửa nữa và tổng điểm được in chính thức.")
        dialog = FormDialog(
            _("Xác nhận bộ chỉ số"), fields, yes=_("Xác nhận"), action=action, sentence=sentence
        )
        dialog.start(start)

    def _edit(self, line: IndexEntry) -> None:
        if not self.confirm.isVisible():
            return
        start: dict[str, Value] = {"code": line.code, "title": line.title, "verified": int(line.verified)}
        if line.item:
            start |= {"maximum": line.item.maximum // 10, "how": line.item.how}
            self._ask_item(line.criterion.code, start, code=line.code)
        else:
            self._ask_condition(line.group.code, start, code=line.code)

    def _add_item(self) -> None:
        line = self.table.current()
        criteria = [
            criterion
            for group in self.edition.index.groups
            for criterion in group.criteria
            if criterion.items
        ]
        here = line.criterion if isinstance(line, IndexEntry) and line.item else criteria[-1]
        self._ask_item(here.code, {"how": "yes_no"}, code=None)

    def _ask_item(self, criterion: str, start: dict[str, Value], *, code: str | None) -> None:
        choices = tuple(
            (item.code, f"{item.code}. {item.title}")
            for group in self.edition.index.groups
            for item in group.criteria
            if item.items
        )
        place = Field("criterion", N_("Tiêu chí"), "choice", choices=choices, required=True, width=240)
        fields = ITEM_FIELDS if code else (place, *ITEM_FIELDS)

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            where = str(values.pop("criterion", None) or criterion)
            save, toast = store.save_item, _("Đã lưu mục")
            return self._desk.do(
                save, self.edition.id, where, values, code=code, toast=toast, on_problems=problems
            )

        title = _("Sửa mục {code}").format(code=code) if code else _("Thêm mục")
        FormDialog(title, fields, yes=_("Lưu"), action=action).start({"criterion": criterion, **start})

    def _add_condition(self) -> None:
        line = self.table.current()
        group = line.group if isinstance(line, IndexEntry) else self.edition.index.groups[-1]
        self._ask_condition(group.code, {}, code=None)

    def _ask_condition(self, group: str, start: dict[str, Value], *, code: str | None) -> None:
        def action(values: dict[str, Value], problems: OnProblems) -> object:
            save, toast = store.save_condition, _("Đã lưu điều kiện")
            return self._desk.do(
                save, self.edition.id, group, values, code=code, toast=toast, on_problems=problems
            )

        title = _("Điều kiện bắt buộc của nhóm {code}").format(code=group)
        FormDialog(title, CONDITION_FIELDS, yes=_("Lưu"), action=action).start(start)

    def _edit_levels(self) -> None:
        fields = (
            Field("second_from", N_("Mức 2 từ (điểm)"), "number", required=True),
            Field("third_above", N_("Mức 3 trên (điểm)"), "number", required=True),
        )
        bands = self.edition.index.bands

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            given = {key: int(value or 0) for key, value in values.items()}
            return self._desk.do(
                store.save_levels, self.edition.id, toast=_("Đã lưu các mức"), on_problems=problems, **given
            )

        start: dict[str, Value] = {
            "second_from": bands.second_from // 10,
            "third_above": bands.third_above // 10,
        }
        FormDialog(_("Các mức của mỗi nhóm"), fields, yes=_("Lưu"), action=action).start(start)

    def _drop(self) -> None:
        line = self.table.current()
        if isinstance(line, IndexEntry):
            drop: Callable[..., Step] = store.drop_item if line.item else store.drop_condition
            self._desk.do(
                drop, self.edition.id, line.code, toast=_("Đã bỏ mục {code}").format(code=line.code)
            )


# -- rows


def _rows(edition: Edition) -> list[object]:
    rows: list[object] = []
    scale = show_points(edition.index.scale)
    for group in edition.index.groups:
        words = _("Nhóm {code}. {title}: {sum}/{scale} điểm")
        message = words.format(
            code=group.code, title=group.title, sum=show_points(group.maximum), scale=scale
        )
        rows.append(
            GroupRow(
                message, _("còn thiếu {n} điểm").format(n=show_points(group.missing)) if group.missing else ""
            )
        )
        for criterion in group.criteria:
            if len(criterion.items) > 1:
                rows.append(GroupRow(f"{criterion.code}. {criterion.title}"))
            wanted: tuple[IndexItem | None, ...] = criterion.items or (None,)
            rows += [IndexEntry(group, criterion, item) for item in wanted]
    return rows


def _columns() -> list[Column]:
    return [
        Column("code", _("Mã"), lambda x: x.code, 70),
        Column("title", _("Nội dung"), lambda x: x.title, 0, names=True, style=_title),
        Column("maximum", _("Tối đa"), _maximum, 90, "right"),
        Column("how", _("Cách chấm"), _how, 150),
        Column("verified", _("Đối chiếu"), _verified, 190, style=_verified_style),
    ]


def _title(line: IndexEntry) -> CellStyle:
    return CellStyle(line.title, tip=line.title)


def _maximum(line: IndexEntry) -> str:
    return show_points(line.item.maximum) if line.item else "–"


def _how(line: IndexEntry) -> str:
    return _(HOW_WORDS[line.item.how]) if line.item else _("điều kiện bắt buộc")


def _verified(line: IndexEntry) -> str:
    return _("đã đối chiếu") if line.verified else _("chưa đối chiếu văn bản gốc")


def _verified_style(line: IndexEntry) -> CellStyle:
    return CellStyle(_verified(line), colour="ok" if line.verified else "ask")
