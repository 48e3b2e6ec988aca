"""What people call the cells of a lock, a permit or a seal."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.gradebook.rules.locks import KINDS, Scope
from edudesk.gradebook.rules.slots import slot_short
from edudesk.kernel.words import _
from edudesk.school.programme import subject
from edudesk.storage.database import Database


def scope_names(db: Database, year: int) -> dict[str, str]:
    """What people call classes and pupils, by identity."""
    named = db.all(
        "select id, name from school_class where year = ? union all select id, name from pupil", (year,)
    )
    return dict(named)


def scope_words(scope: Scope, names: Mapping[str, str]) -> str:
    """“một cột: lớp 9A2, Toán, HK I, GK”."""
    parts = [
        _("lớp {name}").format(name=names.get(scope.class_id, "")) if scope.class_id else "",
        subject(scope.code).name if scope.code else "",
        {1: _("HK I"), 2: _("HK II")}.get(scope.term or 0, ""),
        slot_short(scope.slot) if scope.slot else "",
        names.get(scope.pupil_id, "") if scope.pupil_id else "",
    ]
    named = ", ".join(part for part in parts if part)
    kind = _(KINDS[scope.kind])
    return f"{kind}: {named}" if named else kind
