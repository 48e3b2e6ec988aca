"""The plans of the buildings on paper: a storey to a page, rooms as boxes with their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Drawing, NewPage, Notes, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Pen, Style, wrapped
from edudesk.premises.fields import ROOM_KINDS, STATES
from edudesk.premises.report import facility_paper
from edudesk.premises.rules_area import show_area
from edudesk.premises.rules_plan import COLUMNS, ROWS, Box
from edudesk.premises.store_photos import photo_path, photos
from edudesk.premises.store_plan import BuildingPlan, Placed, picture_owner, plans
from edudesk.storage.database import Database

SQUARE = 23.5  # points of a square of the grid
NAME, SMALL = Style(10, bold=True, align="center"), Style(8.5, align="center")
GREYS = {"CAN_SUA": 0.9, "NGUNG": 0.75}


def plan_paper(db: Database, year: int, *, building_id: str = "", day: dt.date | None = None) -> Paper:
    """A4 lying (“Sơ đồ phòng”): of one building or of all. Raises Refused PLAN_EMPTY when no room is placed."""
    all_plans = [
        proposal for proposal in plans(db) if proposal.placed and building_id in ("", proposal.building.id)
    ]
    if not all_plans:
        message = _("Chưa có phòng nào được đặt trên sơ đồ.")
        raise Refused(Problem("PLAN_EMPTY", message, next=_("Đặt phòng ở Cơ sở vật chất, Sơ đồ.")))
    title = _("Sơ đồ phòng")
    pages = [
        (proposal, floor)
        for proposal in all_plans
        for floor in range(1, proposal.floors + 1)
        if proposal.on(floor)
    ]
    blocks: list[Block] = []
    for place, (plan, floor) in enumerate(pages):
        blocks += [NewPage()] if place else [Title(title)]
        blocks += _storey(db, plan, floor)
    waiting = [room.name for proposal in all_plans for room in proposal.waiting]
    if waiting:
        blocks.append(Notes([_("Chưa đặt trên sơ đồ: {names}.").format(names=", ".join(waiting))]))
    return facility_paper(db, title, blocks, year=year, day=day, landscape=True)


def _storey(db: Database, plan: BuildingPlan, floor: int) -> list[Block]:
    words = _("{house}, tầng {n}").format(house=plan.building.name, n=floor)
    picture = next(iter(photos(db, picture_owner(plan.building.id, floor))), None)
    behind = photo_path(db, picture) if picture and photo_path(db, picture).exists() else None
    return [Text(words, Style(13, bold=True, align="center")), _drawing(plan.on(floor), behind)]


def _drawing(placed: Sequence[Placed], behind: Path | None) -> Drawing:
    """Only the rows that are used take room on the page."""
    last = ROWS if behind else max(spot.box.row + spot.box.h for spot in placed)

    def draw(pen: Pen, left: float, top: float, width: float) -> None:
        start = left + (width - COLUMNS * SQUARE) / 2
        if behind:
            height = pen.page_height - top - ROWS * SQUARE
            size = {"width": COLUMNS * SQUARE, "height": ROWS * SQUARE}
            pen.canvas.drawImage(str(behind), start, height, **size, preserveAspectRatio=True)
        for spot in placed:
            _room(pen, spot, start, top)

    return Drawing(last * SQUARE + 8, draw)


def _room(pen: Pen, placed: Placed, left: float, top: float) -> None:
    x, y = left + placed.box.col * SQUARE, top + placed.box.row * SQUARE
    wide, high = placed.box.w * SQUARE, placed.box.h * SQUARE
    pen.tint(x, y, wide, high, grey=GREYS.get(placed.room.state or "", 1.0))
    pen.rules(_edges(placed.box, left, top), 0.9)
    lines = [(line, NAME) for line in wrapped(placed.room.name, NAME, wide - 4)]
    lines += [(line, SMALL) for text in _words(placed) for line in wrapped(text, SMALL, wide - 4)]
    at = y + 3
    for line, style in lines:
        if at + style.leading > y + high:
            break
        pen.line(line, x + 2, at, wide - 4, style=style)
        at += style.leading


def _words(placed: Placed) -> list[str]:
    """Its kind, its area, and a state that is not good."""
    room = placed.room
    area = _("{area} m²").format(area=show_area(room.area)) if room.area else ""
    state = _(dict(STATES)[room.state]) if room.state in GREYS and room.state else ""
    return [text for text in (_(dict(ROOM_KINDS).get(room.kind, "")), area, state) if text]


def _edges(box: Box, left: float, top: float) -> list[tuple[float, float, float, float]]:
    x, y = left + box.col * SQUARE, top + box.row * SQUARE
    right, low = x + box.w * SQUARE, y + box.h * SQUARE
    return [(x, y, right, y), (x, low, right, low), (x, y, x, low), (right, y, right, low)]
