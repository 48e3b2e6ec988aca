"""Deciding about a primary pupil's year: the two marks of a title, or the principal's word on who did not complete."""

from __future__ import annotations

from functools import partial

from edudesk.gradebook.register.decisions import decide
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.decisions import (
    AGREES,
    KINDS,
    OUTCOME,
    OUTSTANDING,
    YES,
    outcomes_of,
    title_wanted,
)
from edudesk.gradebook.rules.primary import YEAR_LEVELS, completed
from edudesk.gradebook.rules.words import OUTCOME_WORDS, word_of
from edudesk.kernel import checks
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems

REASON = "reason"


def ask_decision(desk: Desk, results: PrimaryResults, line: PrimaryResult) -> None:
    """Open the window for what a person must decide about the pupil; say so where there is nothing."""
    fields = _fields(results, line)
    if not fields:
        desk.toast(_empty_words(line))
        return
    dialog = FormDialog(
        _("Xét cuối năm: {name}").format(name=line.name),
        fields,
        yes=_("Ghi"),
        action=partial(_save, desk, results.roll.class_id, line.pupil_id),
        sentence=_sentence(results, line),
    )
    dialog.start(_start(line))


def _fields(results: PrimaryResults, line: PrimaryResult) -> list[Field]:
    if title_wanted(line.level, regulation=results.regulation):
        return [Field(kind, KINDS[kind], kind="flag") for kind in (OUTSTANDING, AGREES)]
    if line.level is None or completed(line.level):
        return []
    choices = tuple((code, OUTCOME_WORDS[code]) for code in outcomes_of(results.roll.grade))
    return [
        Field(OUTCOME, KINDS[OUTCOME], kind="choice", choices=choices),
        Field(REASON, N_("Lí do, căn cứ"), stored=checks.NOTE),
    ]


def _start(line: PrimaryResult) -> dict[str, Value]:
    outcome = line.decisions.get(OUTCOME)
    return {
        OUTSTANDING: int(line.ticked(OUTSTANDING)),
        AGREES: int(line.ticked(AGREES)),
        OUTCOME: outcome.value if outcome else None,
        REASON: outcome.reason if outcome else None,
    }


def _sentence(results: PrimaryResults, line: PrimaryResult) -> str:
    if title_wanted(line.level, regulation=results.regulation):
        words = _(
            "Mức {level}. Nổi bật ở ít nhất một môn, hoặc tiến bộ rõ ở ít nhất một phẩm chất, năng lực, "
            "và lớp công nhận thì được danh hiệu HS Tiêu biểu ({article})."
        )
        article = results.regulation.articles["titles"].cited
    else:
        words = _("Mức {level}. Sau khi giúp đỡ và đánh giá bổ sung, hiệu trưởng quyết định ({article}).")
        article = results.regulation.articles["completion"].cited
    return words.format(level=word_of(YEAR_LEVELS, line.level), article=article)


def _empty_words(line: PrimaryResult) -> str:
    if line.level is None:
        return _("{name} chưa đủ kết quả cuối năm để xét.").format(name=line.name)
    words = _("{name}: mức {level}, không cần quyết định thêm.")
    return words.format(name=line.name, level=word_of(YEAR_LEVELS, line.level))


def _save(desk: Desk, class_id: str, pupil_id: str, values: dict[str, Value], problems: OnProblems) -> object:
    wanted: dict[str, str | None] = {}
    if OUTCOME in values:
        wanted[OUTCOME] = str(values[OUTCOME]) if values[OUTCOME] else None
    else:
        wanted = {kind: YES if values.get(kind) else None for kind in (OUTSTANDING, AGREES)}
    reason = str(values.get(REASON) or "")
    return desk.do(
        decide,
        class_id,
        pupil_id,
        wanted,
        reason=reason,
        toast=_("Đã ghi xét cuối năm"),
        on_problems=problems,
    )
