"""Worked cases of the years before Thông tư 22."""

from __future__ import annotations

from typing import Any

from edudesk.gradebook.results.assess_input import MarksInput
from edudesk.gradebook.rules.tt58 import OldRegulation, old_learning
from edudesk.kernel.case import invalid
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import _


def old_academic(given: MarksInput, regulation: OldRegulation) -> dict[str, Any]:
    """Averages, comments, and where Toán, Ngữ văn and Ngoại ngữ stand among the averages."""
    scores, comments = given.marks("scores"), given.comments("comments")
    core = given.wholes("core_indexes_toan_van_nn")
    if not core or not all(place < len(scores) for place in core):
        raise invalid("core_indexes_toan_van_nn", _("chỗ của Toán, Ngữ văn, Ngoại ngữ trong danh sách điểm"))
    result = old_learning(scores, comments, core, regulation=regulation)
    return {"dtb": as_decimal(result.mean), "base": result.base, "hoc_luc": result.level}


KINDS = {"old_academic": old_academic}
