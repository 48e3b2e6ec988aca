"""The page “Thống kê”: how many of each level, title or band, by class, grade, subject or teacher, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from edudesk.gradebook.entry.empty_state import EmptyState
from edudesk.gradebook.entry.saving import save_made
from edudesk.gradebook.pages.statistics_columns import TOTAL, parts, statistics_columns, tokens
from edudesk.gradebook.places import GradebookPlace, ResultsPlace, StatisticsPlace
from edudesk.gradebook.results.statistics import SchoolYear, read_bands, save_bands
from edudesk.gradebook.results.statistics_kinds import (
    BYS,
    COMMENTS,
    KINDS_OF_SUBJECT,
    OF_PRIMARY,
    SCORES,
    SPLITS,
    STAGED,
    WHATS,
    Statistics,
    StatisticsQuery,
    StatRow,
)
from edudesk.gradebook.results.statistics_words import MISSING, season_words, subject_words, what_words
from edudesk.gradebook.rules.slots import slot_label
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, Value
from edudesk.kernel.numbers import parse_tenths, show_tenths
from edudesk.kernel.place import Place
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database
from edudesk.ui.charts import Dot, RowBars
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.page import Page
from edudesk.ui.parts import HatchSwatch, PageHead, bar, button, label, menu_button, stack
from edudesk.ui.table.view import HEADER, RecordTable

REMEMBERED = "statistics.asked"  # setting of this PC: what was looked at last
TABLES = (
    *("mark", "term_record", "pupil", "enrolment", "status_event", "elective", "setting"),
    *("school_class", "class_subject", "subject_plan", "term", "staff"),
)
ROW = 26
KEYS = (("↑ ↓", N_("Dòng trên, dòng dưới")), ("Enter, F2", N_("Mở lớp, khối hay môn của dòng")))


class StatisticsPage(Page):
    """Counted from the marks whenever it is shown; nothing of it is stored."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.query = _remembered(desk.db)
        self.statistics: Statistics | None = None
        self._school: SchoolYear | None = None
        self.choosers = {
            "what": Chooser(name=_("Thống kê gì"), width=150, bold=True),
            "subject": Chooser(name=_("Môn"), width=170),
            "slot": Chooser(name=_("Cột điểm"), width=130),
            "by": Chooser(name=_("Theo"), width=132),
            "grade": Chooser(name=_("Khối"), width=110),
            "split": Chooser(name=_("Học sinh"), width=160),
        }
        self.table = RecordTable((), row=ROW)
        self.table.setAccessibleName(_("Bảng thống kê"))
        self.bars = RowBars(head=HEADER + 1, row=ROW)  # the table has a frame of one pixel
        self.bars.setAccessibleName(_("Biểu đồ tỉ lệ của từng dòng"))
        self.head = PageHead(_("Thống kê"), choosers=[self.choosers["what"]], buttons=self._buttons())
        self.legend, self.notes = QWidget(), label("", role="text2")
        self.empty = EmptyState(desk, "chart")
        self._column = stack(spacing=8)
        self._layers = QStackedWidget()
        self._build()
        self._connect()

    def refresh(self, step: Step | None) -> None:
        if step is not None and not step.touches(*TABLES):
            return
        self._school = None
        self._show()

    def open_at(self, place: Place) -> None:
        if isinstance(place, StatisticsPlace):
            self._school = None
            given = {key: getattr(place, key) for key in self.choosers}
            self._ask(**{key: value for key, value in given.items() if value not in ("", None)})

    def _ask(self, **choice: object) -> None:
        """Count something else: any of `what`, `by`, `split`, `subject`, `slot`, `grade`."""
        self.query = self.query.but(**choice)
        self.desk.db.set_local(REMEMBERED, {key: getattr(self.query, key) for key in self.choosers})
        self._show()

    def hint(self) -> str:
        return _("Enter mở lớp hay môn của dòng")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _(action)) for key, action in KEYS)

    def sights(self) -> tuple[Place | None, ...]:
        first = StatisticsPlace(what="learning", by="class", split="all", grade=0, subject=SCORES)
        return (
            first,
            StatisticsPlace(what="subject", by="subject"),
            StatisticsPlace(by="teacher", split="minority"),
        )

    # -- building

    def _buttons(self) -> list[QWidget]:
        return [
            button(_("Xuất Excel"), icon="upload", on=self._export),
            button(_("In thống kê"), kind="main", icon="printer", on=self._print),
            menu_button([("pencil", _("Mốc điểm của trường…"), self._edit_bands)]),
        ]

    def _build(self) -> None:
        work = QWidget(self)  # a child at once: without a parent it would show as a window
        middle = bar(self.table, spacing=0)
        middle.setStretch(0, 3)
        middle.addWidget(self.bars, 1)
        self.notes.setWordWrap(True)
        self._column.addWidget(self.legend)
        self._column.addLayout(middle, 1)
        self._column.addWidget(self.notes)
        work.setLayout(self._column)
        self._layers.addWidget(work)
        self._layers.addWidget(self.empty)
        rest = [self.choosers[key] for key in ("subject", "slot", "by", "grade", "split")]
        whole: QVBoxLayout = stack(self.head, spacing=8, pad=(16, 10, 16, 16))
        whole.addLayout(bar(*rest, None))
        whole.addWidget(self._layers, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        for key, chooser in self.choosers.items():
            chooser.chosen.connect(lambda value, key=key: self._ask(**{key: value}))
        self.table.opened.connect(self._open)
        self.table.verticalScrollBar().valueChanged.connect(self.bars.set_first)

    # -- reading

    def _show(self) -> None:
        """Count what is asked, as far as the season has it."""
        try:
            school = self._read()
            self._offer(school)
            statistics = school.statistics(self.query)
        except Refused as no:
            self._show_empty(no.message, no.next)
            return
        if not statistics.rows:
            self._show_empty(_("Chưa có kết quả nào để thống kê"), _("Chọn học kì, khối hoặc môn khác."))
            return
        self.statistics = statistics
        self._layers.setCurrentIndex(0)
        total = replace(statistics.total, key=TOTAL)
        rows = (total, *statistics.rows)
        self.table.set_rows(())
        self.table.set_columns(statistics_columns(statistics))
        self.table.set_rows(rows, key=lambda row: row.key)
        self.bars.set_rows([parts(statistics, row) for row in rows])
        self.bars.set_first(self.table.verticalScrollBar().value())
        self.head.note.setText(season_words(statistics))
        self._say(statistics)
        self.table.pick(TOTAL)

    def _read(self) -> SchoolYear:
        season = (self.desk.year, self.desk.term)
        if self._school is None or (self._school.year, self._school.term) != season:
            self._school = SchoolYear(self.desk.db, *season)
        return self._school

    def _offer(self, school: SchoolYear) -> None:
        what = school.nearest(self.query.what)
        self.query = self.query.but(what=what)
        courses = school.subjects(what)
        of_pupils = self.query.of_pupils
        kinds = (STAGED,) if what in OF_PRIMARY else (SCORES, COMMENTS)
        codes = (*kinds, *(course.code for course in courses))
        subjects = [(code, _capital(subject_words(code))) for code in codes]
        slots = [(slot, slot_label(slot)) for slot in school.slots(self.query.subject)]
        grades = [(0, _("Mọi khối")), *((n, _("Khối {grade}").format(grade=n)) for n in school.grades(what))]
        groupings = [(key, _("Theo {by}").format(by=_(words).lower())) for key, words in BYS.items()]
        self._put("what", [(key, _(words)) for key, words in WHATS.items() if school.among(key)])
        self._put("subject", subjects, shown=not of_pupils)
        self._put("slot", slots, shown=self.query.what == "slot")
        self._put("by", groupings[:2] if of_pupils else groupings)
        self._put("grade", grades)
        self._put("split", [(key, _(words)) for key, words in SPLITS.items()])

    def _put(self, key: str, choices: Sequence[tuple[object, str]], *, shown: bool = True) -> None:
        """Offer the choices; what is asked for follows where it is not among them."""
        chooser = self.choosers[key]
        chooser.offer(choices, getattr(self.query, key))
        chooser.setVisible(shown)
        if shown and choices:
            self.query = self.query.but(**{key: chooser.currentData()})

    def _show_empty(self, title: str, sentence: str) -> None:
        self.statistics = None
        self.head.note.setText("")
        self.empty.say(title, sentence)
        self.empty.go.setVisible(self._school is None or not (self._school.classes or self._school.primary))
        self._layers.setCurrentIndex(1)

    def _say(self, statistics: Statistics) -> None:
        """The legend over the bars, and what must be known to read the table."""
        things: list[QWidget | int | None] = [label(what_words(statistics.query), bold=True), 12]
        for category, name in zip(statistics.categories, tokens(statistics), strict=False):
            things += [Dot(name), label(category.label, role="text2"), 8]
        things += [HatchSwatch(), label(_(MISSING), role="text2"), None]
        fresh, row = QWidget(), bar(*things, spacing=6)
        fresh.setLayout(row)
        self._column.replaceWidget(self.legend, fresh)
        self.legend.hide()
        self.legend.deleteLater()
        self.legend = fresh
        fresh.show()
        message = _("Tỉ lệ tính trên mọi em, kể cả chưa đủ điểm; “{reached}” tính trên số đã có kết quả.")
        self.notes.setText(" ".join((message.format(reached=statistics.good_words), *statistics.notes)))

    # -- from here

    def _open(self, row: StatRow) -> None:
        """A class opens its results or its register; a grade its classes; a subject or a teacher theirs by class."""
        asked = self.query
        if row.key in (TOTAL, ""):
            return
        if asked.by == "grade":
            self._ask(by="class", grade=int(row.key))
        elif asked.by == "subject":
            self._ask(by="class", subject=row.key)
        elif asked.by == "class" and (asked.of_pupils or asked.subject in KINDS_OF_SUBJECT):
            self.desk.go(ResultsPlace(class_id=row.key))
        elif asked.by == "class":
            self.desk.go(GradebookPlace(class_id=row.key, code=asked.subject, slot=asked.slot))

    def _print(self) -> None:
        asked, year, term = self.query, self.desk.year, self.desk.term

        def write(db: Database, path: Path) -> None:
            from edudesk.gradebook.papers.statistics import statistics_paper
            from edudesk.paper.document import write_pdf

            write_pdf(path, statistics_paper(db, year, term, asked))

        if self.statistics is not None:
            save_made(self.desk, _("In thống kê"), f"{self._name(self.statistics)}.pdf", write)

    def _export(self) -> None:
        asked, year, term = self.query, self.desk.year, self.desk.term

        def write(db: Database, path: Path) -> None:
            from edudesk.gradebook.exchange.statistics_sheet import statistics_sheets
            from edudesk.sheets.writer import write_sheet

            write_sheet(path, statistics_sheets(db, year, term, asked))

        if self.statistics is not None:
            save_made(self.desk, _("Xuất thống kê ra Excel"), f"{self._name(self.statistics)}.xlsx", write)

    def _name(self, statistics: Statistics) -> str:
        name = f"{_('Thống kê')} {what_words(statistics.query).lower()} {season_words(statistics)}"
        return " ".join(name.replace("–", " ").split())

    def _edit_bands(self) -> None:
        """The school's own bands of marks, which no circular gives."""
        field = Field("starts", N_("Các mốc, từ cao xuống"), required=True)
        sentence = _("Thông tư không quy định các mốc này; trường tự đặt. Ghi như 8,0; 6,5; 5,0; 3,5.")
        dialog = FormDialog(
            _("Mốc điểm thống kê"),
            [field],
            yes=_("Lưu"),
            action=partial(_save_bands, self.desk),
            sentence=sentence,
        )
        now = read_bands(self.desk.db)
        dialog.start({"starts": "; ".join(show_tenths(band.low) for band in now[:-1])})


def _save_bands(desk: Desk, values: dict[str, Value], problems: OnProblems) -> object:
    try:
        starts = [parse_tenths(part) for part in str(values["starts"]).replace(";", " ").split()]
    except Refused as no:
        problems([Problem(no.code, no.message, next=no.next, field="starts")])
        return None
    return desk.do(save_bands, starts, toast=_("Đã đặt mốc điểm"), on_problems=problems)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _remembered(db: Database) -> StatisticsQuery:
    """The query that was last shown on this PC."""
    remembered = db.local(REMEMBERED, {})
    with suppress(TypeError):
        return StatisticsQuery(**remembered)
    return StatisticsQuery()
