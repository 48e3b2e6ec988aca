"""Two deeds under one name: a folder that was copied, or a disk that was rolled back, and both went on.

Seen by two heads for one (device, epoch, clock), or two parts for one place of a stream. Of that epoch, from the first
such clock on, one branch is in force; the other is kept and waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edudesk.kernel.merge.rows import Part

Epoch = tuple[str, str]  # device, epoch


@dataclass(frozen=True, slots=True)
class Forks:
    """`since`: from which clock on an epoch is forked. `losing`: the parts that wait."""

    since: Mapping[Epoch, int] = field(default_factory=dict)
    losing: frozenset[Part] = frozenset()


NO_FORKS = Forks()


def find_forks(parts: Iterable[Part]) -> Forks:
    """Every fork among the parts."""
    epochs: dict[Epoch, list[Part]] = defaultdict(list)
    for part in parts:
        epochs[part.head.device, part.head.epoch].append(part)
    since = {epoch: clock for epoch, each in epochs.items() if (clock := _first_fork(each)) is not None}
    losing = {
        part
        for epoch, clock in since.items()
        for part in _losing([part for part in epochs[epoch] if part.head.clock >= clock])
    }
    return Forks(since, frozenset(losing))


def _first_fork(parts: Sequence[Part]) -> int | None:
    """The first clock at which two things have one name; None where none have."""
    heads: dict[int, Part] = {}
    places: dict[tuple[str, int], Part] = {}
    forked = []
    for part in parts:
        beside = heads.setdefault(part.head.clock, part), places.setdefault((part.scope, part.first), part)
        if beside[0].head != part.head or beside[1].c != part.c:
            forked.append(min(part.head.clock, beside[1].head.clock))
    return min(forked, default=None)


def _losing(parts: Sequence[Part]) -> set[Part]:
    """The parts that yield: where two have one name, in the order of the streams' names, the greater `c` does.

    What belongs together (one step, one chain) yields together, and what was decided once stays so.
    """
    branches = _Branches(parts)
    standing: set[Part] = set()
    yielding: set[Part] = set()
    for rivals in _rivals(parts):
        roots = list(dict.fromkeys(branches.of(part) for part in rivals))
        if len(roots) > 1:
            first = [root for root in roots if root not in yielding] or roots
            winner = next((root for root in roots if root in standing), first[0])
            standing.add(winner)
            yielding |= set(roots) - {winner}
    return {part for part in parts if branches.of(part) in yielding - standing}


def _rivals(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts that share a name, the smallest `c` first: those at one place of a stream, then those of one clock."""
    places: dict[tuple[str, int], list[Part]] = defaultdict(list)
    clocks: dict[int, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: part.c):
        places[part.scope, part.first].append(part)
    for part in sorted(parts, key=lambda part: (part.scope, part.first, part.c)):
        clocks[part.head.clock].append(part)
    yield from (places[place] for place in sorted(places))
    yield from (clocks[clock] for clock in sorted(clocks))


class _Branches:
    """Which parts belong together, each set known by one of its parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._above: dict[Part, Part] = {part: part for part in parts}
        ends = {(part.scope, part.c): part for part in parts}
        for part in parts:
            before = ends.get((part.scope, part.previous))
            if before is not None:
                self._join(part, before)
        for deed in _deeds(parts):
            for part in deed[1:]:
                self._join(part, deed[0])

    def of(self, part: Part) -> Part:
        """The part that stands for its set."""
        while self._above[part] is not part:
            part = self._above[part]
        return part

    def _join(self, part: Part, other: Part) -> None:
        first, second = sorted(
            (self.of(part), self.of(other)), key=lambda each: (each.scope, each.first, each.c)
        )
        self._above[second] = first


def _deeds(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts of each step. Of two deeds with one head, nobody can tell whose a part beside them is: it stands alone."""
    deeds: dict[int, list[list[Part]]] = defaultdict(list)
    for part in parts:
        alike = next((deed for deed in deeds[part.head.clock] if deed[0].head == part.head), None)
        if alike is None:
            deeds[part.head.clock].append([part])
        else:
            alike.append(part)
    every = [deed for each in deeds.values() for deed in each]
    return [deed for deed in every if len({part.scope for part in deed}) == len(deed)]
