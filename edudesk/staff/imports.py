"""Staff from a spreadsheet: somebody is matched by sector code, else by exact name and birth date.

A name that is alike but for its accents is refused with the one it may be. What `members` lists comes back unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.text import heading_key
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject_named, subjects
from edudesk.sheets.letters import exact, is_poorer, near
from edudesk.sheets.listing import (
    ADDED,
    CHANGED,
    ListKind,
    ListLine,
    ListPlan,
    PlannedRow,
    list_changes,
    plan_list,
    planned,
)
from edudesk.sheets.source import Source
from edudesk.staff.store import FIELDS, ROLES, Member, members, new_member_id
from edudesk.storage.database import Database

# Read as free words, shown by their names.
SUBJECT = Field(
    "main_subject",
    N_("Môn chính"),
    choices=tuple((subject.code, subject.name) for subject in subjects().values()),
    width=160,
)
_FREE = tuple(
    Field(column.key, column.label, choices=ROLES, width=column.width) if column.key == "role" else column
    for column in FIELDS
)
COLUMNS = (*_FREE, SUBJECT)
KIND = ListKind("staff", COLUMNS, persons=True)
_ROLE_WORDS = (
    ("PHT", ("phohieutruong", "hieupho")),
    ("HT", ("hieutruong",)),
    ("GV", ("giaovien", "tochuyenmon", "totruong", "chunhiem", "tongphutrach")),
    ("NV", ("nhanvien", "vanthu", "ketoan", "yte", "thuvien", "baove", "thietbi", "thuquy")),
)


def plan_staff(db: Database, path: Path | Source) -> ListPlan:
    """What importing a list of staff would do. Raises as `plan_list`; rows are refused for ROLE_UNKNOWN,
    SUBJECT_UNKNOWN, ROW_TWICE, NAME_DIFFERS, STAFF_TWICE and what is wrong with a cell."""
    return plan_list(path, KIND, _StaffReader(db, members(db, former=True)).place)


def import_staff(db: Database, plan: ListPlan) -> Step:
    """Write a plan as one Step."""
    n = plan.count(ADDED) + plan.count(CHANGED)
    label = _("Nhập {n} nhân sự từ {file}").format(n=n, file=plan.path.name)
    return db.do(Step(label, list_changes(db, "staff", plan)))


@dataclass(slots=True)
class _StaffReader:
    """Says of each row who it is; remembers who the file has had."""

    db: Database
    stored: list[Member]
    rows_read: dict[str, int] = field(default_factory=dict)
    new_ids: set[str] = field(default_factory=set)

    def place(self, line: ListLine) -> PlannedRow:
        """What becomes of a row."""
        fields = self._fields(line)
        known = self._known(line)
        key = (
            known.id
            if known
            else f"{exact(str(fields['name']))}/{fields.get('birth_date')}/{fields.get('code')}"
        )
        first = self.rows_read.setdefault(key, line.row)
        if first != line.row:
            message = _("Người này đã có ở dòng {row} của tệp.").format(row=first)
            raise Refused(Problem("ROW_TWICE", message, next=_("Bỏ một dòng."), field="name"))
        if known is None:
            return self._new(line, {"works": 1, "role": "GV", **fields})
        stored = {column.key: getattr(known, column.key) for column in COLUMNS} | {"works": int(known.works)}
        better = {key: value for key, value in fields.items() if not _is_poorer(value, stored.get(key))}
        return planned(line, known.id, known.name, better, stored)

    def _new(self, line: ListLine, fields: Mapping[str, Value]) -> PlannedRow:
        row_id = new_member_id(self.db, fields, taken=self.new_ids)
        self.new_ids.add(row_id)
        return planned(line, row_id, str(fields["name"]), fields, None)

    def _fields(self, line: ListLine) -> dict[str, Value]:
        fields = dict(line.given)
        if "role" in fields:
            fields["role"] = _role(str(fields["role"]))
        if "main_subject" in fields:
            text = str(fields["main_subject"])
            subject = subject_named(text)
            if subject is None:
                message = _("Không biết môn “{subject}”.").format(subject=text)
                known = ", ".join(choice.name for choice in subjects().values())
                step = _("Chọn: {known}…").format(known=known[:120])
                raise Refused(Problem("SUBJECT_UNKNOWN", message, next=step, field="main_subject"))
            fields["main_subject"] = subject.code
        return fields

    def _known(self, line: ListLine) -> Member | None:
        name, born, code = str(line.values["name"]), line.values["birth_date"], line.values["code"]
        coded = [member for member in self.stored if code and member.code == code]
        if coded:
            return coded[0]
        able = [member for member in self.stored if not (code and member.code)]
        named = [member for member in able if exact(member.name) == exact(name) and _same_day(member, born)]
        if len(named) > 1:
            message = _("Có {n} người tên {name}.").format(n=len(named), name=name)
            raise Refused(Problem("STAFF_TWICE", message, next=_("Ghi mã định danh ngành."), field="name"))
        alike = [member for member in able if near(member.name) == near(name) and _same_day(member, born)]
        if not named and alike:
            message = _("Trong máy có {name}, tên chỉ khác dấu.").format(name=alike[0].name)
            step = _("Sửa tên trong tệp cho đúng từng dấu, hoặc ghi mã định danh ngành.")
            raise Refused(Problem("NAME_DIFFERS", message, next=step, field="name"))
        return named[0] if named else None


def _same_day(member: Member, born: Value) -> bool:
    return not (member.birth_date and born) or member.birth_date == born


def _is_poorer(value: Value, stored: Value) -> bool:
    return isinstance(value, str) and isinstance(stored, str) and is_poorer(value, stored)


def _role(text: str) -> str:
    """The role a position names: "Giáo viên THCS hạng II" is a teacher. Raises Refused ROLE_UNKNOWN."""
    words = heading_key(text)
    codes: Mapping[str, str] = {heading_key(name): code for code, name in ROLES}
    codes = {**codes, **{heading_key(_(name)): code for code, name in ROLES}}
    exactly = codes.get(words) or next((code for code, _name in ROLES if code.lower() == words), "")
    role = exactly or next((code for code, signs in _ROLE_WORDS if any(s in words for s in signs)), "")
    if not role:
        message = _("Không biết vị trí “{text}”.").format(text=text[:40])
        known = ", ".join(_(name) for _code, name in ROLES)
        raise Refused(
            Problem("ROLE_UNKNOWN", message, next=_("Chọn: {known}…").format(known=known), field="role")
        )
    return role
