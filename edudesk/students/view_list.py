"""The pupils' list on the screen: its rows, columns and what can be sifted out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edudesk.kernel.calendar import show_date
from edudesk.kernel.names import name_key
from edudesk.kernel.words import N_, _
from edudesk.students.fields import BY_KEY, STATUSES
from edudesk.students.rules import doubles, lacking
from edudesk.students.store import Pupil
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.table.view import Column

STATUS_NAMES = dict(STATUSES)
WAITING = ("sex", "ethnic")
SIEVES = (
    ("here", N_("Đang học"), "", ""),
    ("lacking", N_("Thiếu dữ liệu"), "ask", "triangle"),
    ("double", N_("Trùng"), "bad", "refused"),
    ("gone", N_("Đã rời trường"), "", ""),
)


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil with what is said of the record. `whole` when nothing is."""

    pupil: Pupil
    lacks: tuple[str, ...]
    twin: str

    @property
    def whole(self) -> bool:
        return not self.lacks and not self.twin

    def falls_in(self, sieve: str) -> bool:
        """Whether the line is one of those a filter button counts."""
        found = {
            "here": not self.pupil.gone,
            "gone": self.pupil.gone,
            "lacking": bool(self.lacks),
            "double": bool(self.twin),
        }
        return found[sieve]


def lines(shown: Sequence[Pupil], everybody: Sequence[Pupil]) -> list[PupilLine]:
    """The shown pupils, each with what stands against the record among all pupils of the year."""
    twins = doubles(everybody)
    return [_line(pupil, twins.get(pupil.id)) for pupil in shown]


def _line(pupil: Pupil, twin: object) -> PupilLine:
    if pupil.gone:
        return PupilLine(pupil, (), "")
    message = ""
    if isinstance(twin, Pupil):
        number = twin.personal_number and twin.personal_number == pupil.personal_number
        words = _("trùng số với {name}") if number else _("có thể trùng {name}")
        other = twin.class_name if twin.class_name != pupil.class_name else twin.name
        message = words.format(name=other)
    return PupilLine(pupil, tuple(_(name) for name in lacking(pupil)), message)


def columns(*, with_class: bool, narrow: bool = False) -> list[Column]:
    """The columns; the class is named where the list has more than one. `narrow` leaves out what can wait."""
    named = [_text("class", _("Lớp"), "class_name", 62)] if with_class else []
    fields = [
        Column("number", _("STT"), lambda x: str(x.pupil.number or ""), 48, "right", style=_number),
        *named,
        Column("name", _("Họ và tên"), lambda x: x.pupil.name, 0, style=_name, sort=lambda x: name_key(x.pupil.name), names=True),
        Column("birth_date", _("Ngày sinh"), lambda x: show_date(x.pupil.birth_date), 96, style=_owed("birth_date"),
               sort=lambda x: x.pupil.birth_date or ""),
        Column("sex", _("Giới"), lambda x: BY_KEY["sex"].show(x.pupil.sex), 54, style=_owed("sex")),
        Column("ethnic", _("Dân tộc"), lambda x: BY_KEY["ethnic"].show(x.pupil.ethnic), 80, style=_owed("ethnic")),
        Column("personal_number", _("Số định danh"), lambda x: x.pupil.personal_number or "", 118, style=_owed("personal_number")),
        Column("status", _("Trạng thái"), lambda x: _(STATUS_NAMES[x.pupil.status]), 92, chip=_status, sort=lambda x: x.pupil.status),
        Column("quality", _("Hồ sơ"), _quality, 166, style=_quality_style, sort=lambda x: (x.whole, x.lacks, x.twin)),
    ]  # fmt: skip
    return [column for column in fields if not (narrow and column.key in WAITING)]


def _text(key: str, label: str, attribute: str, width: int) -> Column:
    return Column(key, label, lambda x: str(getattr(x.pupil, attribute) or ""), width)


def _number(line: PupilLine) -> CellStyle:
    return CellStyle(str(line.pupil.number or "–"), align="right", colour="text2")


def _name(line: PupilLine) -> CellStyle:
    gone = line.pupil.gone
    return CellStyle(line.pupil.name, italic=gone, muted=gone)


def _owed(key: str) -> Callable[[PupilLine], CellStyle]:
    def style(line: PupilLine) -> CellStyle:
        value = getattr(line.pupil, key)
        shown = BY_KEY[key].show(value)
        return CellStyle(shown, owed=not value and not line.pupil.gone, muted=line.pupil.gone)

    return style


def _status(line: PupilLine) -> Chip | None:
    text = _(STATUS_NAMES[line.pupil.status])
    return Chip(text, "grey") if line.pupil.status != "DANG_HOC" else None


def _quality(line: PupilLine) -> str:
    if line.pupil.gone:
        return "–"
    if line.twin:
        return line.twin
    if not line.lacks:
        return _("đủ")
    more = f" (+{len(line.lacks) - 1})" if len(line.lacks) > 1 else ""
    return _("thiếu {what}").format(what=line.lacks[0]) + more


def _quality_style(line: PupilLine) -> CellStyle:
    text = _quality(line)
    if line.pupil.gone:
        return CellStyle("–", off=True)
    if line.whole:
        return CellStyle(text, icon="check", colour="ok")
    chip = Chip(text, "bad", "refused") if line.twin else Chip(text, "ask", "triangle")
    return CellStyle(text, chips=(chip,), tip=", ".join(line.lacks) if not line.twin else line.twin)
