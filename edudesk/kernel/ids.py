"""Identity of rows: random, or derived from what the row means so that two desks make the same one."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6f0b1c52-9a3e-5d0f-8b76-2d1f4e7c9a10")


def new_id() -> str:
    """A random identity, for a row nobody else can be making at the same time."""
    return str(uuid.uuid4())


def name_id(kind: str, *parts: object) -> str:
    """The same identity for the same meaning on every desk: uuid5 of the kind and its parts."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join([kind, *map(str, parts)])))
