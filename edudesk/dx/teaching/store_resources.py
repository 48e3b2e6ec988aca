"""Digital resources (“học liệu số”) as they are kept: who made each, and who approved it when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edudesk.dx.teaching.fields import RESOURCE_FIELDS
from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.school.programme import subject, subject_named
from edudesk.school.rules import LEVEL_GRADES
from edudesk.staff.store import members, names
from edudesk.storage.attachments import Attachment, copy_out, keep_file
from edudesk.storage.database import Database

GRADES = {grade for grades in LEVEL_GRADES.values() for grade in grades}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource; days are ISO, blank until then. `name`, `sha256`, `size` are of its file where it has one."""

    id: str
    title: str
    code: str
    grade: int | None
    staff_id: str
    author: str
    kind: str
    link: str
    made_on: str
    team_by: str
    team_on: str
    approved_on: str
    name: str = ""
    sha256: str = ""
    size: int = 0

    @property
    def subject(self) -> str:
        """The name of its subject."""
        return subject(self.code).name if self.code else ""

    @property
    def approved(self) -> bool:
        """Passed by the subject team and approved by the head (“tổ chuyên môn thông qua, người đứng đầu phê duyệt”)."""
        return bool(self.team_on and self.approved_on)


def resources(db: Database, *, until: str = "") -> list[Resource]:
    """The resources by subject, grade and title; those approved after the day `until` count as not approved yet."""
    rows = db.all(
        """select id, title, coalesce(code, ''), grade, coalesce(staff_id, ''), '', coalesce(kind, ''),
        coalesce(link, ''), coalesce(made_on, ''), coalesce(team_by, ''), coalesce(team_on, ''),
        coalesce(approved_on, ''), coalesce(name, ''), coalesce(sha256, ''), coalesce(size, 0)
        from dx_resource where gone = 0 order by code, grade, title, id"""
    )
    people = names(db)
    return [_resource(row, people, until) for row in rows]


def _resource(row: tuple[Any, ...], people: Mapping[str, str], until: str) -> Resource:
    team, head = ("" if until and day > until else day for day in row[10:12])
    return Resource(*(*row[:5], people.get(row[4], ""), *row[6:10], team, head, *row[12:]))


def resource_values(db: Database, all_values: Mapping[str, Value]) -> dict[str, Value]:
    """What people write of a resource as it is stored. Raises Refused with every problem: RESOURCE_SUBJECT,
    RESOURCE_AUTHOR, RESOURCE_GRADE, RESOURCE_DAY, RESOURCE_TEAM."""
    problems: list[Problem] = []
    values = {key: value for key, value in all_values.items() if key not in ("subject", "author")}
    for key, stored, look_up in (("subject", "code", _subject), ("author", "staff_id", _author)):
        if all_values.get(key):
            values[stored], wrong = look_up(db, str(all_values[key]))
            problems += wrong
    problems += _wrong_days(all_values)
    grade = all_values.get("grade")
    if grade is not None and grade not in GRADES:
        problems.append(
            Problem("RESOURCE_GRADE", _("Khối phải từ 1 đến 12."), next=_("Gõ lại."), field="grade")
        )
    if problems:
        raise Refused(*problems)
    return values


def _subject(_db: Database, text: str) -> tuple[str | None, list[Problem]]:
    known = subject_named(text)
    message = _("Không có môn “{name}”.").format(name=text)
    wrong = Problem(
        "RESOURCE_SUBJECT", message, next=_("Ghi tên môn như ở trang Trường lớp."), field="subject"
    )
    return (known.code, []) if known else (None, [wrong])


def _author(db: Database, text: str) -> tuple[str | None, list[Problem]]:
    all_names = [
        member.id
        for member in members(db, former=True)
        if text == member.id or fold(member.name) == fold(text)
    ]
    if len(all_names) == 1:
        return all_names[0], []
    message = (
        _("Danh sách nhân sự không có “{name}”.") if not all_names else _("Có nhiều người tên “{name}”.")
    )
    next_step = _("Ghi họ tên như trong danh sách nhân sự.")
    return None, [Problem("RESOURCE_AUTHOR", message.format(name=text[:40]), next=next_step, field="author")]


def _wrong_days(values: Mapping[str, Value]) -> list[Problem]:
    """No day to come, and the head approves what the team has passed."""
    today = clock.today().isoformat()
    problems = []
    for key in ("made_on", "team_on", "approved_on"):
        day = str(values.get(key) or "")
        if day > today:
            message = _("Ngày {day} chưa tới.").format(day=show_date(day))
            problems.append(
                Problem("RESOURCE_DAY", message, next=_("Gõ ngày hôm nay hoặc trước đó."), field=key)
            )
    team, head = str(values.get("team_on") or ""), str(values.get("approved_on") or "")
    if team and head and head < team:
        message = _("Hiệu trưởng phê duyệt trước khi tổ chuyên môn thông qua.")
        problems.append(Problem("RESOURCE_TEAM", message, next=_("Xem lại hai ngày."), field="approved_on"))
    return problems


def save_resource(
    db: Database, all_values: Mapping[str, Value], *, resource_id: str = "", file: Path | None = None
) -> Step:
    """Add a resource or change one, with its file when given. Raises as `resource_values`; FILE_LARGE."""
    values = resource_values(db, all_values)
    for key, stored in (("subject", "code"), ("author", "staff_id")):
        if key in all_values and not all_values[key]:
            values[stored] = None
    if file is not None:
        attachment = keep_file(db, file)
        values |= {"name": attachment.name, "sha256": attachment.sha256, "size": attachment.size}
    write, row = (db.update, resource_id) if resource_id else (db.insert, new_id())
    return db.do(Step(_("Lưu học liệu số"), write("dx_resource", row, **values)))


def drop_resource(db: Database, resource_id: str) -> Step:
    """Take a resource off the list."""
    return db.do(Step(_("Xóa học liệu số"), db.drop("dx_resource", resource_id)))


def save_file(db: Database, resource: Resource, path: Path) -> Path:
    """Copy its file out. Raises Unavailable FILE_GONE and kin."""
    return copy_out(db, Attachment(resource.name, resource.sha256, resource.size), path)


def form_values(resource: Resource) -> dict[str, Value]:
    """Its values as the form and the spreadsheet have them."""
    return {field.key: getattr(resource, field.key) or None for field in RESOURCE_FIELDS}
