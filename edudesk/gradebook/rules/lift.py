"""The smallest change of marks that would lift the level of learning: found by search, never guessed.

Smallest means: marks already given change in the fewest subjects, then in the fewest cells, then by the fewest
tenths. Marks still owed must come anyway, so they cost no subject and no cell; those of one subject are asked alike,
because nobody plans for a nought. An owed mark that can no longer be written counts as at closing (Điều 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edudesk.gradebook.rules.levels import Learning, learning
from edudesk.gradebook.rules.lift_marks import (
    FREE,
    Cost,
    LiftOption,
    LiftSubject,
    Raise,
    closed_marks,
    result_of,
    to_pass,
    to_reach,
)
from edudesk.gradebook.rules.marks import PASSED
from edudesk.gradebook.rules.regulation import FAILED, LEVELS, CourseKind, LevelRule, Regulation

Options = list[LiftOption]


@dataclass(frozen=True, slots=True)
class Lift:
    """The smallest change that reaches a level; `raises` is None when no change of the open cells does.

    `by_clause` when the level is then reached by the clause for one subject (Điều 9.3) alone.
    """

    level: str
    raises: tuple[Raise, ...] | None
    by_clause: bool = False


def level_now(subjects: Sequence[LiftSubject], *, regulation: Regulation) -> str:
    """The level as at closing. Raises Refused LEVEL_TOO_FEW."""
    return _learned(subjects, (), regulation).level


def lifts(subjects: Sequence[LiftSubject], *, regulation: Regulation) -> tuple[Lift, ...]:
    """The next level and the best one; every better level while marks are owed. Raises Refused LEVEL_TOO_FEW."""
    above = LEVELS[: LEVELS.index(level_now(subjects, regulation=regulation))][::-1]
    owed = any(cell.owed for subject in subjects for cell in subject.cells)
    wanted = above if owed else tuple(dict.fromkeys((*above[:1], *above[-1:])))
    return tuple(_lift(subjects, level, regulation) for level in wanted)


def _lift(subjects: Sequence[LiftSubject], level: str, regulation: Regulation) -> Lift:
    raises = smallest_change(subjects, level, regulation=regulation)
    return Lift(level, raises, raises is not None and _learned(subjects, raises, regulation).adjusted)


def smallest_change(
    subjects: Sequence[LiftSubject], level: str, *, regulation: Regulation
) -> tuple[Raise, ...] | None:
    """The smallest change that reaches a level or a better one; None when there is none."""
    best: tuple[Cost, tuple[Raise, ...]] | None = None
    for options in _Search(subjects, regulation).ways(LEVELS.index(level)):
        cost = _sum(option.cost for option in options)
        raises = tuple(option.raised for option in options if option.raised)
        reached = _learned(subjects, raises, regulation).level
        if LEVELS.index(reached) <= LEVELS.index(level) and (best is None or cost < best[0]):
            best = cost, raises
    return best[1] if best else None


def _sum(costs: Iterable[Cost]) -> Cost:
    touched, cells, tenths = zip(FREE, *costs, strict=True)
    return sum(touched), sum(cells), sum(tenths)


def _learned(subjects: Sequence[LiftSubject], raises: Sequence[Raise], regulation: Regulation) -> Learning:
    wanted = {change.code: change.cells for change in raises}
    results = {
        subject.code: result_of(
            subject, {**closed_marks(subject, regulation), **wanted.get(subject.code, {})}, regulation
        )
        for subject in subjects
    }
    scores = {code: value for code, value in results.items() if isinstance(value, int)}
    comments = {code: value for code, value in results.items() if isinstance(value, str)}
    return learning(scores, comments, regulation=regulation)


class _Search:
    """Every way to meet a level: by its own conditions (Điều 9.2), or by the clause for one subject (Điều 9.3).

    What a subject costs does not depend on the others, so the cheapest subjects for a count are the best ones.
    """

    def __init__(self, subjects: Sequence[LiftSubject], regulation: Regulation) -> None:
        self._subjects = subjects
        self._regulation = regulation
        self._known: dict[tuple[str, int | str], LiftOption | None] = {}

    def ways(self, goal: int) -> Iterator[Options]:
        """The cheapest options of each way to the level of that place in LEVELS."""
        for rule in self._regulation.levels[: goal + 1]:
            yield from self._met(rule, self._subjects)
        clause = self._regulation.adjustment
        base = goal + clause.rise
        for better in clause.from_levels:
            if base - LEVELS.index(better) >= clause.fall:
                yield from self._repaired(self._regulation.levels[LEVELS.index(better)], base)

    def _repaired(self, better: LevelRule, base: int) -> Iterator[Options]:
        """One subject falls no lower than `base`, all the others deserve `better`."""
        for fallen in self._subjects:
            rest = [subject for subject in self._subjects if subject is not fallen]
            bound = 0 if LEVELS[base] == FAILED else self._regulation.levels[base].each
            least = LiftOption(FREE) if fallen.kind == CourseKind.COMMENT else self._option(fallen, bound)
            if least is not None:
                yield from ([*options, least] for options in self._met(better, rest))

    def _met(self, rule: LevelRule, subjects: Sequence[LiftSubject]) -> Iterator[Options]:
        """The cheapest options that meet the rule, if any do."""
        scores = self._counted(rule, [subject for subject in subjects if subject.kind != CourseKind.COMMENT])
        comments = self._passed(rule, [subject for subject in subjects if subject.kind == CourseKind.COMMENT])
        if scores is not None and comments is not None:
            yield [*scores, *comments]

    def _counted(self, rule: LevelRule, subjects: Sequence[LiftSubject]) -> Options | None:
        """Every average from `each`, and the `count` of them that come cheapest from `count_from`."""
        each = [self._option(subject, rule.each) for subject in subjects]
        lowest = [option for option in each if option is not None]
        if len(lowest) < len(each):
            return None
        high = [self._option(subject, rule.count_from) for subject in subjects]
        more = {place: _more(option, lowest[place]) for place, option in enumerate(high) if option}
        if len(more) < rule.count:
            return None
        chosen = set(sorted(more, key=lambda place: more[place])[: rule.count])
        return [(high[n] if n in chosen else None) or option for n, option in enumerate(lowest)]

    def _passed(self, rule: LevelRule, subjects: Sequence[LiftSubject]) -> Options | None:
        """All comment subjects Đạt but the `failed_comments` that would cost most."""
        options = [self._option(subject, PASSED) for subject in subjects]
        possible = sorted(
            (option for option in options if option is not None), key=lambda option: option.cost
        )
        wanted = len(options) - rule.failed_comments
        return possible[: max(wanted, 0)] if len(possible) >= wanted else None

    def _option(self, subject: LiftSubject, wanted: int | str) -> LiftOption | None:
        key = subject.code, wanted
        if key not in self._known:
            self._known[key] = (
                to_reach(subject, wanted, self._regulation)
                if isinstance(wanted, int)
                else to_pass(subject, self._regulation)
            )
        return self._known[key]


def _more(high: LiftOption, low: LiftOption) -> Cost:
    """What the higher option costs beyond the lower one."""
    touched, cells, tenths = (number - two for number, two in zip(high.cost, low.cost, strict=True))
    return touched, cells, tenths
