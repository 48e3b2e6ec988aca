"""Ctrl+L: lock the cell, the column or more, or, where it is locked, ask for it to be opened by a permit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from edudesk.gradebook.entry.page_key import PageKey, term_words
from edudesk.gradebook.register.lock_counts import count_cells
from edudesk.gradebook.register.locks import OFFICE, lock_marks, unlock_marks
from edudesk.gradebook.register.locks import REQUESTER as PERMIT_REQUESTER
from edudesk.gradebook.register.sealed_pages import page_seal
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.locks import Scope, sealed_words
from edudesk.gradebook.rules.slots import slot_short
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.field import REASON as STEP_REASON
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import WIDTH, FormDialog, OnProblems, fit
from edudesk.ui.grid.entry import Grid
from edudesk.ui.parts import label

REASON = replace(STEP_REASON, required=True)
STARTS = Field("starts", N_("Từ ngày (để trống là khóa ngay)"), "date", width=300)
REQUESTER = replace(PERMIT_REQUESTER, required=True)
UNTIL = Field("until", N_("Mở đến hết ngày"), "date", required=True)
Scopes = Mapping[str, tuple[str, Scope]]  # key → words, cells


def what_field(scopes: Scopes, words: str) -> Field:
    """The choice of which cells."""
    choices = tuple((key, message) for key, (message, _scope) in scopes.items())
    return Field("what", words, "choice", required=True, choices=choices, width=300)


class LockDialog(FormDialog):
    """Locks one of `scopes`; says how many marks it holds and how many are missing before it does."""

    def __init__(self, desk: Desk, scopes: Scopes) -> None:
        office = desk.db.author.standing in OFFICE
        fields = [what_field(scopes, N_("Phần sẽ khóa")), REASON, *([STARTS] if office else [])]
        super().__init__(_("Khóa sổ"), fields, yes=_("Khóa sổ"), action=self._lock)
        self._desk = desk
        self._scopes = scopes
        self.facts = label("", role="text2")
        self.facts.setWordWrap(True)
        column = self.layout()
        assert column is not None
        column.insertWidget(column.count() - 1, self.facts)  # type: ignore[attr-defined]
        self.form.edited.connect(lambda key: self._count() if key == "what" else None)

    def start(self, values: Mapping[str, Value]) -> None:
        self.form.set_values(values)
        self._count()
        super().start(values)
        self.form.boxes["reason"].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        row = self._scopes.get(str(self.form.boxes["what"].raw()))
        try:
            words = count_cells(self._desk.db, row[1]).words if row else ""
        except Refused as no:
            words = no.problems[0].sentence
        self.facts.setText(words)
        fit(self, WIDTH)

    def _lock(self, values: dict[str, Value], problems: OnProblems) -> Step | None:
        words, scope = self._scopes[str(values["what"])]
        starts = parse_date(str(values.get("starts") or ""))
        reason = str(values["reason"])
        step: Step | None = self._desk.do(
            lock_marks, [scope], reason=reason, starts=starts, on_problems=problems
        )
        if step is not None:
            message = _("Đặt lịch khóa từ {day}: {what}") if starts else _("Đã khóa: {what}")
            self._desk.toast(message.format(what=words, day=show_date(starts) if starts else ""))
        return step


class PermitDialog(FormDialog):
    """The permit that opens one of `scopes` (“phiếu mở khóa”); `held` says who locked it, since when and why."""

    def __init__(self, desk: Desk, scopes: Scopes, stored: str) -> None:
        sentence = _("{held}\nNgười duyệt: {who}. Hết ngày ấy sổ tự khóa lại.")
        message = sentence.format(held=stored, who=actor_words(desk.db.author.actor)).strip()
        fields = [what_field(scopes, N_("Phần được mở")), REASON, REQUESTER, UNTIL]
        super().__init__(_("Phiếu mở khóa"), fields, yes=_("Mở khóa"), action=self._open, sentence=message)
        self._desk = desk
        self._scopes = scopes

    def begin(self, what: str) -> None:
        """Open with some of the cells chosen ("" for none), until tomorrow."""
        tomorrow = dt.date.today() + dt.timedelta(1)
        self.start({"what": what, "until": tomorrow.isoformat()})
        self.form.boxes["reason"].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, values: dict[str, Value], problems: OnProblems) -> Step | None:
        words, scope = self._scopes[str(values["what"])]
        until = parse_date(str(values["until"]))
        asked = {"reason": str(values["reason"]), "requester": str(values["requester"])}
        step: Step | None = self._desk.do(unlock_marks, [scope], until=until, on_problems=problems, **asked)
        if step is not None:
            message = _("Đã mở đến hết {day}: {what}")
            self._desk.toast(message.format(what=words, day=show_date(str(values["until"]))))
        return step


class LockController(QObject):
    """`sheet` answers the page of the register the grid shows, `place` which one it is."""

    def __init__(
        self, desk: Desk, grid: Grid, sheet: Callable[[], ClassSheet | None], place: Callable[[], PageKey]
    ) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._place = place

    def open(self) -> None:
        """Lock from the cursor's cell on, or open it where it is locked; an editor that is open is committed first."""
        self._grid.right.setFocus()
        sheet, row = self._sheet(), self._grid.place[0]
        line = self._grid.model.record(row)
        if sheet is None or not sheet.term or not isinstance(line, SheetLine):
            self._desk.toast(_("Chọn một học kì và đứng ở một ô điểm để khóa hay mở khóa."))
            return
        slot = self._slot(sheet)
        stored = line.comment_lock if slot == "comment" else _lock_at(sheet, line, slot)
        scopes = _scopes(self._place(), sheet, line, "" if slot == "comment" else slot)
        if stored:
            self._ask(sheet, scopes, stored)
            return
        dialog = LockDialog(self._desk, scopes)
        dialog.finished.connect(self._grid.right.setFocus)
        dialog.start({"what": "column" if "column" in scopes else "class_subject"})

    def _ask(self, sheet: ClassSheet, scopes: Scopes, stored: str) -> None:
        roll = sheet.roll
        seal = page_seal(self._desk.db.all, roll.year, roll.class_id, code=sheet.course.code, term=sheet.term)
        if seal is not None:
            self._desk.toast(f"{stored} {sealed_words()}")
            return
        mine = {key: scopes[key] for key in ("cell", "column", "class_subject") if key in scopes}
        dialog = PermitDialog(self._desk, mine, stored)
        dialog.finished.connect(self._grid.right.setFocus)
        dialog.begin(next(iter(mine)))

    def _slot(self, sheet: ClassSheet) -> str:
        """The slot under the cursor, "comment", or "" where there is neither."""
        key = self._grid.model.columns[self._grid.place[1]].key
        return key if key == "comment" or key in [column.slot for column in sheet.columns] else ""


def _lock_at(sheet: ClassSheet, line: SheetLine, slot: str) -> str:
    """Who locked the cell, or, beside the cells, the whole page."""
    slots = [column.slot for column in sheet.columns]
    if slot:
        return line.lock(slots.index(slot))
    return line.comment_lock if all(map(line.lock, range(len(slots)))) else ""


def _scopes(place: PageKey, sheet: ClassSheet, line: SheetLine, slot: str) -> dict[str, tuple[str, Scope]]:
    """What can be locked from a cell, the narrowest first."""
    year, term, class_id, code = place.year, place.term, place.class_id, place.code
    name, subject, season = sheet.roll.class_name, sheet.course.name, term_words(term)
    choices: dict[str, tuple[str, Scope]] = {}
    if slot:
        cell = _("Ô {slot} của {name}").format(slot=slot_short(slot), name=line.name)
        choices["cell"] = cell, Scope(year, class_id, code, term, slot, line.pupil_id)
        column = _("Cột {slot} môn {subject} lớp {name}")
        message = column.format(slot=slot_short(slot), subject=subject, name=name)
        choices["column"] = message, Scope(year, class_id, code, term, slot)
    words = _("Môn {subject} lớp {name}, {season}").format(subject=subject, name=name, season=season)
    choices["class_subject"] = words, Scope(year, class_id, code, term)
    words = _("Lớp {name}, mọi môn, {season}").format(name=name, season=season)
    choices["class"] = words, Scope(year, class_id, None, term)
    choices["term"] = _("Cả trường, {season}").format(season=season), Scope(year, None, None, term)
    choices["school"] = _("Cả trường, cả năm học"), Scope(year)
    return choices
