"""A room's area: typed in m² with at most two decimals, kept in whole dm². Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import show_hundredths
from edudesk.kernel.words import _

LARGEST = 100_000  # m²


def parse_area(text: str) -> int:
    """dm² from "48,5", "48.5" or "1.200" m². Raises Refused ROOM_AREA."""
    match = re.fullmatch(r"(\d{1,6}|\d{1,3}\.\d{3})(?:[,.](\d{1,2}))?", text.strip(), re.ASCII)
    area = int(match[1].replace(".", "")) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if not 0 < area <= LARGEST * 100:
        message = _("Diện tích là số mét vuông, nhiều nhất hai chữ số thập phân.")
        raise Refused(Problem("ROOM_AREA", message, next=_("Gõ lại, như 48,5."), field="area"))
    return area


def show_area(area: int | None) -> str:
    """m² with a comma: 4850 is "48,5", 120000 is "1.200"; "" when it is not known."""
    return show_hundredths(area)


def area_number(area: int | None) -> Decimal | None:
    """m² as a number for spreadsheets: 4850 is 48.5."""
    return None if area is None else Decimal(area).scaleb(-2)


def check_area(value: int | str | None) -> Problem | None:
    """What is wrong with an area as it was typed."""
    try:
        parse_area(str(value))
    except Refused as no:
        return no.problems[0]
    return None
