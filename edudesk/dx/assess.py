"""Worked cases of the self-score: the points of both groups in, their levels out."""

from __future__ import annotations

from typing import Any

from edudesk.dx.editions.rules import ScoringIndex, built_in
from edudesk.dx.rules_score import overall_level, parse_points
from edudesk.kernel.case import CaseInput, invalid
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _


def dx_level(given: CaseInput) -> dict[str, Any]:
    """`g1` and `g2` are points from 0 to the scale, with at most one decimal. Raises Refused ASSESS_INPUT, DX_STEP."""
    index = built_in()
    levels = [index.bands.level(_points(given, key, index)) for key in ("g1", "g2")]
    return {"level_g1": levels[0], "level_g2": levels[1], "overall": overall_level(levels)}


def _points(given: CaseInput, key: str, index: ScoringIndex) -> int:
    found = given.number(key)
    if not 0 <= found * 10 <= index.scale:
        raise invalid(key, _("điểm từ 0 đến {most}").format(most=index.scale // 10))
    try:
        points = parse_points(found)
    except Refused as refusal:
        raise Refused(
            *(Problem(problem.code, problem.message, key, problem.next) for problem in refusal.problems)
        ) from None
    return points


KINDS = {"dx_level": dx_level}
