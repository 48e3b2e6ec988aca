"""Worked cases of other regulations than Thông tư 22: primary school, and the years before it."""

from __future__ import annotations

from typing import Any

from edudesk.gradebook.results.assess_input import MarksInput
from edudesk.gradebook.rules import primary
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.tt58 import OldRegulation, old_learning
from edudesk.kernel.case import invalid
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import _

Output = dict[str, Any]


def primary_year(given: MarksInput, regulation: primary.PrimaryRegulation) -> Output:
    """Levels by subject, one letter for each quality and competence, year-end tests by subject."""
    subjects = given.inside("subjects")
    stages = [subjects.one_of(code, tuple(primary.STAGES)) for code in subjects.names()]
    letters = given.text("qualities_competences")
    wanted = len(primary.QUALITIES) + len(primary.COMPETENCES)
    if len(letters) != wanted or not set(letters) <= set(primary.GRADES):
        raise invalid("qualities_competences", _("{n} chữ T, D hoặc C").format(n=wanted))
    tests = given.named_marks("year_end_tests")
    for code, mark in tests.items():
        if problem := primary.check_primary(mark, SlotKind.KCK, regulation=regulation):
            raise invalid(f"year_end_tests.{code}", problem.message.rstrip("."))
    level = primary.year_level(stages, letters, list(tests.values()), regulation=regulation)
    title = primary.year_title(level, outstanding=False, class_agrees=False, regulation=regulation)
    return {"level": level, "title": title, "completed": primary.completed(level)}


def primary_title(given: MarksInput, regulation: primary.PrimaryRegulation) -> Output:
    """The title of a level, with what a person has ticked."""
    level = given.one_of("level", tuple(primary.YEAR_LEVELS))
    outstanding = bool(given.texts("outstanding_subjects") + given.texts("progress"))
    agrees = given.flag("class_agrees")
    return {
        "title": primary.year_title(
            level, outstanding=outstanding, class_agrees=agrees, regulation=regulation
        )
    }


def old_academic(given: MarksInput, regulation: OldRegulation) -> dict[str, Any]:
    """Averages, comments, and where Toán, Ngữ văn and Ngoại ngữ stand among the averages."""
    scores, comments = given.marks("scores"), given.comments("comments")
    core = given.wholes("core_indexes_toan_van_nn")
    if not core or not all(place < len(scores) for place in core):
        raise invalid("core_indexes_toan_van_nn", _("chỗ của Toán, Ngữ văn, Ngoại ngữ trong danh sách điểm"))
    result = old_learning(scores, comments, core, regulation=regulation)
    return {"dtb": as_decimal(result.mean), "base": result.base, "hoc_luc": result.level}


OLD_KINDS = {"old_academic": old_academic}
PRIMARY_KINDS = {"primary_year": primary_year, "primary_title": primary_title}
