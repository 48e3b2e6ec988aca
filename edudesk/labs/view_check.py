"""The part “Phòng máy: mức 2”: what each computer room lacks, the ways to mend it, and the room's timetable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.labs import words
from edudesk.labs.rules_check import LevelCheck, RoomCheck
from edudesk.labs.store_timetable import check_labs, equipped_words, prices, save_prices
from edudesk.labs.view_files import print_check, print_plan
from edudesk.labs.view_log import LabLog
from edudesk.labs.view_timetable import Timetable
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.premises.view_forms import ask_room
from edudesk.school.rules import LEVEL_NAMES
from edudesk.ui.cells import Chip
from edudesk.ui.choices import Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import Card, ChipLabel, EmptyPage, bar, button, label, menu_button, rule, stack
from edudesk.ui.theme import BODY

TABLES = (
    "room",
    "machine",
    "lab_slot",
    "lab_session",
    "school_class",
    "enrolment",
    "status_event",
    "site",
    "setting",
)
WEEK, LOG = "week", "log"
CARDS = 470  # px, the column of cards


class LabsTab(QWidget):
    """A card for every room and level at the left, the timetable of one room at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.timetable = Timetable(desk)
        self.log = LabLog(desk)
        self.side = QStackedWidget()
        self.which = Segmented([(WEEK, _("Thời khóa biểu")), (LOG, _("Nhật kí"))], name=_("Xem"))
        self.which.choose(WEEK)
        self.which.chosen.connect(lambda which: self.side.setCurrentIndex(int(which == LOG)))
        for part in (self.timetable, self.log):
            self.side.addWidget(part)
        self.cards = QScrollArea()
        self.note = label("", role="text2")
        self.print = button(_("In phiếu kiểm tra"), icon="printer", on=lambda: print_check(desk))
        self.price = button(_("Giá sửa, mua…"), icon="pencil", on=self.ask_prices)
        self._layers = QStackedWidget()
        self._layers.addWidget(self._full())
        self._layers.addWidget(self._empty())
        column = stack(spacing=10)
        more = menu_button(
            [("printer", _("In dự kiến sửa chữa, mua sắm…"), lambda: print_plan(desk))],
        )
        column.addLayout(bar(self.note, None, self.price, self.print, more))
        column.addWidget(self._layers, 1)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Read the rooms and judge them."""
        if step is not None and not step.touches(*TABLES):
            return
        present = bool(store.rooms(self.desk.db, kind=LAB))
        self._layers.setCurrentIndex(0 if present else 1)
        for press in (self.print, self.price):
            press.setEnabled(present)
        checks = check_labs(self.desk.db, self.desk.year) if present else ()
        lines = [_summary(checks), equipped_words(self.desk.db)]
        self.note.setText(" · ".join(part for part in lines if part))
        self._show(checks)
        self.timetable.refresh()
        self.log.refresh()

    def _full(self) -> QWidget:
        self.cards.setWidgetResizable(True)
        self.cards.setFrameShape(QScrollArea.Shape.NoFrame)
        self.cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards.setFixedWidth(CARDS)
        self.cards.setAccessibleName(_("Kiểm tra từng phòng máy"))
        self.cards.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # nothing in it takes a key; these two move it
        on_key(self, "PgDown", lambda: self._scroll(1))
        on_key(self, "PgUp", lambda: self._scroll(-1))
        whole = QWidget()
        row = bar(self.cards, spacing=12)
        right = stack(spacing=8)
        right.addLayout(bar(self.which, None))
        right.addWidget(self.side, 1)
        row.addLayout(right, 1)
        whole.setLayout(row)
        return whole

    def _scroll(self, pages: int) -> None:
        """Move the cards by most of a page."""
        beside = self.cards.verticalScrollBar()
        beside.setValue(beside.value() + pages * beside.pageStep() * 4 // 5)

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có phòng máy tính nào"),
            _(
                "Ở đây chương trình tính mỗi máy có mấy em học chung trong giờ Tin học, so với mức độ 2 của bộ chỉ số "
                "chuyển đổi số, và chỉ ra cách đủ máy. Trước hết thêm phòng máy, rồi ghi máy ở thẻ Máy tính."
            ),
            icon="monitor",
            action=button(_("Thêm phòng máy"), kind="main", icon="plus", on=self.add),
        )

    def _show(self, checks: Sequence[LevelCheck]) -> None:
        cards = [_card(check, finding) for check in checks for finding in check.findings]
        column = QWidget()
        column.setLayout(stack(*cards, None, spacing=10, pad=(0, 0, 10, 0)))
        self.cards.setWidget(column)  # the one before goes

    def add(self) -> None:
        """Ask for a computer room."""
        ask_room(self.desk, None, {"kind": LAB, "state": "TOT", "quality": "KIEN_CO"})

    def ask_prices(self) -> None:
        """What a repair and a new machine cost."""
        fields = [
            Field("repair", N_("Sửa một máy (đồng)"), "money"),
            Field("buy", N_("Mua một máy (đồng)"), "money"),
        ]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self.desk.do(save_prices, toast=_("Đã lưu giá"), on_problems=problems, **values)

        all_prices = prices(self.desk.db)
        sentence = _("Giá trường dự kiến, chỉ để tính chi phí của mỗi cách. Để trống thì không hiện chi phí.")
        dialog = FormDialog(_("Giá sửa và mua máy"), fields, yes=_("Lưu"), action=action, sentence=sentence)
        dialog.start({"repair": all_prices.repair, "buy": all_prices.buy})


def _summary(checks: Sequence[LevelCheck]) -> str:
    return " · ".join(f"{_(LEVEL_NAMES[check.level])}: {words.level_words(check)}" for check in checks)


def _card(check: LevelCheck, finding: RoomCheck) -> Card:
    """One room and one level: the chip says it, the lines below say why and what can be done."""
    place = finding.room or _("{site}: chưa có phòng máy").format(site=finding.site)
    card = Card()
    level = label(_(LEVEL_NAMES[check.level]), role="text2")
    card.body.addLayout(bar(label(place, points=BODY, bold=True), level, None, ChipLabel(_chip(finding))))
    if finding.ratio is not None:
        card.body.addLayout(_numbers(check, finding))
    for text in (words.whose(finding), finding.note if finding.ratio is not None or not finding.room else ""):
        if text:
            card.body.addWidget(_check_words(text))
    if finding.options:
        card.body.addWidget(rule())
        card.body.addWidget(label(_("Cách để đủ máy"), role="text2", bold=True))
    for way in finding.options:
        line = _check_words(words.option_words(way), role="" if way.enough else "text2")
        row = bar(spacing=8)
        row.addWidget(line, 1)
        row.addWidget(label(words.cost_words(way), role="text2"))
        card.body.addLayout(row)
    card.body.addWidget(rule())
    card.body.addWidget(_check_words(words.crude_words(check), role="text3"))
    card.body.addWidget(_check_words(check.limit.article.cited, role="text3"))
    return card


def _chip(finding: RoomCheck) -> Chip:
    if finding.ratio is None:
        return Chip(_("Chưa tính được") if finding.room else _("Học nhờ"), "grey")
    if finding.ratio.meets_level_2:
        return Chip(_("Đạt mức 2"), "ok")
    return Chip(_("Thiếu {n} máy").format(n=finding.ratio.short_by), "bad")


def _numbers(check: LevelCheck, finding: RoomCheck) -> QVBoxLayout:
    ratio = finding.ratio.pupils_per_computer if finding.ratio else None
    big = label(_("{ratio} em một máy").format(ratio=words.ratio_text(ratio)), points=12, bold=True)
    beside = _("mức 2 cho phép nhiều nhất {n}").format(n=check.limit.most)
    used = _("{usable}/{all} máy dùng được").format(usable=finding.usable, all=finding.on_books)
    column = stack(spacing=2)
    shown = [big] if ratio else []  # where nothing works the note below says so
    column.addLayout(bar(*shown, label(beside, role="text2"), None, label(used, role="text2")))
    return column


def _check_words(text: str, *, role: str = "text2") -> QWidget:
    made = label(text, role=role)
    made.setWordWrap(True)
    return made
