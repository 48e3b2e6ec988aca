"""Taking what PCs say of themselves into the list of machines: a machine of the same name is the same machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.kernel import clock
from edudesk.kernel.change import Step, Value
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.labs.probe import Probe
from edudesk.labs.store_machines import Machine, machines, new_machine_id
from edudesk.premises.fields import TEACHING
from edudesk.storage.births import born
from edudesk.storage.database import Database

FIELDS = ("cpu", "ram_gb", "disk_gb", "os")
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(frozen=True, slots=True)
class Collected:
    """What becomes of one probe: a new machine, one whose `fields` differ, or one that is known as it is.

    `machine_id` is "" for a new one.
    """

    probe: Probe
    kind: str
    machine_id: str
    room: str
    fields: dict[str, Value]


def plan_probes(db: Database, probes: Sequence[Probe]) -> list[Collected]:
    """What taking them in would do; of several of one name the last counts. What a PC does not say stays."""
    all_machines = {fold(machine.name): machine for machine in machines(db)}
    return [
        _planned(probe, all_machines.get(key))
        for key, probe in {fold(probe.name): probe for probe in probes}.items()
    ]


def _planned(probe: Probe, known: Machine | None) -> Collected:
    fields: dict[str, Value] = {key: getattr(probe, key) for key in FIELDS if getattr(probe, key) is not None}
    if known is None:
        return Collected(probe, ADDED, "", "", fields)
    differs = {key: value for key, value in fields.items() if getattr(known, key) != value}
    return Collected(probe, CHANGED if differs else UNCHANGED, known.id, known.room, differs)


def apply_probes(db: Database, plan: Sequence[Collected], *, room_id: str | None = None) -> Step:
    """Take them in, new machines into this room, as working desktop machines for teaching."""
    usual: dict[str, Value] = {
        "room_id": room_id,
        "kind": "DE_BAN",
        "use": TEACHING,
        "working": 1,
        "since": clock.today().isoformat(),
    }
    new = [
        {**usual, "name": machine.probe.name, **machine.fields} for machine in plan if machine.kind == ADDED
    ]
    added = {new_machine_id(db, fields): fields for fields in new}
    changed = {machine.machine_id: machine.fields for machine in plan if machine.kind == CHANGED}
    changes = born(db, "machine", added) + db.update_all("machine", changed)
    return db.do(Step(_("Ghi thông tin máy đọc được"), changes))
