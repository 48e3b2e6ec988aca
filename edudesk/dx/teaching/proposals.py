"""What resources and systems in use say of the items on teaching: one function per item, the query in words beside it.

A system counts when it is on the list, does what the item asks for, and was used in the year: some month has a number.
One that is only on the list is told but proposes no points. Each is a proposal and not the law.
"""

from __future__ import annotations

from functools import partial

from edudesk.dx.teaching.fields import EXAM, HOME, LIVE, LMS, SYSTEM_KINDS
from edudesk.dx.teaching.store_resources import resources
from edudesk.dx.teaching.store_systems import System, systems
from edudesk.kernel.words import _
from edudesk.staff.store import members
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally

TEACH = ("GV", "HT", "PHT")


def _system(db: Database, year: int, *, kind: str, does: str = "") -> Tally | None:
    """Whether a system of the kind that does it was used."""
    all_systems = [
        system for system in systems(db, year) if system.kind == kind and (not does or does in system.does)
    ]
    if not all_systems:
        return None
    used = [system for system in all_systems if system.uses]
    name = _(dict(SYSTEM_KINDS)[kind])
    message = "; ".join(_usage_words(system) for system in all_systems)
    words = _("Hệ thống đang dùng, {kind}: {told}.").format(kind=name, told=message)
    return Tally(1, 1, words, scores=bool(used))


def _usage_words(system: System) -> str:
    """“vnLMS, 3 tháng có số liệu, nhiều nhất 24 giáo viên, 310 học sinh một tháng”."""
    if not system.uses:
        return _("{name}, chưa ghi số liệu tháng nào").format(name=system.name)
    numbers = {
        _("giáo viên"): [use.teachers for use in system.uses],
        _("học sinh"): [use.pupils for use in system.uses],
        _("phụ huynh"): [use.parents for use in system.uses],
        _("bài, buổi, tin"): [use.items for use in system.uses],
    }
    most = [
        f"{max(known)} {what}"
        for what, counted in numbers.items()
        if (known := [n for n in counted if n is not None])
    ]
    message = _("{name}, {n} tháng có số liệu").format(name=system.name, n=len(system.uses))
    return (
        _("{said}, nhiều nhất {most} một tháng").format(said=message, most=", ".join(most))
        if most
        else message
    )


live = partial(_system, kind=LIVE, does="registered")  # 1.3.1
assigns = partial(_system, kind=LMS, does="assigns")  # 1.3.2
answers = partial(_system, kind=LMS, does="answers")  # 1.3.3
tests = partial(_system, kind=LMS, does="tests")  # 1.3.4
parents = partial(_system, kind=LMS, does="parents")  # 1.3.5
exams = partial(_system, kind=EXAM)  # 1.5.1
exchanges = partial(_system, kind=EXAM, does="exchanges")  # 1.5.2
home = partial(_system, kind=HOME)  # 2.4.1


def digitised(db: Database, year: int) -> Tally | None:
    """1.4: resources the team has passed and the head approved by the year's end; how many make a point is not known."""
    all_resources = resources(db, until=f"{year + 1}-06-30")
    done = sum(resource.approved for resource in all_resources)
    words = _("Học liệu số: {done}/{all} học liệu đã được tổ chuyên môn thông qua và hiệu trưởng phê duyệt.")
    return (
        Tally(done, len(all_resources), words.format(done=done, all=len(all_resources)), scores=False)
        if all_resources
        else None
    )


def authors(db: Database, year: int) -> Tally | None:
    """1.6.3: teachers who made at least one approved resource."""
    made = {
        resource.staff_id
        for resource in resources(db, until=f"{year + 1}-06-30")
        if resource.approved and resource.staff_id
    }
    teachers = {member.id for member in members(db) if member.role in TEACH}
    if not made or not teachers:
        return None
    words = _("Học liệu số: {held}/{asked} giáo viên là tác giả của ít nhất một học liệu đã phê duyệt.")
    count, asked = len(made & teachers), len(teachers)
    return Tally(count, asked, words.format(held=count, asked=asked))


PROPOSALS: dict[str, Ask] = {
    "1.3.1": live,
    "1.3.2": assigns,
    "1.3.3": answers,
    "1.3.4": tests,
    "1.3.5": parents,
    "1.4": digitised,
    "1.5.1": exams,
    "1.5.2": exchanges,
    "1.6.3": authors,
    "2.4.1": home,
}
