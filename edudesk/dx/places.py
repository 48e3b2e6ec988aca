"""Places on the page of the self-score."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.place import Place

SCORE, WAY, EDITIONS, TEACHING, CHART = "score", "way", "editions", "teaching", "chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class DxPlace(Place):
    """`item` of the index by its code."""

    page: str = "dx"
    item: str = ""
