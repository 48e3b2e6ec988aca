"""What can go wrong on purpose.

Three kinds, each with a stable code, one sentence for people and the next step:

    Refused       the rules say no; nothing changed
    Unavailable   something outside is missing (disk, file, another window); try again later
    Cancelled     the user said stop; say nothing

Anything else that is raised is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.words import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `message` is a sentence, `place` where people find it, `next` what to do.

    `table`, `row`, `field` name the same place for the program.
    """

    code: str
    message: str
    place: str = ""
    next: str = ""
    table: str = ""
    row: str = ""
    field: str = ""

    @property
    def sentence(self) -> str:
        """Place, reason and next step in one line."""
        words = f"{self.place}: {self.message}" if self.place else self.message
        return f"{words} {self.next}" if self.next else words


class Failure(Exception):
    """Carries every problem found, never only the first."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a failure without a problem says nothing")
        self.problems = problems
        super().__init__("; ".join(f"{p.code}: {p.sentence}" for p in problems))

    @property
    def code(self) -> str:
        return self.problems[0].code

    @property
    def message(self) -> str:
        return self.problems[0].message

    @property
    def next(self) -> str:
        return self.problems[0].next

    @property
    def sentence(self) -> str:
        return self.problems[0].sentence


class Refused(Failure):
    """The rules say no. Nothing has changed."""


class Stale(Refused):
    """What was to be changed has been changed by somebody else since it was read."""


class Unavailable(Failure):
    """Something outside the program is missing; the same action may succeed later."""


class Cancelled(Failure):
    """The user said stop. Nothing is said about it."""

    def __init__(self) -> None:
        super().__init__(Problem("CANCELLED", _("Đã dừng theo yêu cầu.")))


class WrongUsage(Exception):
    """The command line cannot be read; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
