"""Commands about the self-score of digital transformation: dx score, its resources and systems."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edudesk.dx.editions.store import Edition, edition_of
from edudesk.dx.editions.store_files import export_edition, import_edition
from edudesk.dx.proposals import Proposal, proposals
from edudesk.dx.rules_score import GroupScore, criterion_level, level_name, show_points
from edudesk.dx.store import ScoreLine, SelfScore, self_score
from edudesk.dx.teaching.fields import SYSTEM_KINDS
from edudesk.dx.teaching.imports import import_resources, plan_resources
from edudesk.dx.teaching.report import months_words
from edudesk.dx.teaching.store_resources import Resource, resources
from edudesk.dx.teaching.store_systems import NUMBERS, System, systems
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import N_, _
from edudesk.school.asked import year_of
from edudesk.sheets.commands import add_import, import_from
from edudesk.storage.command import Answer, Call, Command, output

Proposals = Mapping[str, Proposal]


def score(call: Call) -> Answer:
    """The self-score of the year: points, levels, conditions, and why it is not official yet."""
    with call.reading() as db:
        year = year_of(call, db)
        scoring = self_score(db, year)
        proposed = proposals(db, year, scoring.edition.index)
    return Answer(as_data(scoring, proposed), as_lines(scoring, proposed))


# -- for programs


def as_data(scoring: SelfScore, proposed: Proposals) -> dict[str, Any]:
    """Points as numbers; null where nobody scored."""
    edition = scoring.edition
    return {
        "year": scoring.year,
        "edition": {
            "id": edition.id or None,
            "code": edition.index.code,
            "name": edition.name,
            "source": edition.source,
            "confirmed_by": edition.confirmed_by or None,
            "confirmed_at": edition.confirmed_at or None,
        },
        "stage": scoring.report.stage,
        "official": not scoring.draft_because,
        "draft_because": list(scoring.draft_because),
        "groups": [_group(scoring, points, proposed) for points in scoring.result.groups],
        "overall": scoring.result.overall,
        "conditions": [_condition(line) for line in scoring.lines if line.item is None],
        "conditions_met": not scoring.result.unmet,
        "open": [line.code for line in scoring.open],
    }


def _group(scoring: SelfScore, points: GroupScore, proposed: Proposals) -> dict[str, Any]:
    return {
        "code": points.group.code,
        "title": points.group.title,
        "points": as_decimal(points.points),
        "maximum": as_decimal(points.group.maximum),
        "scale": as_decimal(scoring.edition.index.scale),
        "missing": as_decimal(points.group.missing),
        "level": points.level,
        "next_level": points.next_level,
        "to_next": None if points.to_next is None else as_decimal(points.to_next),
        "criteria": [_criterion(scoring, code, proposed) for code in _codes(scoring, points.group.code)],
    }


def _codes(scoring: SelfScore, group: str) -> list[str]:
    return list(dict.fromkeys(line.criterion.code for line in scoring.lines if line.group.code == group))


def _criterion(scoring: SelfScore, code: str, proposed: Proposals) -> dict[str, Any]:
    lines = [line for line in scoring.lines if line.criterion.code == code]
    criterion, given = (
        lines[0].criterion,
        {line.code: line.points for line in lines if line.points is not None},
    )
    offered = [proposed[line.code].points for line in lines if line.code in proposed]
    known = [points for points in offered if points is not None]
    return {
        "code": code,
        "title": criterion.title,
        "mandatory": criterion.mandatory,
        "verified": criterion.verified,
        "points": as_decimal(sum(given.values())) if given else None,
        "maximum": as_decimal(sum(item.maximum for item in criterion.items)) if criterion.items else None,
        "level": criterion_level(criterion, given),
        "proposal": as_decimal(sum(known)) if known else None,
        "evidence": sum(line.evidence for line in lines),
        "items": [_item(line, proposed.get(line.code)) for line in lines if line.item],
    }


def _item(line: ScoreLine, proposal: Proposal | None) -> dict[str, Any]:
    offered = proposal.points if proposal else None
    return {
        "code": line.code,
        "title": line.title,
        "points": None if line.points is None else as_decimal(line.points),
        "maximum": as_decimal(line.item.maximum) if line.item else None,
        "last_year": None if line.last is None else as_decimal(line.last),
        "proposal": None if offered is None else as_decimal(offered),
        "because": proposal.words if proposal else None,
        "evidence": line.evidence,
        "responsible": line.staff or None,
        "verified": bool(line.item and line.item.verified),
    }


def _condition(line: ScoreLine) -> dict[str, Any]:
    return {"code": line.code, "title": line.title, "met": line.met, "evidence": line.evidence}


# -- for people


def as_lines(scoring: SelfScore, proposed: Proposals) -> tuple[str, ...]:
    """The same as sentences."""
    lines = [scoring.edition.name]
    for points in scoring.result.groups:
        lines += ["", _group_words(points)]
        lines += [
            _line_words(line, proposed) for line in scoring.lines if line.group.code == points.group.code
        ]
    lines += [
        "",
        _("Mức chung (theo nhóm thấp hơn, cách hiểu của EduDesk): {level}").format(
            level=level_name(scoring.result.overall)
        ),
    ]
    if scoring.result.unmet:
        codes = ", ".join(criterion.code for criterion in scoring.result.unmet)
        lines.append(_("Điều kiện bắt buộc chưa đạt: {codes}").format(codes=codes))
    return (*lines, *(_("Bản nháp: {why}").format(why=why) for why in scoring.draft_because))


def _group_words(points: GroupScore) -> str:
    words = _("Nhóm {code}. {title}: {points}/{max} điểm, {level}")
    message = words.format(
        code=points.group.code,
        title=points.group.title,
        points=show_points(points.points),
        max=show_points(points.group.maximum),
        level=level_name(points.level).lower(),
    )
    if points.to_next is None or points.next_level is None:
        return message
    return message + _(", còn {n} điểm tới mức {level}").format(
        n=show_points(points.to_next), level=points.next_level
    )


def _line_words(line: ScoreLine, proposed: Proposals) -> str:
    proposal = proposed.get(line.code)
    message = f"{line.code:<6} {_given(line):>7}  {line.title}"
    if line.evidence:
        message += _(" · {n} minh chứng").format(n=line.evidence)
    if proposal and proposal.points is not None:
        message += _(" · đề xuất {points}").format(points=show_points(proposal.points))
    return message


def _given(line: ScoreLine) -> str:
    if line.item is None:
        return {True: _("đạt"), False: _("chưa"), None: "?"}[line.met]
    points = "?" if line.points is None else show_points(line.points)
    return f"{points}/{show_points(line.item.maximum)}"


# -- resources and systems


def list_resources(call: Call) -> Answer:
    """The digital resources, each with whether it counts."""
    with call.reading() as db:
        all_resources = resources(db)
    lines = [
        f"{resource.subject:<24} {resource.title} · {resource.author} · {_approval(resource)}"
        for resource in all_resources
    ]
    return Answer([_resource(resource) for resource in all_resources], tuple(lines))


def _approval(resource: Resource) -> str:
    return _("đã phê duyệt") if resource.approved else _("chưa phê duyệt")


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "title": resource.title,
        "subject": resource.code or None,
        "grade": resource.grade,
        "author": resource.author or None,
        "kind": resource.kind,
        "link": resource.link or None,
        "file": resource.name or None,
        "team_by": resource.team_by or None,
        "team_on": resource.team_on or None,
        "approved_on": resource.approved_on or None,
        "approved": resource.approved,
    }


def list_systems(call: Call) -> Answer:
    """The systems in use in the year with their numbers month by month."""
    with call.reading() as db:
        all_systems = systems(db, year_of(call, db))
    lines = [
        f"{system.name} · {_(dict(SYSTEM_KINDS)[system.kind])} · {months_words(system)}"
        for system in all_systems
    ]
    return Answer([_system(system) for system in all_systems], tuple(lines))


def _system(system: System) -> dict[str, Any]:
    return {
        "name": system.name,
        "kind": system.kind,
        "since": system.since,
        "until": system.until or None,
        "owned": system.owned or None,
        "url": system.url or None,
        "does": sorted(system.does),
        "months": [
            {"month": use.month, **{key: getattr(use, key) for key in NUMBERS}} for use in system.uses
        ],
    }


def import_resource_list(call: Call) -> Answer:
    """Digital resources from Excel or CSV, or with --dry-run only what it would do."""
    return import_from(call, plan_resources, import_resources)


def edition(call: Call) -> Answer:
    """The edition the year is scored by; one added from a file, or this one written to a file."""
    if call.args.add:
        with call.writing() as db:
            import_edition(db, year_of(call, db), Path(call.args.add))
            return _edition(edition_of(db, year_of(call, db)))
    with call.reading() as db:
        version = edition_of(db, year_of(call, db))
        if call.args.output:
            export_edition(version, Path(call.args.output))
        return _edition(version)


def _edition(version: Edition) -> Answer:
    problems = [problem.message for problem in version.problems]
    data = {
        "id": version.id or None,
        "code": version.index.code,
        "name": version.name,
        "source": version.source,
    }
    return Answer({**data, "official": not problems, "problems": problems}, (version.name, *problems))


def _add_edition(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--add", metavar=_("TỆP"), help=_("thêm bộ chỉ số (.toml, .json) và chấm năm học theo bộ ấy")
    )
    parser.add_argument(
        "-o", "--output", type=output, metavar=_("TỆP"), help=_("ghi bộ chỉ số đang dùng ra tệp .json")
    )


COMMANDS = (
    Command("dx edition", N_("bộ chỉ số đang dùng; thêm từ tệp, ghi ra tệp"), edition, _add_edition),
    Command("dx score", N_("kết quả tự chấm chuyển đổi số của năm học"), score),
    Command("dx resources", N_("liệt kê học liệu số"), list_resources),
    Command("dx systems", N_("liệt kê hệ thống đang dùng và số liệu từng tháng"), list_systems),
    Command("import dx-resources", N_("nhập danh mục học liệu số"), import_resource_list, add_import),
)
