"""Worked cases of the computer rooms: pupils per computer, whether level 2 is met."""

from __future__ import annotations

from typing import Any

from edudesk.kernel.case import CaseInput
from edudesk.labs.rules_ratio import lab_ratio, limits

MOST = 100_000  # of anything that is counted


def lab_ratio_case(given: CaseInput) -> dict[str, Any]:
    """`level`, `largest_class`, `usable` in; the ratio as text, whether it meets level 2, how many machines short."""
    by_level = limits()
    limit = by_level[given.one_of("level", tuple(by_level))]
    ratio = lab_ratio(
        given.whole("largest_class", lowest=1, highest=MOST),
        given.whole("usable", lowest=0, highest=MOST),
        most=limit.most,
    )
    return {
        "pupils_per_computer": ratio.pupils_per_computer,
        "meets_level_2": ratio.meets_level_2,
        "short_by": ratio.short_by,
    }


KINDS = {"lab_ratio": lab_ratio_case}
