"""The check of the computer rooms on paper, and what would have to be bought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel import clock
from edudesk.kernel.calendar import year_name
from edudesk.kernel.words import _
from edudesk.labs import words
from edudesk.labs.rules_check import Finding, LevelCheck
from edudesk.labs.rules_ratio import BUY, REPAIR, Option
from edudesk.labs.store_timetable import check_labs, equipped_words, prices
from edudesk.paper.blocks import Block, Letterhead, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.school.rules import LEVEL_NAMES
from edudesk.school.store import letterhead
from edudesk.storage.database import Database


def lab_check_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Phiếu kiểm tra phòng máy tính”): every room and level, then the ways to mend what is missing."""
    found = check_labs(db, year)
    title = Title(
        _("Kiểm tra phòng máy tính dạy Tin học"), (_("Năm học {year}").format(year=year_name(year)),)
    )
    findings = [(one, finding) for one in found for finding in one.findings]
    body: Block = (
        Table(_columns(), [_row(one, finding) for one, finding in findings], size=11)
        if findings
        else Text(_("Trường chưa có lớp hoặc chưa có phòng máy để kiểm tra."))
    )
    notes = [
        f"{_(LEVEL_NAMES[one.level])}: {words.limit_words(one)}. {words.crude_words(one)}." for one in found
    ]
    notes += [f"{equipped_words(db)}."] if findings else []
    blocks = [title, body, Space(1), Notes(notes), *_ways(findings)]
    return facility_paper(db, title.text, blocks, year=year, day=day, landscape=True)


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("Cấp học"), 22),
        TableColumn(_("Điểm trường, phòng máy")),
        TableColumn(_("Lớp đông nhất"), 52),
        TableColumn(_("Số máy"), 16, "center"),
        TableColumn(_("Dùng được"), 18, "center"),
        TableColumn(_("Em một máy"), 20, "center"),
        TableColumn(_("Mức 2: nhiều nhất"), 24, "center"),
        TableColumn(_("Kết luận"), 48),
    ]


def _row(one: LevelCheck, finding: Finding) -> list[str | Cell]:
    place = f"{finding.site}: {finding.room}" if finding.room else finding.site
    ratio = finding.ratio.pupils_per_computer if finding.ratio else None
    meets = finding.ratio is not None and finding.ratio.meets_level_2
    return [
        _(LEVEL_NAMES[one.level]),
        place,
        words.whose(finding),
        str(finding.on_books),
        str(finding.usable),
        words.shown(ratio),
        str(one.limit.most),
        Cell(words.state_words(finding), bold=not meets),
    ]


def _ways(findings: Sequence[tuple[LevelCheck, Finding]]) -> list[Block]:
    rows = [
        [finding.room or finding.site, words.option_words(way), words.cost_words(way)]
        for _one, finding in findings
        for way in finding.options
    ]
    if not rows:
        return []
    columns = [
        TableColumn(_("Nơi"), 60),
        TableColumn(_("Cách khắc phục")),
        TableColumn(_("Chi phí theo giá trường nhập"), 60, "right"),
    ]
    return [Space(4), Table(columns, rows, size=11)]


def purchase_plan_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 upright (“Dự kiến mua sắm, sửa chữa máy tính”): broken machines repaired first, the rest bought."""
    lines = [line for one, finding in _rooms(check_labs(db, year)) for line in _needs(one, finding)]
    title = Title(
        _("Dự kiến sửa chữa, mua sắm máy tính"), (_("Năm học {year}").format(year=year_name(year)),)
    )
    body: list[Block] = (
        [Table(_plan_columns(), [_plan_row(*line) for line in lines] + [_sum(lines)], size=12)]
        if lines
        else [Text(_("Các phòng máy đã đủ máy theo mức 2; không cần mua thêm."))]
    )
    notes = [
        _("Sửa máy hỏng trước, còn thiếu mới mua. Đơn giá do trường nhập, chưa phải báo giá."),
    ]
    return facility_paper(
        db, title.text, [title, *body, Space(1), Notes(notes if lines else [])], year=year, day=day
    )


def _rooms(found: Sequence[LevelCheck]) -> list[tuple[LevelCheck, Finding]]:
    """Each room once, by the level that lacks most there: what is bought for one level serves the others."""
    worst: dict[tuple[str, str], tuple[LevelCheck, Finding]] = {}
    for one in found:
        for finding in one.judged:
            place = (finding.room_id or one.level, finding.site)
            if place not in worst or _short(finding) > _short(worst[place][1]):
                worst[place] = (one, finding)
    return list(worst.values())


def _short(finding: Finding) -> int:
    return finding.ratio.short_by if finding.ratio else 0


Line = tuple[str, Option, int | None]  # where, what (its n and cost), the price of one


def _needs(one: LevelCheck, finding: Finding) -> list[Line]:
    """What to repair and then to buy, for one room."""
    where = f"{finding.room or finding.site} ({_(LEVEL_NAMES[one.level])})"
    repair = next((way for way in finding.options if way.kind == REPAIR), None)
    buy = next((way for way in finding.options if way.kind == BUY), None)
    if buy is None:
        return []
    rest = buy.n - (repair.n if repair else 0)
    found: list[Line] = [(where, repair, _each(repair))] if repair else []
    price = _each(buy)
    more = Option(BUY, rest, True, None if price is None else rest * price)
    return [*found, (where, more, price)] if rest else found


def _each(way: Option) -> int | None:
    return None if way.cost is None else way.cost // way.n


def _plan_columns() -> list[TableColumn]:
    return [
        TableColumn(_("Phòng máy")),
        TableColumn(_("Việc"), 34),
        TableColumn(_("Số máy"), 18, "center"),
        TableColumn(_("Đơn giá (đ)"), 30, "right"),
        TableColumn(_("Thành tiền (đ)"), 34, "right"),
    ]


def _plan_row(where: str, way: Option, price: int | None) -> list[str | Cell]:
    what = _("Sửa máy hỏng") if way.kind == REPAIR else _("Mua máy mới")
    return [where, what, str(way.n), _money(price), _money(way.cost)]


def _sum(lines: Sequence[Line]) -> list[str | Cell]:
    costs = [way.cost for _where, way, _price in lines]
    whole = None if None in costs else sum(cost for cost in costs if cost is not None)
    return [
        Cell(_("Cộng"), bold=True),
        "",
        str(sum(way.n for _w, way, _p in lines)),
        "",
        Cell(_money(whole), bold=True),
    ]


def _money(amount: int | None) -> str:
    return "" if amount is None else words.thousands(amount)


def has_purchase_plan(db: Database, year: int) -> bool:
    """Whether something is missing and the school has said a price."""
    said = prices(db)
    priced = said.repair is not None or said.buy is not None
    return priced and any(finding.options for one in check_labs(db, year) for finding in one.findings)


def facility_paper(
    db: Database,
    name: str,
    blocks: Sequence[Block],
    *,
    year: int,
    day: dt.date | None,
    landscape: bool = False,
) -> Paper:
    """Any paper of this slice: the school's head above, who made it and the principal below."""
    head = letterhead(db)
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), head.principal)]
    end: list[Block] = [Space(2), Signatures(signs, head.place, day or clock.today())]
    whole: list[Block] = [Letterhead(head.authority, head.school), *blocks, *end]
    return Paper(f"{name} {year_name(year)}", whole, landscape=landscape)
