"""Digital resources from a spreadsheet: one of a title, subject and grade is the same resource."""

from __future__ import annotations

from pathlib import Path

from edudesk.dx.teaching.fields import RESOURCE_FIELDS
from edudesk.dx.teaching.store_resources import Resource, resource_values, resources
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.sheets.letters import exact
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
from edudesk.storage.database import Database

KIND = ListKind("resources", RESOURCE_FIELDS)
Key = tuple[str, str, Value]
STORED = (
    "title",
    "code",
    "grade",
    "staff_id",
    "kind",
    "link",
    "made_on",
    "team_by",
    "team_on",
    "approved_on",
)


def plan_resources(db: Database, path: Path | Source) -> ListPlan:
    """What importing a list would do. Raises as `plan_list`; rows are refused as by `resource_values`, and twice."""
    all_resources = {
        _key(resource.title, resource.code, resource.grade): resource for resource in resources(db)
    }
    seen: dict[Key, int] = {}

    def place(line: ListLine) -> PlannedRow:
        values = resource_values(db, line.given)
        key = _key(str(values["title"]), str(values.get("code") or ""), values.get("grade"))
        first = seen.setdefault(key, line.row)
        if first != line.row:
            message = _("Học liệu này đã có ở dòng {row} của tệp.").format(row=first)
            raise Refused(Problem("RESOURCE_TWICE", message, next=_("Bỏ một dòng."), field="title"))
        known = all_resources.get(key)
        title = str(values["title"])
        if known is None:
            return planned(line, new_id(), title, values, None)
        return planned(line, known.id, title, {**values, "title": known.title}, _stored(known))

    return plan_list(path, KIND, place)


def _key(title: str, code: str, grade: Value) -> Key:
    return exact(title), code, grade


def _stored(resource: Resource) -> dict[str, Value]:
    return {key: getattr(resource, key) or None for key in STORED}


def import_resources(db: Database, plan: ListPlan) -> Step:
    """Write a plan as one Step."""
    n = plan.count(ADDED) + plan.count(CHANGED)
    label = _("Nhập {n} học liệu số từ {file}").format(n=n, file=plan.path.name)
    return db.do(Step(label, list_changes(db, "dx_resource", plan)))
