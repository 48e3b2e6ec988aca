"""Checking a seal: whether its content still makes its code, whether the register still says the same, and who changed it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from edudesk.gradebook.register.schema import lock_scope
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.rules.primary import COMPETENCES, QUALITIES
from edudesk.gradebook.rules.qualities import MOMENTS, quality_name, quality_text
from edudesk.gradebook.rules.seal_content import (
    COMMENT,
    RESULT,
    SealDifference,
    Value,
    differences,
    read_code,
    read_content,
    seal_code,
)
from edudesk.gradebook.rules.slots import slot_short
from edudesk.gradebook.rules.words import LEVEL_WORDS, mark_text_in, word_of
from edudesk.gradebook.seals.sealing import filled
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import GONE
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject
from edudesk.storage.database import Database
from edudesk.storage.history import history, vouched

_NAMES = {
    "name": N_("họ tên"),
    "code": N_("mã"),
    RESULT: N_("kết quả"),
    COMMENT: N_("nhận xét"),
    "conduct": N_("rèn luyện"),
    "absent_excused": N_("nghỉ có phép"),
    "absent_unexcused": N_("nghỉ không phép"),
    "learning": N_("học tập"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference with who made it and when, "" where it follows from others.

    `silent` is one that the journal knows nothing of: the tables were changed by another program.
    """

    what: SealDifference
    by: str = ""
    day: str = ""
    silent: bool = False

    @property
    def words(self) -> str:
        """“Lò Thị Ánh, Toán GK: 7,0 → 7,5 (office, 22/11/2026)”."""
        difference = self.what
        place = _place_words(difference.subject, difference.column)
        sealed, now = (
            _value_words(value, difference.column) for value in (difference.sealed, difference.now)
        )
        change = f"{difference.pupil.name}, {place}: {sealed} → {now}"
        if self.silent:
            return _("{change} (nhật kí không ghi: sửa ngoài chương trình)").format(change=change)
        return f"{change} ({actor_words(self.by)}, {self.day})" if self.by else change


def _place_words(code: str, column: str) -> str:
    """“Toán GK”, “rèn luyện”, “Nhân ái giữa kì”."""
    stage, _dot, quality = column.partition(".")
    if quality and not code:
        return f"{quality_name(quality)} {word_of(MOMENTS, stage).lower()}"
    words = _(_NAMES[column]) if column in _NAMES else slot_short(column)
    return f"{subject(code).name} {words}" if code else words


def _value_words(value: Value, column: str) -> str:
    if column.startswith("absent") and value is not None:
        return str(value)
    if column in ("conduct", "learning") and isinstance(value, str):
        return word_of(LEVEL_WORDS, value)
    if "." in column and column.partition(".")[2] in (*QUALITIES, *COMPETENCES):
        return quality_text(str(value or "")) or _("trống")
    return mark_text_in(column, value) or _("trống")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: `sound` when the stored content makes the code, `chained` when the journal vouches for the
    seal and for the class, `changes` where the register of today says something else."""

    seal: Seal
    class_name: str
    sound: bool
    chained: bool
    changes: tuple[Changed, ...]

    @property
    def holds(self) -> bool:
        """Whether the register is what was sealed, beyond doubt."""
        return self.sound and self.chained and not self.changes

    @property
    def lines(self) -> tuple[str, ...]:
        """The verdict for people, the answer first."""
        yes = _("Khớp: dữ liệu đúng như khi niêm phong.")
        words = [yes if self.holds else _("KHÔNG khớp với khi niêm phong."), self._about()]
        if self.seal.opened:
            words.append(
                _("Niêm phong đã được mở ngày {day} ({by}): {reason}.").format(
                    day=self.seal.opened.day,
                    by=actor_words(self.seal.opened.by),
                    reason=self.seal.opened.reason.rstrip("."),
                )
            )
        if not self.sound:
            words.append(_("Nội dung niêm phong lưu trong máy đã bị sửa: không còn tạo ra mã này."))
        if not self.chained:
            words.append(_("Chuỗi nhật kí của lớp bị đứt: dữ liệu đã bị sửa ngoài chương trình."))
        return (*words, *(change.words for change in self.changes))

    def _about(self) -> str:
        scope = self.seal.scope
        what = subject(scope.code).name if scope.code else _("mọi môn")
        words = _("Mã {code}: lớp {name}, {what}, học kì {term}, niêm phong ngày {day} ({by}): {reason}.")
        return words.format(
            code=self.seal.code,
            name=self.class_name,
            what=what,
            term="I" * int(scope.term or 0),
            day=self.seal.day,
            by=actor_words(self.seal.by),
            reason=self.seal.reason.rstrip("."),
        )


def verify_seal(db: Database, code: str) -> Verdict:
    """Check a seal against today's tables, offline. Raises Refused SEAL_CODE, SEAL_UNKNOWN, SEAL_FORMAT."""
    wanted = read_code(code)
    seals = read_seals(db.all, code=wanted)
    if not seals:
        message = _("Không có niêm phong nào mang mã {code} trong dữ liệu này.").format(code=wanted)
        next_step = _("Gõ lại mã in trên giấy, hoặc mở đúng dữ liệu của trường.")
        raise Refused(Problem("SEAL_UNKNOWN", message, next=next_step, field="code"))
    seal = seals[-1]
    text = str(db.value("select content from seal where id = ?", (seal.id,)))
    content = read_content(text)
    clock = max((row.clock for row in history(db, "seal", [seal.id])), default=0)
    all_differences = differences(content, filled(db, content))
    changes = tuple(_traced(db, seal.scope, difference, clock) for difference in all_differences)
    chained = vouched(db, "seal", seal.id, scope=lock_scope({"class_id": seal.scope.class_id}))
    return Verdict(seal, content.class_name, seal_code(text) == seal.code, chained, changes)


def _traced(db: Database, scope: Scope, difference: SealDifference, clock: int) -> Changed:
    """Who made a difference: the last change of its place after the seal; nobody for what follows from others."""
    place = _row(scope, difference)
    if place is None:
        return Changed(difference)
    table, row, field = place
    later = [
        entry
        for entry in history(db, table, [row])
        if entry.clock > clock and {field, GONE} & {*entry.change.fields}
    ]
    if not later:
        return Changed(difference, silent=True)
    day = dt.date.fromisoformat(later[-1].wall[:10])
    return Changed(difference, later[-1].actor, show_date(day))


def _row(scope: Scope, difference: SealDifference) -> tuple[str, str, str] | None:
    """Table, row and field of a place; None for what is worked out."""
    pupil = difference.pupil.id
    if difference.column in ("name", "code"):
        return "pupil", pupil, "name" if difference.column == "name" else "code"
    if difference.column in (RESULT, "learning"):
        return None
    stage, _dot, quality = difference.column.partition(".")
    if quality and not difference.subject:
        return "quality", name_id("quality", pupil, scope.year, scope.term, stage, quality), "value"
    if not difference.subject:
        return "term_record", name_id("term_record", pupil, scope.year, scope.term), difference.column
    if difference.column == COMMENT:
        return (
            "subject_comment",
            name_id("subject_comment", pupil, scope.year, difference.subject, scope.term),
            "text",
        )
    return (
        "mark",
        name_id("mark", pupil, scope.year, difference.subject, scope.term, difference.column),
        "value",
    )
