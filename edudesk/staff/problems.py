"""What cannot be of the staff and is, after two desks wrote apart."""

from __future__ import annotations

from edudesk.kernel.place import Place
from edudesk.kernel.words import N_
from edudesk.storage.state_problems import EQUAL, ProblemKind, equal

PROBLEMS = (
    ProblemKind(
        "STAFF_CODE_TWICE",
        EQUAL,
        equal("staff", "code"),
        N_("{n} người cùng mã định danh ngành {value}: {names}."),
        N_("Sửa mã của người ghi nhầm."),
        lambda _row: Place(page="school", tab="staff"),
    ),
)
