"""Commands about rooms: the counts of the reports, the answers they need, the standards."""

from __future__ import annotations

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _
from edudesk.labs.imports import import_machines, plan_machines
from edudesk.labs.norms.report import figure_words
from edudesk.labs.norms.rules_norms import Figure
from edudesk.labs.norms.rules_standards import ZONES, Judged
from edudesk.labs.norms.store import CountedSection, counts, save_answers, school_sites
from edudesk.labs.norms.store_standards import check_standards, save_zone, zone
from edudesk.school.asked import year_of
from edudesk.school.rules import LEVEL_NAMES
from edudesk.sheets.commands import add_import, import_from
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database

FLAG = Field("value", N_("Giá trị"), "flag")
NUMBER = Field("value", N_("Giá trị"), "number")
UNKNOWN = ("?", "chua ro", "unknown")


def facility_counts(call: Call) -> Answer:
    """Every count of the school, or of one site, with the list behind it."""
    with call.reading() as db:
        site = _site(db, call.args.site) if call.args.site else ""
        sections = counts(db, year_of(call, db), site_id=site)
    return Answer(
        [_section(section) for section in sections],
        tuple(line for section in sections for line in _section_lines(section)),
    )


def _site(db: Database, name: str) -> str:
    """The id of a site by its name. Raises Refused COUNT_SITE, naming those there are."""
    rows = school_sites(db)
    site_id = next((row for row, known in rows if fold(known) == fold(name)), None)
    if site_id is None:
        message = _("Không có điểm trường “{name}”.").format(name=name[:40])
        known = ", ".join(words for _id, words in rows)
        raise Refused(Problem("COUNT_SITE", message, next=_("Các điểm trường: {known}.").format(known=known)))
    return site_id


def _section(counted: CountedSection) -> dict[str, Any]:
    article = counted.section.article
    return {
        "section": counted.section.code,
        "title": counted.section.title,
        "source": article.text,
        "verified": article.verified,
        "items": [_figure(figure) for figure in counted.figures],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "item": figure.item.code,
        "title": figure.item.title,
        "kind": figure.item.kind,
        "value": figure.value if figure.item.kind != "flag" or figure.value is None else bool(figure.value),
        "area_m2": None if figure.area is None else Decimal(figure.area).scaleb(-2),
        "behind": list(figure.behind),
        "note": figure.note,
    }


def _section_lines(counted: CountedSection) -> list[str]:
    lines = ["", f"{counted.section.title} · {counted.section.article.cited}"]
    for figure in counted.figures:
        more = f" – {figure.note}" if figure.note else ""
        lines.append(f"  {figure.item.code:<15} {figure_words(figure):>16}  {figure.item.title}{more}")
    return lines


def facility_answer(call: Call) -> Answer:
    """Answer an item: có, không, a number, or ? for unknown."""
    args = call.args
    with call.writing() as db:
        places = school_sites(db)
        if not args.site and len(places) > 1:
            message = _("Trường có {n} điểm trường.").format(n=len(places))
            raise Refused(Problem("COUNT_SITE", message, next=_("Thêm --site TÊN.")))
        site = _site(db, args.site) if args.site else places[0][0]
        step = save_answers(db, year_of(call, db), args.item, {site: _value(args.value)})
    return Answer({"item": args.item, "changed": bool(step.changes)}, (step.label,))


def _value(text: str) -> int | None:
    if fold(text) in UNKNOWN:
        return None
    number = (NUMBER if text.strip().isdigit() else FLAG).parse(text)
    return None if number is None else int(number)


def facility_standards(call: Call) -> Answer:
    """Every standard for every level of the school; --zone says where the school lies first."""
    opened = call.writing if call.args.zone else call.reading
    with opened() as db:
        if call.args.zone:
            save_zone(db, call.args.zone.upper().replace("-", "_"))
        judgements, where = check_standards(db, year_of(call, db)), zone(db)
    data = {"zone": where or None, "standards": [_judged(judgement) for judgement in judgements]}
    return Answer(data, tuple(_judged_line(judgement) for judgement in judgements))


def _judged(judgement: Judged) -> dict[str, Any]:
    return {
        "level": judgement.level,
        "title": judgement.title,
        "needed": judgement.needed,
        "there": judgement.present,
        "met": judgement.met,
        "words": judgement.words,
        "article": judgement.article.text,
        "verified": judgement.article.verified,
    }


def _judged_line(judgement: Judged) -> str:
    asked = _("cần {needed}, có {there}").format(needed=judgement.needed, there=judgement.present)
    return f"{_(LEVEL_NAMES[judgement.level])} · {judgement.title}: {judgement.words} ({asked}) · {judgement.article.cited}"


def import_machine_list(call: Call) -> Answer:
    """Machines from Excel or CSV, or with --dry-run only what it would do."""
    return import_from(call, plan_machines, import_machines)


def _add_counts(parser: ArgumentParser) -> None:
    parser.add_argument("--site", metavar=_("ĐIỂM_TRƯỜNG"), help=_("chỉ một điểm trường"))


def _add_answer(parser: ArgumentParser) -> None:
    parser.add_argument("item", metavar=_("MỤC"), help=_("mã mục, xem facility counts"))
    parser.add_argument("value", metavar=_("GIÁ_TRỊ"), help=_("có, không, một số, hoặc ? khi chưa rõ"))
    parser.add_argument(
        "--site", metavar=_("ĐIỂM_TRƯỜNG"), help=_("điểm trường; cần khi trường có nhiều điểm")
    )


def _add_standards(parser: ArgumentParser) -> None:
    zones = [code.lower().replace("_", "-") for code, _name in ZONES]
    parser.add_argument("--zone", choices=zones, help=_("ghi trường ở vùng nào rồi tính"))


COMMANDS = (
    Command("import machines", N_("nhập danh sách máy tính"), import_machine_list, add_import),
    Command("facility counts", N_("số liệu cơ sở vật chất các báo cáo cần"), facility_counts, _add_counts),
    Command("facility answer", N_("trả lời một mục không đếm được"), facility_answer, _add_answer),
    Command(
        "facility standards",
        N_("phòng, diện tích, quy mô so với định mức"),
        facility_standards,
        _add_standards,
    ),
)
