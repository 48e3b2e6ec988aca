"""The part “Tự chấm”: groups and their items with points, and beside them the item under the cursor."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from edudesk.dx.editions.rules import CriterionGroup
from edudesk.dx.proposals import Proposal, proposals
from edudesk.dx.rules_score import criterion_level, show_points
from edudesk.dx.store import TABLES, ScoreLine, SelfScore, self_score
from edudesk.dx.view_detail import Detail
from edudesk.dx.view_levels import LevelStrip
from edudesk.dx.view_stage import Stage
from edudesk.kernel.change import Step
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.parts import EmptyPage, bar, button, stack
from edudesk.ui.scrolled import Scrolled
from edudesk.ui.table.view import Column, GroupRow, RecordTable

READ = (*TABLES, "staff", "setting")
KEYS = (
    (N_("Enter"), N_("Chấm mục đang chọn; trong ô điểm: ghi và sang mục sau")),
    (N_("Esc"), N_("Từ ô điểm về danh sách")),
)


class ScoreTab(QWidget):
    """Reads in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.score: SelfScore | None = None
        self._proposed: Mapping[str, Proposal] = {}
        self.stage = Stage(desk)
        self.strip = LevelStrip()
        self.detail = Detail(desk)
        self.table = RecordTable(_columns(self._proposal))
        self.table.setAccessibleName(_("Các mục tự chấm"))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _line: self.detail.start())
        self.detail.stepped.connect(self._next)
        begin = button(_("Bắt đầu đợt tự chấm"), kind="main", on=self.stage.begin)
        sentence = _(
            "Nơi trường tự chấm mức độ chuyển đổi số theo QĐ 4725/QĐ-BGDĐT: chấm từng mục, giữ minh chứng, "
            "xem mức đạt được và in báo cáo."
        )
        self.empty = EmptyPage(_("Năm học này chưa tự chấm"), sentence, icon="gauge", action=begin)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._work())
        column = stack(self._stack)
        self.setLayout(column)

    def _work(self) -> QWidget:
        made = QWidget()
        row = bar(spacing=10)
        row.addWidget(self.table, 1)
        row.addWidget(Scrolled(self.detail))
        column: QVBoxLayout = stack(self.strip, self.stage, spacing=8)
        column.addLayout(row, 1)
        made.setLayout(column)
        return made

    def refresh(self, step: Step | None = None) -> None:
        """Read again after a Step that touches the self-score, or everything when None."""
        if step is not None and not step.touches(*READ):
            return
        db, year = self._desk.db, self._desk.year
        self.score = self_score(db, year)
        if step is None:
            self._proposed = proposals(db, year, self.score.edition.index)
        self._stack.setCurrentIndex(int(self.score.report.stage != "new"))
        self.strip.show_score(self.score)
        self.stage.show_score(self.score)
        self.table.set_rows(
            _rows(self.score), key=lambda row: row.code if isinstance(row, ScoreLine) else row.title
        )
        if self.table.current() is None:
            self.table.pick(next((line.code for line in self.score.lines), ""))
        self._picked(self.table.current())

    def _proposal(self, line: ScoreLine) -> Proposal | None:
        return self._proposed.get(line.code)

    def _picked(self, record: object) -> None:
        if self.score is not None:
            line = record if isinstance(record, ScoreLine) else None
            self.detail.show_line(line, self.score, self._proposed.get(line.code) if line else None)

    def _next(self) -> None:
        """The line below, its points ready to be typed."""
        row = self.table.currentIndex().row() + 1
        while row < len(self.table.records) and not isinstance(self.table.records[row], ScoreLine):
            row += 1
        if row < len(self.table.records):
            self.table.setCurrentIndex(self.table.model().index(row, 0))
            self.detail.start()


def _columns(proposal: object) -> list[Column]:
    assert callable(proposal)
    return [
        Column("code", _("Mã"), lambda line: line.code, 60),
        Column("title", _("Mục"), lambda line: line.title, 0, names=True, style=_title),
        Column("points", _("Điểm"), _points, 80, "right", style=_points_style),
        Column("proposal", _("Đề xuất"), lambda line: _offered(proposal(line)), 68, "right"),
        Column("evidence", _("Minh chứng"), lambda line: str(line.evidence or "–"), 84, "right"),
        Column("staff", _("Phụ trách"), lambda line: line.staff or "–", 128),
    ]


def _title(line: ScoreLine) -> CellStyle:
    return CellStyle(line.title, tip=line.title)


def _points(line: ScoreLine) -> str:
    if line.item is None:
        return {True: _("đạt"), False: _("chưa đạt"), None: ""}[line.met]
    most = show_points(line.item.maximum)
    return f"{show_points(line.points)}/{most}" if line.points is not None else f"/{most}"


def _points_style(line: ScoreLine) -> CellStyle:
    colour = "bad" if line.met is False else "ok" if line.met else ""
    return CellStyle(_points(line), "right", owed=line.open, bold=not line.open, colour=colour)


def _offered(proposal: Proposal | None) -> str:
    return "–" if proposal is None or proposal.points is None else show_points(proposal.points)


def _rows(score: SelfScore) -> list[object]:
    rows: list[object] = []
    for line in score.lines:
        before = rows[-1] if rows else None
        if not isinstance(before, ScoreLine) or before.criterion != line.criterion:
            title = _heading(score, line)
            rows += [title] if title else []
        rows.append(line)
        if (
            line.group.missing
            and line.criterion == line.group.criteria[-1]
            and line.item == line.group.items[-1]
        ):
            rows.append(_hole(line.group))
    return rows


def _hole(group: CriterionGroup) -> GroupRow:
    words = _("Nhóm {code} còn thiếu {n} điểm: bổ sung mục theo văn bản gốc ở Bộ chỉ số")
    return GroupRow(
        words.format(code=group.code, n=show_points(group.missing)), f"?/{show_points(group.missing)}"
    )


def _heading(score: SelfScore, line: ScoreLine) -> GroupRow | None:
    """The title above the first item of a criterion with several; none above a line that is a criterion itself."""
    criterion = line.criterion
    if len(criterion.items) < 2:
        return None
    given = {
        row.code: row.points for row in score.lines if row.criterion == criterion and row.points is not None
    }
    most = sum(item.maximum for item in criterion.items)
    note = f"{show_points(sum(given.values()))}/{show_points(most)}"
    level = criterion_level(criterion, given)
    message = _("{points} · mức {level}").format(points=note, level=level) if level else note
    return GroupRow(f"{criterion.code}. {criterion.title}", message)
