"""Desks in memory: each writes rows at the ends of its streams, knows what it was given, and is a copy of a school."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from edudesk.kernel.change import GONE, Value
from edudesk.kernel.merge.merge import Merged, merge
from edudesk.kernel.merge.rows import Cell, Part, Place, Row, StepHead, Stream
from edudesk.kernel.merge.rules import Rules, write_vector


@dataclass
class Desk:
    """`parts` are all it holds; `name` is its device. A copy of a folder is `twin`: the same device, the same epoch."""

    name: str
    rules: Rules
    epoch: str = "1"
    standing: str = "office"
    parts: dict[tuple[Stream, int, bytes], Part] = field(default_factory=dict)
    ahead: int = 0

    def twin(self) -> Desk:
        """The folder copied, device and epoch with it."""
        return replace(self, parts=dict(self.parts))

    def begin(self, epoch: str) -> Desk:
        """The same desk from a new beginning on."""
        self.epoch = epoch
        return self

    def take(self, *others: Desk) -> Desk:
        """Be given all that other desks hold."""
        for other in others:
            self.parts |= other.parts
        return self

    @property
    def merged(self) -> Merged:
        """What the rows make here."""
        return merge(self.parts.values(), self.rules)

    def row(self, table: str, row: str) -> Mapping[str, Value]:
        """A row as it is here; {} where it is not."""
        return self.merged.tables.get(table, {}).get(row, {})

    def get(self, table: str, row: str, name: str) -> Value:
        """A cell."""
        return self.row(table, row)[name]

    def vector(self) -> dict[Stream, int]:
        """How far it knows each stream."""
        known: dict[Stream, int] = {}
        for part in self.parts.values():
            known[part.stream] = max(known.get(part.stream, 0), part.first + len(part.rows) - 1)
        return known

    # -- deeds

    def do(self, scope: str, *rows: Row, **head: Any) -> list[Place]:
        """Write a step of one scope; answers the places of its rows."""
        return self.step({scope: rows}, **head)

    def step(self, scopes: Mapping[str, Iterable[Row]], **head: Any) -> list[Place]:
        """Write a step."""
        parked = frozenset(place for place, _c in self.merged.parked) if self.parts else frozenset()
        clock = max((part.head.clock for part in self.parts.values()), default=0) + 1 + self.ahead
        known = {stream: seq for stream, seq in self.vector().items()}
        given = {
            "known": known,
            "unseen": parked,
            "scopes": frozenset(scopes),
            "standing": self.standing,
        } | head
        step = StepHead(
            self.name,
            self.epoch,
            head.get("clock", clock),
            **{k: v for k, v in given.items() if k != "clock"},
        )
        places = []
        for scope, rows in scopes.items():
            whole = tuple(rows)
            stream = Stream(self.name, self.epoch, scope)
            own = [part for part in self.parts.values() if part.stream == stream]
            last = max(own, key=lambda part: part.first, default=None)
            first, previous = (last.first + len(last.rows), last.c) if last else (1, b"")
            c = hashlib.sha256(previous + repr((step, whole)).encode()).digest()
            part = Part(step, scope, first, whole, c, previous)
            self.parts[part.key] = part
            places += [Place(stream, first + n) for n in range(len(whole))]
        return places

    def make(self, table: str, row: str, scope: str = "core", **fields: Value) -> list[Place]:
        """A birth."""
        return self.do(scope, Row("ins", table, row, "", None, fields))

    def set(
        self, table: str, row: str, scope: str = "core", *, under: tuple[str, ...] = (), **fields: Value
    ) -> list[Place]:
        """Cells of a row, as they are here now."""
        now = self.row(table, row)
        rows = [Row("set", table, row, name, now[name], value) for name, value in fields.items()]
        return self.do(scope, *rows, under=under)

    def drop(self, table: str, row: str, scope: str = "core") -> list[Place]:
        """Mark a row as gone."""
        return self.set(table, row, scope, **{GONE: 1})

    def settle(self, table: str, row: str, name: str, value: Value, scope: str = "core") -> list[Place]:
        """Say which value of an open conflict is right."""
        heads = self.merged.conflicts[Cell(table, row, name)]
        return self.do(scope, Row("resolve", table, row, name, None, value, named=heads))

    def accept(self, *places: Place) -> list[Place]:
        """Let waiting rows in."""
        return self.do("core", Row("accept", named=places))

    def revoke(self, device: str) -> list[Place]:
        """End a device as far as it is known here."""
        ends = {stream: seq for stream, seq in self.vector().items() if stream.device == device}
        return self.do("core", Row("revoke", row=device, ends=ends))

    def lock(self, row: str, scope: str = "core", **fields: Value) -> list[Place]:
        """Close cells, up to what is known here."""
        return self.make("lock", row, scope, vector=write_vector(self.vector()), **fields)


def meet(*desks: Desk) -> None:
    """Every desk is given what the others hold."""
    whole = {key: part for desk in desks for key, part in desk.parts.items()}
    for desk in desks:
        desk.parts = dict(whole)


def conflicts(desk: Desk) -> set[tuple[str, str, str]]:
    """The cells that wait for a person."""
    return {tuple(cell) for cell in desk.merged.conflicts}


def waiting(desk: Desk) -> list[str]:
    """Why rows wait, sorted."""
    return sorted(desk.merged.parked.values())
