"""Depreciation (“hao mòn”) of a school's assets by TT 141/2025/TT-BTC: once a year, in December. Pure.

Money is whole đồng; every division is rounded half up, which is our reading of “theo pháp luật kế toán” (Điều 5.1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edudesk.equipment.assets.rules_rates import NO_RATE, Rate, RateBook, show_rate
from edudesk.kernel.numbers import half_up, thousands
from edudesk.kernel.regulation import Article
from edudesk.kernel.words import N_, _

EXEMPT = (
    ("HONG", N_("Hỏng, không dùng được nữa")),
    ("DAC_THU", N_("Tài sản đặc thù")),
    ("DAT", N_("Quyền sử dụng đất")),
    ("KHAC", N_("Trường hợp khác không tính hao mòn")),
)
ASSET, TOOL, UNKNOWN = "asset", "tool", "unknown"


@dataclass(frozen=True, slots=True)
class Asset:
    """What is known of a thing: `cost` (“nguyên giá”) of one, the calendar year it was received in, its rate's code.

    `life` is the school's own number of years; `used_before` the years a second-hand thing had been used; `carried`
    what had been charged to the end of 2025; from `exempt_from` on it is not charged.
    """

    cost: int | None
    started: int | None
    rate: str | None
    life: int | None = None
    used_before: int = 0
    carried: int | None = None
    exempt: str | None = None
    exempt_from: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation and where it is written."""

    words: str
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class AssetYear:
    """A year of an asset: `used` years charged at its end, the charge, what is charged in all, what remains.

    `kind` is ASSET, TOOL (below the threshold: no charge) or UNKNOWN (something must be entered first; then the
    numbers are None and `why` says what). `rate` is None where years alone decide.
    """

    kind: str
    cost: int | None
    used: int | None = None
    rate: int | None = None
    charge: int | None = None
    accumulated: int | None = None
    remaining: int | None = None
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the years from `start` on are charged: `annual` in each of `years` years, the rest in the last."""

    start: int
    annual: int
    years: int
    base: int
    rate: int | None
    why: tuple[Reason, ...]


def year_line(asset: Asset, book: RateBook, year: int) -> AssetYear:
    """What December of a calendar year says of an asset."""
    rate = book.rates.get(asset.rate or "")
    if asset.cost is None:
        return _unknown(asset, _("Chưa có nguyên giá."))
    if not _counts(asset.cost, rate, book):
        words = _("Nguyên giá {cost} đ dưới {least} đ: công cụ, dụng cụ, không tính hao mòn.")
        message = words.format(cost=money(asset.cost), least=money(book.least))
        reasons = (Reason(message, book.articles["threshold"]), Reason("", book.articles["tools"]))
        return AssetYear(TOOL, asset.cost, why=reasons)
    missing = _missing(asset, rate, book, year)
    if missing or rate is None:
        return _unknown(asset, missing)
    if asset.exempt == "DAT" or rate.group == "DAT":
        why = Reason(_("Quyền sử dụng đất không tính hao mòn."), book.articles["exempt"])
        return AssetYear(ASSET, asset.cost, 0, None, 0, 0, asset.cost, (why,))
    found = _plan(asset, rate, book)
    return _at(asset, found, book, year) if isinstance(found, _Plan) else _unknown(asset, found)


def _missing(asset: Asset, rate: Rate | None, book: RateBook, year: int) -> str:
    """What must be entered before anything can be said of an asset; "" when nothing."""
    if asset.started is None:
        return _("Chưa có ngày mua.")
    if rate is None:
        return _("Chưa chọn loại tài sản.")
    if year < book.first or asset.started > year:
        return _("Năm {year} không tính theo quy định này.").format(year=year)
    return ""


def _unknown(asset: Asset, words: str) -> AssetYear:
    return AssetYear(UNKNOWN, asset.cost, why=(Reason(words),))


def _counts(cost: int, rate: Rate | None, book: RateBook) -> bool:
    return cost >= book.least or (rate is not None and book.group_of(rate).always)


def _plan(asset: Asset, rate: Rate, book: RateBook) -> _Plan | str:
    """The plan, or what must be entered before there is one."""
    life = asset.life or rate.life
    if life is None:
        return _(NO_RATE)
    assert asset.cost is not None and asset.started is not None
    if asset.started < book.first:
        return _old(asset, rate, book, life)
    if asset.used_before:
        return _second_hand(asset, rate, book, life)
    return _new(asset, rate, book, life)


def _new(asset: Asset, rate: Rate, book: RateBook, life: int) -> _Plan:
    cost, start = asset.cost or 0, asset.started or 0
    if asset.life:
        annual, used = half_up(cost, life), None
        words = _("Trường ghi {life} năm: {cost} ÷ {life} = {annual} đ một năm.")
    else:
        used = rate.used
        annual = half_up(cost * (used or 0), 10_000)
        words = _("{cost} × {rate} % = {annual} đ một năm, {life} năm ({name}).")
    message = words.format(
        cost=money(cost), rate=show_rate(used), annual=money(annual), life=life, name=rate.name
    )
    why = (Reason(message, book.articles["charge"]), *_source(asset, rate))
    return _Plan(start, annual, life, 0, used, why)


def _source(asset: Asset, rate: Rate) -> tuple[Reason, ...]:
    return () if asset.life else (Reason(_("Tỉ lệ lấy ở:"), rate.article),)


def _second_hand(asset: Asset, rate: Rate, book: RateBook, life: int) -> _Plan:
    left = max(life - asset.used_before, 1)
    cost = asset.cost or 0
    annual = half_up(cost, left)
    words = _(
        "Mua khi đã dùng {before} năm: {life} − {before} = {left} năm; {cost} ÷ {left} = {annual} đ một năm."
    )
    if life <= asset.used_before:
        words = _(
            "Mua khi đã dùng {before} năm, hết {life} năm: tính hết trong năm đầu (cách hiểu của chương trình)."
        )
    message = words.format(
        before=asset.used_before, life=life, left=left, cost=money(cost), annual=money(annual)
    )
    return _Plan(
        asset.started or 0,
        annual,
        left,
        0,
        None,
        (Reason(message, book.articles["used"]), *_source(asset, rate)),
    )


def _old(asset: Asset, rate: Rate, book: RateBook, life: int) -> _Plan | str:
    """Assets that were on the books before the first year of the regulation."""
    used = book.first - (asset.started or 0)
    row = _carried(asset, rate, book, used)
    if row is None:
        return _("Chưa có hao mòn lũy kế đến 31/12/{year}: nhập theo sổ.").format(year=book.first - 1)
    base, why = row
    used += asset.used_before
    same = (rate.old_years, rate.old_rate) == (life, rate.used) and not (asset.life or asset.used_before)
    annual, percent, reason = (
        _unchanged(asset, rate, book) if same else _spread(asset, book, life, used, base)
    )
    left = max(life - used, 1)
    return _Plan(book.first, annual, left, base, percent, (*why, reason, *_source(asset, rate)))


def _unchanged(asset: Asset, rate: Rate, book: RateBook) -> tuple[int, int | None, Reason]:
    """A life the new regulation left as it was goes on at its rate."""
    cost = asset.cost or 0
    annual = half_up(cost * (rate.used or 0), 10_000)
    words = _("Số năm không đổi: {cost} × {rate} % = {annual} đ một năm.")
    message = words.format(cost=money(cost), rate=show_rate(rate.used), annual=money(annual))
    return annual, rate.used, Reason(message, book.articles["charge"])


def _spread(asset: Asset, book: RateBook, life: int, used: int, base: int) -> tuple[int, int | None, Reason]:
    """What remains is spread over the years that are left; all at once when none are (Điều 18.1)."""
    rest = max((asset.cost or 0) - base, 0)
    annual = half_up(rest, max(life - used, 1))
    words = _("({cost} − {base}) ÷ ({life} − {used}) = {annual} đ một năm.")
    if life <= used:
        words = _("Đã dùng {used} năm, hết {life} năm: tính hết {rest} đ vào năm {first}.")
    message = words.format(
        cost=money(asset.cost),
        base=money(base),
        life=life,
        used=used,
        annual=money(annual),
        rest=money(rest),
        first=book.first,
    )
    return annual, None, Reason(message, book.articles["transition"])


def _carried(asset: Asset, rate: Rate, book: RateBook, years: int) -> tuple[int, tuple[Reason, ...]] | None:
    """What had been charged before the regulation began: as the books say, else by the old rate where it is known."""
    last = book.first - 1
    if asset.carried is not None:
        words = _("Hao mòn lũy kế đến 31/12/{year} theo sổ: {base} đ.")
        return asset.carried, (Reason(words.format(year=last, base=money(asset.carried))),)
    if rate.old_rate is None or rate.old_years is None or asset.used_before:
        return None
    cost = asset.cost or 0
    annual = -(-cost * rate.old_rate // 10_000)
    base = cost if years >= rate.old_years else min(cost, annual * years)
    words = _("Chưa nhập lũy kế theo sổ; tính lại {years} năm × {rate} % đến 31/12/{year}: {base} đ.")
    message = words.format(years=years, rate=show_rate(rate.old_rate), year=last, base=money(base))
    return base, (Reason(message, book.articles["old"]),)


def _at(asset: Asset, plan: _Plan, book: RateBook, year: int) -> AssetYear:
    charge, accumulated, used = 0, min(plan.base, asset.cost or 0), 0
    for used, charge in _charges(asset, plan, year):  # noqa: B007
        accumulated += charge
    before = plan.start - (asset.started or 0) + asset.used_before
    why = (*plan.why, *_ending(asset, book, year, (charge, accumulated)))
    remaining = (asset.cost or 0) - accumulated
    return AssetYear(ASSET, asset.cost, before + used, plan.rate, charge, accumulated, remaining, why)


def _charges(asset: Asset, plan: _Plan, year: int) -> Iterator[tuple[int, int]]:
    """(years charged, charge) of each year up to this one."""
    rest, used = max((asset.cost or 0) - plan.base, 0), 0
    for now in range(plan.start, year + 1):
        stopped = asset.exempt is not None and now >= (asset.exempt_from or 0)
        used += bool(rest) and not stopped
        charge = 0 if stopped else rest if used >= plan.years else min(plan.annual, rest)
        rest -= charge
        yield used, charge


def _ending(asset: Asset, book: RateBook, year: int, row: tuple[int, int]) -> Iterator[Reason]:
    """Why a year is charged otherwise than the years before it."""
    charge, accumulated = row
    cost = asset.cost or 0
    if asset.exempt is not None and year >= (asset.exempt_from or 0):
        yield Reason(_(dict(EXEMPT).get(asset.exempt, EXEMPT[-1][1])), book.articles["exempt"])
    elif not charge and accumulated >= cost:
        yield Reason(_("Đã hao mòn đủ, còn dùng thì không tính nữa."), book.articles["exempt"])
    elif charge and accumulated == cost:
        words = _("Năm cuối: {cost} − {before} = {charge} đ.")
        message = words.format(cost=money(cost), before=money(accumulated - charge), charge=money(charge))
        yield Reason(message, book.articles["last"])
    if charge:
        yield Reason(book.articles["rounding"].note, book.articles["rounding"])


def worth_on(asset: Asset, book: RateBook, day: dt.date) -> AssetYear:
    """What an asset is worth on a day: charged up to the last December that is over; `charge` is then 0."""
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    year = max(last, book.first, asset.started or 0)
    line = year_line(asset, book, year)
    if year == last or line.accumulated is None or line.charge is None or line.remaining is None:
        return line
    before, left = line.accumulated - line.charge, line.remaining + line.charge
    return replace(line, charge=0, accumulated=before, remaining=left)


def money(amount: int | None) -> str:
    """15000000 is “15.000.000”; "–" when it is not known."""
    return "–" if amount is None else thousands(amount)
