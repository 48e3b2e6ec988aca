"""Systems the school teaches and speaks to families with, and how much each was used month by month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edudesk.dx.teaching.fields import DOES
from edudesk.kernel import clock
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id, new_id
from edudesk.kernel.words import _
from edudesk.storage.database import Database

NUMBERS = ("teachers", "pupils", "parents", "items")
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Use:
    """What was counted of a system in a month (“2026-09”); None where nobody counted."""

    id: str
    system_id: str
    month: str
    teachers: int | None
    pupils: int | None
    parents: int | None
    items: int | None


@dataclass(frozen=True, slots=True)
class System:
    """A system in use; `does` are codes of DOES, `uses` its months of one school year."""

    id: str
    name: str
    kind: str
    since: str
    until: str
    url: str
    owned: str
    does: frozenset[str]
    note: str
    uses: tuple[Use, ...]


def systems(db: Database, year: int) -> list[System]:
    """Those in use in a school year, by kind and name, with its months."""
    first, last = f"{year}-07", f"{year + 1}-06"
    uses = [
        Use(*row)
        for row in db.all(
            """select id, system_id, month, teachers, pupils, parents, items from dx_use
            where gone = 0 and month between ? and ? order by month""",
            (first, last),
        )
    ]
    rows = db.all(
        """select id, name, kind, coalesce(since, ''), coalesce(until, ''), coalesce(url, ''), coalesce(owned, ''),
        coalesce(does, ''), coalesce(note, '') from dx_system where gone = 0
        and coalesce(since, '') < ? and (until is null or until > ?) order by kind, name""",
        (f"{last}-99", f"{first}-01"),
    )
    return [_system(row, uses) for row in rows]


def _system(row: tuple[Any, ...], uses: Sequence[Use]) -> System:
    own = tuple(use for use in uses if use.system_id == row[0])
    return System(*(*row[:7], frozenset(row[7].split()), row[8], own))


def save_system(db: Database, values: Mapping[str, Value], *, system_id: str = "") -> Step:
    """Add a system or change one; flags `does.…` say what it does. Raises Refused SYSTEM_DAYS, SYSTEM_URL."""
    problems = []
    since, until, url = (str(values.get(key) or "") for key in ("since", "until", "url"))
    if until and until < since:
        message = _("Ngày thôi dùng trước ngày bắt đầu dùng.")
        problems.append(Problem("SYSTEM_DAYS", message, next=_("Xem lại hai ngày."), field="until"))
    if url and not url.lower().startswith(("http://", "https://")):
        message = _("Đường dẫn phải bắt đầu bằng http:// hoặc https://.")
        problems.append(
            Problem("SYSTEM_URL", message, next=_("Chép cả đường dẫn từ trình duyệt."), field="url")
        )
    if problems:
        raise Refused(*problems)
    plain = {key: value for key, value in values.items() if not key.startswith("does.")}
    does = " ".join(key for key, _label in DOES if values.get(f"does.{key}"))
    write, row = (db.update, system_id) if system_id else (db.insert, new_id())
    changes = write("dx_system", row, **plain, does=does or None)
    return db.do(Step(_("Lưu hệ thống đang dùng"), changes))


def drop_system(db: Database, system_id: str) -> Step:
    """Take a system off the list, with its months."""
    months = [
        row for (row,) in db.all("select id from dx_use where system_id = ? and gone = 0", (system_id,))
    ]
    gone = tuple(change for row in months for change in db.drop("dx_use", row))
    return db.do(Step(_("Xóa hệ thống"), gone + db.drop("dx_system", system_id)))


def save_use(db: Database, system_id: str, values: Mapping[str, Value]) -> Step:
    """Write down a month of a system; the same month again replaces it. Raises Refused USE_MONTH, USE_NUMBER."""
    month = _month(str(values.get("month") or ""))
    numbers = {key: values.get(key) for key in NUMBERS}
    wrong = [key for key, value in numbers.items() if value is not None and not 0 <= int(value) <= MOST]
    problems = [Problem("USE_NUMBER", _("Con số quá lớn."), next=_("Gõ lại."), field=key) for key in wrong]
    if month is None:
        message = _("Tháng viết như 09/2026, không quá tháng này.")
        problems.append(Problem("USE_MONTH", message, next=_("Gõ lại."), field="month"))
    if problems:
        raise Refused(*problems)
    row = name_id("dx_use", system_id, str(month))
    return db.do(
        Step(_("Ghi số liệu dùng"), db.upsert("dx_use", row, system_id=system_id, month=month, **numbers))
    )


def _month(text: str) -> str | None:
    """“09/2026” or “2026-09” as “2026-09”; None for what is no month, or one to come."""
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})", text.strip(), re.ASCII)
    if match is None:
        return None
    month, year = (int(match[1]), int(match[2])) if match[1] else (int(match[4]), int(match[3]))
    message = f"{year:04}-{month:02}"
    return message if 1 <= month <= 12 and message <= clock.today().isoformat()[:7] else None


def show_month(month: str) -> str:
    """“09/2026”."""
    return f"{month[5:]}/{month[:4]}"
