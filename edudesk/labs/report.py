"""The check of the computer rooms on paper, and what would have to be bought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel.calendar import year_name
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.labs import words
from edudesk.labs.rules_check import LevelCheck, RoomCheck
from edudesk.labs.rules_ratio import BUY, REPAIR, Remedy
from edudesk.labs.store_timetable import check_labs, equipped_words, prices
from edudesk.paper.blocks import Block, Notes, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.premises.report import facility_paper
from edudesk.school.rules import LEVEL_NAMES
from edudesk.storage.database import Database


def lab_check_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Phiếu kiểm tra phòng máy tính”): every room and level, then the ways to mend what is missing."""
    checks = check_labs(db, year)
    title = Title(
        _("Kiểm tra phòng máy tính dạy Tin học"), (_("Năm học {year}").format(year=year_name(year)),)
    )
    findings = [(check, finding) for check in checks for finding in check.findings]
    body: Block = (
        Table(_columns(), [_row(check, finding) for check, finding in findings], size=11)
        if findings
        else Text(_("Trường chưa có lớp hoặc chưa có phòng máy để kiểm tra."))
    )
    notes = [
        f"{_(LEVEL_NAMES[check.level])}: {words.limit_words(check)}. {words.crude_words(check)}."
        for check in checks
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


def _row(check: LevelCheck, finding: RoomCheck) -> list[str | Cell]:
    place = f"{finding.site}: {finding.room}" if finding.room else finding.site
    ratio = finding.ratio.pupils_per_computer if finding.ratio else None
    meets = finding.ratio is not None and finding.ratio.meets_level_2
    return [
        _(LEVEL_NAMES[check.level]),
        place,
        words.whose(finding),
        str(finding.on_books),
        str(finding.usable),
        words.ratio_text(ratio),
        str(check.limit.most),
        Cell(words.state_words(finding), bold=not meets),
    ]


def _ways(findings: Sequence[tuple[LevelCheck, RoomCheck]]) -> list[Block]:
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
    lines = [line for check, finding in _rooms(check_labs(db, year)) for line in _needs(check, finding)]
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


def _rooms(checks: Sequence[LevelCheck]) -> list[tuple[LevelCheck, RoomCheck]]:
    """Each room once, by the level that lacks most there: what is bought for one level serves the others."""
    worst: dict[tuple[str, str], tuple[LevelCheck, RoomCheck]] = {}
    for check in checks:
        for finding in check.judged:
            place = (finding.room_id or check.level, finding.site)
            if place not in worst or _short(finding) > _short(worst[place][1]):
                worst[place] = (check, finding)
    return list(worst.values())


def _short(finding: RoomCheck) -> int:
    return finding.ratio.short_by if finding.ratio else 0


Line = tuple[str, Remedy, int | None]  # where, what (its n and cost), the price of one


def _needs(check: LevelCheck, finding: RoomCheck) -> list[Line]:
    """What to repair and then to buy, for one room."""
    where = f"{finding.room or finding.site} ({_(LEVEL_NAMES[check.level])})"
    repair = next((way for way in finding.options if way.kind == REPAIR), None)
    buy = next((way for way in finding.options if way.kind == BUY), None)
    if buy is None:
        return []
    rest = buy.n - (repair.n if repair else 0)
    rows: list[Line] = [(where, repair, _each(repair))] if repair else []
    price = _each(buy)
    more = Remedy(BUY, rest, True, None if price is None else rest * price)
    return [*rows, (where, more, price)] if rest else rows


def _each(way: Remedy) -> int | None:
    return None if way.cost is None else way.cost // way.n


def _plan_columns() -> list[TableColumn]:
    return [
        TableColumn(_("Phòng máy")),
        TableColumn(_("Việc"), 34),
        TableColumn(_("Số máy"), 18, "center"),
        TableColumn(_("Đơn giá (đ)"), 30, "right"),
        TableColumn(_("Thành tiền (đ)"), 34, "right"),
    ]


def _plan_row(where: str, way: Remedy, price: int | None) -> list[str | Cell]:
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
    return "" if amount is None else thousands(amount)


def has_purchase_plan(db: Database, year: int) -> bool:
    """Whether something is missing and the school has said a price."""
    all_prices = prices(db)
    priced = all_prices.repair is not None or all_prices.buy is not None
    return priced and any(finding.options for check in check_labs(db, year) for finding in check.findings)
