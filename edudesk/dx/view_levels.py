"""How far each group has come: points on a bar with the marks where the levels change, and how much is left."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from edudesk.dx.editions.rules import Bands
from edudesk.dx.rules_score import GroupScore, level_name, show_points
from edudesk.dx.store import STAGES, SelfScore
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.ui.cells import Chip, ChipKind, hatch
from edudesk.ui.parts import ChipLabel, bar, label, set_role, stack
from edudesk.ui.theme import BODY, SMALL, TITLE, font, token

LEVEL_CHIPS: dict[int, ChipKind] = {1: "ask", 2: "soft", 3: "ok"}
TRACK = 10


class LevelBar(QWidget):
    """A bar from 0 to the scale, a tick at each bound; what the index lacks is hatched at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(TRACK + 20)
        self._points, self._scale, self._missing = 0, 1000, 0
        self._bands = Bands(500, 750)

    def show_score(self, score: GroupScore, bands: Bands, scale: int) -> None:
        """Points and scale in tenths."""
        self._points, self._missing = score.points, score.group.missing
        self._bands, self._scale = bands, scale
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        wide = self.width() - 1
        p.fillRect(0, 0, wide, TRACK, token("bar_bg"))
        p.fillRect(0, 0, self._at(self._points), TRACK, token("accent"))
        if self._missing:
            left = self._at(self._scale - self._missing)
            hatch(p, QRect(left, 0, wide - left, TRACK))
        p.setFont(font(SMALL))
        for bound in (self._bands.second_from, self._bands.third_above):
            at = self._at(bound)
            p.fillRect(at, 0, 1, TRACK + 4, token("text2"))
            p.setPen(token("text2"))
            spot = QRect(at - 20, TRACK + 3, 40, 17)
            p.drawText(spot, Qt.AlignmentFlag.AlignCenter, show_points(bound))
        p.end()

    def _at(self, points: int) -> int:
        return (self.width() - 1) * points // self._scale


class GroupCard(QFrame):
    """One group: its name, points, level and what is left to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self.name = label("", bold=True)
        self.points = label("", points=TITLE, bold=True)
        self.chip = ChipLabel(Chip("", "grey"))
        self.left = label("", role="text2")
        self.bar = LevelBar()
        column = stack(spacing=4, pad=(14, 8, 14, 6))
        column.addWidget(self.name)
        column.addLayout(bar(self.points, self.chip, None, self.left))
        column.addWidget(self.bar)
        self.setLayout(column)

    def show_score(self, score: GroupScore, self_score: SelfScore) -> None:
        """Show the group's score."""
        index = self_score.edition.index
        self.name.setText(_("Nhóm {code}. {title}").format(code=score.group.code, title=score.group.title))
        words = _("{points}/{max} điểm")
        message = words.format(points=show_points(score.points), max=show_points(score.group.maximum))
        self.points.setText(message)
        self.chip.set_chip(Chip(_("Mức {n}").format(n=score.level), LEVEL_CHIPS[score.level]))
        self.chip.setToolTip(level_name(score.level))
        self.left.setText(left_words(score))
        self.bar.show_score(score, index.bands, index.scale)
        self.bar.setAccessibleName(
            f"{self.name.text()}: {message}, {level_name(score.level)}. {left_words(score)}"
        )


def left_words(score: GroupScore) -> str:
    """“còn 9 điểm tới mức 3”."""
    if score.to_next is None:
        return _("đã ở mức cao nhất")
    return _("còn {n} điểm tới mức {level}").format(n=show_points(score.to_next), level=score.next_level)


class OverallCard(QFrame):
    """The level of the school, the conditions, how far the report has come."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self.level = label("", points=BODY, bold=True)
        self.conditions = label("")
        self.stage = label("", role="text2")
        self.level.setToolTip(
            _("Mức chung lấy theo nhóm thấp hơn: cách hiểu của EduDesk, chưa đối chiếu văn bản gốc.")
        )
        column = stack(
            label(_("Mức chung (theo nhóm thấp hơn)"), role="text2"),
            self.level,
            spacing=4,
            pad=(14, 8, 14, 6),
        )
        column.addWidget(self.conditions)
        column.addWidget(self.stage)
        self.setLayout(column)

    def show_score(self, self_score: SelfScore) -> None:
        """Show the whole."""
        unmet = self_score.result.unmet
        self.level.setText(level_name(self_score.result.overall))
        if unmet:
            codes = ", ".join(criterion.code for criterion in unmet)
            self.conditions.setText(_("Điều kiện bắt buộc chưa đạt: {codes}").format(codes=codes))
        else:
            self.conditions.setText(
                _("Đạt cả {n} điều kiện bắt buộc").format(n=len(self_score.result.conditions))
            )
        set_role(self.conditions, "role", "bad" if unmet else "ok")
        self.stage.setText(stage_words(self_score))


def stage_words(self_score: SelfScore) -> str:
    """“Đang tự chấm, còn 2 mục; hạn báo cáo trước 31/05/2027”."""
    report = self_score.report
    if report.stage == "sent":
        words = _("Đã báo cáo {to} ngày {day}")
        return words.format(to=report.sent_to, day=show_date(report.sent_on))
    if report.stage == "approved":
        words = _("{who} phê duyệt ngày {day}")
        return words.format(who=report.principal, day=show_date(report.approved_at[:10]))
    due = _("báo cáo trước {day}").format(day=show_date(self_score.due.isoformat()))
    open_words = _(", còn {n} mục").format(n=len(self_score.open)) if self_score.open else _(", đã chấm hết")
    return f"{_(STAGES[report.stage])}{open_words}; {due}"


class LevelStrip(QWidget):
    """Both groups and the whole, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = (GroupCard(), GroupCard())
        self.overall = OverallCard()
        self.draft = label("", role="ask")
        self.draft.setWordWrap(True)
        row = bar(spacing=10)
        for card in (*self.groups, self.overall):
            row.addWidget(card, 1)
        column = stack(spacing=6)
        column.addLayout(row)
        column.addWidget(self.draft)
        self.setLayout(column)

    def show_score(self, self_score: SelfScore) -> None:
        """Show a year."""
        for card, score in zip(self.groups, self_score.result.groups, strict=False):
            card.show_score(score, self_score)
        self.overall.show_score(self_score)
        reasons = [problem.message for problem in self_score.edition.problems]
        self.draft.setText(_("Kết quả là bản nháp: {why}").format(why=" ".join(reasons)))
        self.draft.setVisible(bool(reasons))
