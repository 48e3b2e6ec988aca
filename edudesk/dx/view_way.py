"""The part “Kế hoạch nâng mức”: for each group the fewest items, or the fewest points, that reach the next level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from edudesk.dx.places import SCORE, DxPlace
from edudesk.dx.rules_score import GroupScore, Way, show_points, ways_up
from edudesk.dx.store import TABLES, SelfScore, self_score
from edudesk.dx.view_levels import left_words
from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.parts import label, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable
from edudesk.ui.theme import BODY


@dataclass(frozen=True, slots=True)
class GainLine:
    """One item of a way up; `key` is its place among all rows."""

    key: str
    code: str
    title: str
    more: int
    before: int
    to: int
    staff: str


class WayTab(QWidget):
    """Reads in `refresh`; Enter opens the item in “Tự chấm”."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.sentence = label("", points=BODY)
        self.sentence.setWordWrap(True)
        self.table = RecordTable(
            [
                Column("code", _("Mã"), lambda x: x.code, 70),
                Column("title", _("Mục cần nâng"), lambda x: x.title, 0, names=True),
                Column("more", _("Thêm"), lambda x: f"+{show_points(x.more)}", 80, "right"),
                Column(
                    "to",
                    _("Từ → đến"),
                    lambda x: f"{show_points(x.before)} → {show_points(x.to)}",
                    110,
                    "right",
                ),
                Column("staff", _("Phụ trách"), lambda x: x.staff or "–", 180),
            ]
        )
        self.table.setAccessibleName(_("Kế hoạch nâng mức"))
        self.table.opened.connect(lambda line: desk.go(DxPlace(tab=SCORE, item=line.code)))
        column = stack(self.sentence, spacing=8)
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Read again after a Step that touches the self-score, or everything when None."""
        if step is not None and not step.touches(*TABLES):
            return
        scoring = self_score(self._desk.db, self._desk.year)
        rows = [row for score in scoring.result.groups for row in _rows(scoring, score)]
        unmet = ", ".join(criterion.code for criterion in scoring.result.unmet)
        first = _(
            "Tính từ điểm đang chấm; mục chỉ có đạt hay chưa thì nâng lên tối đa, mục khác nâng từng bước."
        )
        more = _("Điều kiện bắt buộc {codes} chưa đạt: làm trước.").format(codes=unmet) if unmet else ""
        self.sentence.setText(f"{first} {more}".strip())
        self.table.set_rows(rows, key=lambda row: row.key if isinstance(row, GainLine) else row.title)


def _rows(scoring: SelfScore, score: GroupScore) -> Sequence[object]:
    points = {line.code: line.points for line in scoring.lines if line.points is not None}
    ways = ways_up(scoring.edition.index, score, points)
    if not ways:
        words = _("Nhóm {code}: {why}")
        why = left_words(score)
        if score.to_next is not None:
            why = _("các mục đã biết không đủ điểm để lên mức {level}").format(level=score.next_level)
        return [GroupRow(words.format(code=score.group.code, why=why))]
    staff = {line.code: line.staff for line in scoring.lines}
    rows: list[object] = []
    for place, way in enumerate(ways):
        rows.append(
            GroupRow(_title(score, way, least=place > 0), _("thêm {n} điểm").format(n=show_points(way.more)))
        )
        for gain in way.gains:
            item = gain.item
            key = f"{score.group.code}/{place}/{item.code}"
            before = gain.to - gain.more
            rows.append(
                GainLine(key, item.code, item.title, gain.more, before, gain.to, staff.get(item.code, ""))
            )
    return rows


def _title(score: GroupScore, way: Way, *, least: bool) -> str:
    words = (
        _("Nhóm {code}, {left}: ít điểm nhất, {n} mục")
        if least
        else _("Nhóm {code}, {left}: ít mục nhất, {n} mục")
    )
    return words.format(code=score.group.code, left=left_words(score), n=len(way.gains))
