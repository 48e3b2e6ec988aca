"""What decides about rows, decided before them: whose rows count, what people let in, what is locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from edudesk.kernel.merge.forks import Forks
from edudesk.kernel.merge.knowledge import covers
from edudesk.kernel.merge.rows import Part, Place, StepKey, Vector, Why, Write

Parked = dict[Write, Why]


@dataclass(frozen=True, slots=True)
class Facts:
    """`revoked`: device → the rows each revocation of it still counts; `accepted`: the places people let in; `broken`:
    indivisible steps of which a row waits, or is not here."""

    forks: Forks
    revoked: Mapping[str, Sequence[Vector]] = field(default_factory=dict)
    accepted: frozenset[Place] = frozenset()
    broken: Mapping[StepKey, Why] = field(default_factory=dict)

    def foreign(self, write: Write) -> Why | None:
        """FORK for what another branch wrote, REVOKED for what came too late; None for what counts, or was let in."""
        why = self._suspect(write)
        return None if write.place in self.accepted else why

    def _suspect(self, write: Write) -> Why | None:
        if write.part in self.forks.losing:
            return "FORK"
        ends = self.revoked.get(write.head.device, ())
        late = ends and write.row.op != "revoke" and not any(covers(each, write.place) for each in ends)
        return "REVOKED" if late else None


def decide(words: Iterable[Write], forks: Forks, broken: Mapping[StepKey, Why]) -> Facts:
    """The facts of a set of rows; `words` are its revocations and accepts.

    An accept that itself waits lets nothing in, until another lets it in.
    """
    revoked: dict[str, list[Vector]] = defaultdict(list)
    accepts = []
    for write in words:
        if write.row.op == "revoke" and write.part not in forks.losing:
            revoked[write.row.row].append(write.row.ends)
        elif write.row.op == "accept":
            accepts.append(write)
    facts = Facts(forks, revoked, frozenset(), broken)
    while True:
        counting = (write for write in accepts if facts.foreign(write) is None)
        accepted = frozenset(place for write in counting for place in write.row.named)
        if accepted == facts.accepted:
            return facts
        facts = Facts(forks, revoked, accepted, broken)


def incomplete_steps(parts: Collection[Part]) -> dict[StepKey, Why]:
    """The indivisible steps whose other parts are not here."""
    scopes: dict[StepKey, set[str]] = defaultdict(set)
    for part in parts:
        if part.head.indivisible:
            scopes[part.head.key].add(part.scope)
    return {
        part.head.key: "PARTS"
        for part in parts
        if not part.head.scopes <= scopes.get(part.head.key, part.head.scopes)
    }
