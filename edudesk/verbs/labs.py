"""The verb labs check: whether the computer rooms are enough."""

from __future__ import annotations

from typing import Any

from edudesk.facility import labs_words as words
from edudesk.facility.rules_check import Finding, LevelCheck
from edudesk.facility.store_labs import check_labs
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_NAMES
from edudesk.verbs.verb import Answer, Call, Verb


def labs_check(call: Call) -> Answer:
    """Every level of the school: its computer rooms against the largest class in them."""
    with call.reading() as db:
        found = check_labs(db, call.year(db))
    return Answer([_data(one) for one in found], tuple(line for one in found for line in _lines(one)))


def _data(one: LevelCheck) -> dict[str, Any]:
    """The level by its room that lacks most; every room beside it."""
    return {
        "level": one.level,
        **(_numbers(one.worst) if one.worst else _nothing()),
        "meets_level_2": one.meets,
        "limit": one.limit.most,
        "article": one.limit.article.text,
        "verified": one.limit.article.verified,
        "total": {"pupils": one.pupils, "usable": one.machines, "pupils_per_computer": one.crude},
        "rooms": [_room(finding) for finding in one.findings],
    }


def _nothing() -> dict[str, Any]:
    return {
        "machines": 0,
        "usable": 0,
        "largest_class": None,
        "pupils_per_computer": None,
        "meets_level_2": False,
        "short_by": None,
    }


def _numbers(finding: Finding) -> dict[str, Any]:
    ratio = finding.ratio
    return {
        "machines": finding.on_books,
        "usable": finding.usable,
        "largest_class": finding.largest,
        "pupils_per_computer": ratio and ratio.pupils_per_computer,
        "meets_level_2": None if ratio is None else ratio.meets_level_2,
        "short_by": ratio and ratio.short_by,
    }


def _room(finding: Finding) -> dict[str, Any]:
    ways = [{"kind": way.kind, "n": way.n, "enough": way.enough, "cost": way.cost} for way in finding.options]
    return {
        "site": finding.site,
        "room": finding.room or None,
        "class": finding.class_name,
        "timetable": finding.planned,
        **_numbers(finding),
        "options": ways,
        "note": finding.note,
    }


def _lines(one: LevelCheck) -> list[str]:
    lines = [f"{_(LEVEL_NAMES[one.level])}: {words.level_words(one)} · {words.limit_words(one)}"]
    for finding in one.findings:
        lines += _finding_lines(finding)
    return [*lines, f"  {words.crude_words(one)}"]


def _finding_lines(finding: Finding) -> list[str]:
    place = f"{finding.site} · {finding.room}" if finding.room else finding.site
    lines = [f"  {place}: {words.state_words(finding)}"]
    if finding.ratio is not None:
        counted = _("{usable}/{all} máy dùng được, {ratio} em một máy").format(
            usable=finding.usable, all=finding.on_books, ratio=words.shown(finding.ratio.pupils_per_computer)
        )
        lines += [f"    {words.whose(finding)}; {counted}"]
        lines += [f"    {finding.note}"] if finding.note else []
    return lines + [f"    – {words.option_words(way)}: {words.cost_words(way)}" for way in finding.options]


VERBS = (Verb("labs check", N_("phòng máy có đủ máy cho mỗi cấp học không"), labs_check),)
