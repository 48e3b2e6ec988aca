"""Kinds of worked cases beside those of the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from edudesk.dx import assess as dx
from edudesk.gradebook.results.assess_input import Input
from edudesk.labs.rules_ratio import lab_ratio, limits

MOST = 100_000  # of anything that is counted


def _lab_ratio(given: Input) -> dict[str, Any]:
    there = limits()
    most = there[given.one_of("level", tuple(there))].most
    found = lab_ratio(
        given.whole("largest_class", lowest=1, highest=MOST),
        given.whole("usable", lowest=0, highest=MOST),
        most=most,
    )
    return {
        "pupils_per_computer": found.pupils_per_computer,
        "meets_level_2": found.meets_level_2,
        "short_by": found.short_by,
    }


KINDS: Mapping[str, Callable[[Input], dict[str, Any]]] = {"lab_ratio": _lab_ratio, **dx.KINDS}
