"""Staff as they are kept: a list to choose teachers from, and a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from edudesk.kernel import checks
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.names import name_key
from edudesk.kernel.words import N_, _
from edudesk.storage.births import born, proposed_id, same_input
from edudesk.storage.database import Database

ROLES = (
    ("HT", N_("Hiệu trưởng")),
    ("PHT", N_("Phó hiệu trưởng")),
    ("GV", N_("Giáo viên")),
    ("NV", N_("Nhân viên")),
)
FIELDS = (
    Field("name", N_("Họ và tên"), required=True, width=180),
    Field("role", N_("Vị trí"), "choice", choices=ROLES, required=True, width=120),
    Field("sex", N_("Giới tính"), "choice", choices=(("NAM", N_("Nam")), ("NU", N_("Nữ"))), width=70),
    Field("birth_date", N_("Ngày sinh"), "date", width=100),
    Field("phone", N_("Điện thoại"), "phone", width=110),
    Field("email", N_("Thư điện tử"), width=180),
    Field("code", N_("Mã định danh ngành"), width=130, stored=checks.OWN_CODE),
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works at the school, or did (`works` False)."""

    id: str
    name: str
    role: str
    main_subject: str | None
    sex: str | None
    birth_date: str | None
    phone: str | None
    email: str | None
    code: str | None
    works: bool


def members(db: Database, *, former: bool = False) -> list[Member]:
    """The staff in the order of their names; with those who left when asked."""
    rows = db.all(
        f"""select id, name, role, main_subject, sex, birth_date, phone, email, code, coalesce(works, 1)
        from staff where gone = 0 {"" if former else "and coalesce(works, 1) = 1"}"""
    )
    return sorted(
        (Member(*(*row[:-1], bool(row[-1]))) for row in rows), key=lambda member: name_key(member.name)
    )


def names(db: Database) -> dict[str, str]:
    """id → name of everybody who ever worked here."""
    return dict(db.all("select id, name from staff"))


def new_member_id(db: Database, values: Mapping[str, Value], *, taken: Collection[str] = ()) -> str:
    """The identity of somebody new: of their sector code where they have one. `taken` as for `proposed_id`."""
    again = same_input(db, "staff", values)
    return proposed_id(db, "staff", (values.get("code"),), again=again, taken=taken)


def save_member(db: Database, fields: Mapping[str, Value], *, member_id: str | None = None) -> Step:
    """Add somebody or change their record. Raises Refused without a name."""
    if not fields.get("name") and member_id is None:
        raise Refused(Problem("FIELD_MISSING", _("Thiếu họ và tên."), next=_("Gõ họ và tên."), field="name"))
    values = {"works": 1, "role": "GV", **fields} if member_id is None else dict(fields)
    if member_id:
        changes = db.update("staff", member_id, **values)
    else:
        changes = born(db, "staff", {new_member_id(db, values): values})
    return db.do(Step(_("Lưu hồ sơ nhân sự"), changes))


def leave(db: Database, member_id: str) -> Step:
    """Somebody no longer works here; the record stays for the papers they signed."""
    return db.do(Step(_("Cho thôi làm việc"), db.update("staff", member_id, works=0)))
