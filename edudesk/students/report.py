"""The class list on paper (“Danh sách học sinh”)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Letterhead, Notes, Signature, Signatures, Space, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.school.store import SchoolLetterhead, class_by_id, letterhead
from edudesk.storage.database import Database
from edudesk.students.fields import BY_KEY
from edudesk.students.store import Pupil, pupils


@dataclass(frozen=True, slots=True)
class ClassList:
    """Everything the paper says."""

    head: SchoolLetterhead
    year: int
    class_name: str
    homeroom: str
    pupils: tuple[Pupil, ...]
    day: dt.date


def class_list(
    db: Database, year: int, class_id: str, *, homeroom: str = "", day: dt.date | None = None
) -> ClassList:
    """Gather a class. `homeroom` is the name of its homeroom teacher; `day` defaults to today."""
    class_pupils = tuple(pupils(db, year, class_id=class_id))
    name = class_by_id(db, class_id).name
    return ClassList(letterhead(db), year, name, homeroom, class_pupils, day or clock.today())


def class_list_paper(record: ClassList) -> Paper:
    """A4 upright: number, name, birth date, sex, ethnic group, phone, remarks."""
    head = record.head
    title = Title(
        _("Danh sách học sinh"),
        (_("Lớp {name} – Năm học {year}").format(name=record.class_name, year=year_name(record.year)),),
    )
    signs = [
        Signature(_("Giáo viên chủ nhiệm"), record.homeroom),
        Signature(_("Hiệu trưởng"), head.principal),
    ]
    blocks: list[Block] = [
        Letterhead(head.authority, head.school),
        title,
        Table(_COLUMNS(), [_row(pupil) for pupil in record.pupils], size=11, tight=True),
        Notes([_counted(record.pupils)]),
        Space(),
        Signatures(signs, head.place, record.day),
    ]
    return Paper(f"{title.text} {record.class_name}", blocks)


def _COLUMNS() -> list[TableColumn]:  # noqa: N802 - a table of words, translated when it is printed
    return [
        TableColumn(_("STT"), 10, "center"),
        TableColumn(_("Họ và tên")),
        TableColumn(_("Ngày sinh"), 23, "center"),
        TableColumn(_("Giới"), 12, "center"),
        TableColumn(_("Dân tộc"), 20),
        TableColumn(_("Điện thoại"), 26, "center"),
        TableColumn(_("Ghi chú"), 28),
    ]


def _row(pupil: Pupil) -> list[str | Cell]:
    texts = [
        str(pupil.number or ""),
        pupil.name,
        show_date(pupil.birth_date),
        BY_KEY["sex"].show(pupil.sex),
        BY_KEY["ethnic"].show(pupil.ethnic),
        pupil.phone or "",
        pupil.status_words if pupil.gone else "",
    ]
    return [Cell(text, italic=True) for text in texts] if pupil.gone else list(texts)


def _counted(pupils: Sequence[Pupil]) -> str:
    here = [pupil for pupil in pupils if not pupil.gone]
    girls = sum(pupil.sex == "NU" for pupil in here)
    words = _("Danh sách có {n} học sinh đang học, trong đó {girls} nữ.")
    return words.format(n=len(here), girls=girls)
