"""The command problems: what cannot be in the data and is, and what to do."""

from __future__ import annotations

from edudesk.kernel.state_problem import StateProblem
from edudesk.kernel.words import N_, _
from edudesk.school.asked import year_of
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.state_problems import state_problems


def problems(call: Call) -> Answer:
    """List what has to be looked at, with the place where it is settled."""
    with call.reading() as db:
        every = state_problems(db, year_of(call, db))
    lines = tuple(f"{problem.message} {problem.next}" for problem in every)
    return Answer([_data(problem) for problem in every], lines or (_("Không có gì cần xem lại."),))


def _data(problem: StateProblem) -> dict[str, object]:
    return {
        "code": problem.code,
        "row": problem.row,
        "message": problem.message,
        "next": problem.next,
        "place": problem.place_fields,
    }


COMMANDS = (Command("problems", N_("liệt kê chỗ trong dữ liệu cần xem lại"), problems),)
