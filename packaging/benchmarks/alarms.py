"""How often the questions about slips ask for nothing, and how often they find a slip made on purpose.

The demo schools hold no slips, so every question about them as they are is a false alarm. Then slips are put into
their columns one at a time: two neighbours swapped, everything from a row on one row too low or too high, a column
typed again over or into its neighbour, marks pasted in another order. `noise` roughens every mark by up to that many
tenths first, because real classes are less even than invented ones. Prints one JSON document.

    python packaging/benchmarks/alarms.py [seeds]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from edudesk.demo.build import make_demo
from edudesk.gradebook.register.roll import TERMS, read_rolls
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.anomalies import cell_questions, column_questions, replaced
from edudesk.slices import open_school

YEAR = 2026
NOISE = (0, 10, 20)
PUPILS = {"thcs": 480, "thpt": 480}
Marks = list[list[int | None]]
Anomaly = Callable[[Marks, int, Random], None]


def pages(level: str, seed: int) -> Iterator[Marks]:
    """Every scored page of a demo school: the cells of who owes them."""
    with tempfile.TemporaryDirectory() as name, open_school(Path(name) / "demo", create=True) as db:
        make_demo(db, level=level, year=YEAR, seed=seed, pupils=PUPILS[level])
        for roll in read_rolls(db, YEAR):
            for course in roll.courses:
                for term in TERMS if course.kind == "score" else ():
                    lines = class_sheet(db, roll.class_id, course.code, term).lines
                    yield [
                        [one if isinstance(one, int) else None for one in line.marks]
                        for line in lines
                        if line.owes
                    ]


def roughened(page: Marks, noise: int, random: Random) -> Marks:
    """Each mark moved by chance, kept to halves where it was one."""
    if not noise:
        return [list(row) for row in page]
    return [[None if one is None else _rough(one, noise, random) for one in row] for row in page]


def _rough(mark: int, noise: int, random: Random) -> int:
    moved = min(100, max(10, mark + random.randint(-noise, noise)))
    return moved if mark % 5 else min(100, 5 * round(moved / 5))


# -- slips made on purpose


def swap(page: Marks, place: int, random: Random) -> None:
    """Two neighbours' marks in each other's row."""
    at = random.randrange(len(page) - 1)
    page[at][place], page[at + 1][place] = page[at + 1][place], page[at][place]


def swap_far(page: Marks, place: int, random: Random) -> None:
    """The same of two whose marks differ by three points: what would matter most."""
    pairs = [at for at in range(len(page) - 1) if _apart(page[at][place], page[at + 1][place])]
    at = random.choice(pairs) if pairs else random.randrange(len(page) - 1)
    page[at][place], page[at + 1][place] = page[at + 1][place], page[at][place]


def _apart(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) >= 30


def too_low(page: Marks, place: int, random: Random) -> None:
    """From a random row on one row too low: a row was passed over."""
    start = random.randrange(len(page) // 2)
    column = [row[place] for row in page]
    for at in range(start, len(page)):
        page[at][place] = column[at - 1] if at > start else None


def too_high(page: Marks, place: int, random: Random) -> None:
    """From a random row on one row too high: a pupil's mark was left out."""
    start = random.randrange(len(page) // 2)
    column = [row[place] for row in page]
    for at in range(start, len(page)):
        page[at][place] = column[at + 1] if at + 1 < len(page) else None


def anywhere_low(page: Marks, place: int, random: Random) -> None:
    """As too_low, from any row but the last eight on."""
    start = random.randrange(max(1, len(page) - 8))
    column = [row[place] for row in page]
    for at in range(start, len(page)):
        page[at][place] = column[at - 1] if at > start else None


def again(page: Marks, place: int, _random: Random) -> None:
    """The neighbouring column typed once more into this one."""
    other = place - 1 if place else 1
    for row in page:
        row[place] = row[other]


def shuffled(page: Marks, place: int, random: Random) -> None:
    """Pasted in another order."""
    column = [row[place] for row in page]
    random.shuffle(column)
    for row, mark in zip(page, column, strict=True):
        row[place] = mark


ANOMALIES: dict[str, Anomaly] = {
    "swapped_neighbours": swap,
    "swapped_neighbours_3_apart": swap_far,
    "one_row_too_low_first_half": too_low,
    "one_row_too_high_first_half": too_high,
    "one_row_too_low_anywhere": anywhere_low,
    "neighbour_typed_again": again,
    "pasted_in_another_order": shuffled,
}


# -- counting


def asked(page: Marks, place: int) -> list[str]:
    """What a column raises, and of its cells which stand far off."""
    wide = len(page[0])
    found = [one.code for one in column_questions(page, place, full=True, width=wide)]
    return found + [one.code for one in cell_questions(page, width=wide) if one.asks and one.place == place]


def measure(schools: list[list[Marks]], noise: int) -> dict[str, object]:
    """False alarms per column and cell, and the share of slips that raise a question at all."""
    random = Random(f"slips {noise}")
    alarms: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = {name: Counter() for name in ANOMALIES}
    columns = cells = 0
    for held in (page for school in schools for page in school):
        page = roughened(held, noise, random)
        for place in range(len(page[0])):
            columns += 1
            cells += sum(row[place] is not None for row in page)
            alarms.update(asked(page, place))
        for name, anomaly in ANOMALIES.items():
            hits[name].update(_tried(page, anomaly, random))
    false = {code: round(count / columns, 5) for code, count in sorted(alarms.items()) if code != "FAR"}
    return {
        "columns": columns,
        "false_per_column": false,
        "false_far_per_1000_cells": round(1000 * alarms["FAR"] / cells, 3),
        "found": {name: _shares(hit) for name, hit in hits.items()},
        "typed_over_the_neighbour": _typed_over(schools, random),
    }


def _tried(page: Marks, anomaly: Anomaly, random: Random) -> set[str]:
    place = random.randrange(len(page[0]))
    spoilt = [list(row) for row in page]
    anomaly(spoilt, place, random)
    before = set(asked(page, place))
    found = set(asked(spoilt, place)) - before
    return {"tried", *found, *(["any"] if found else [])}


def _shares(hit: Counter[str]) -> dict[str, float]:
    return {code: round(count / hit["tried"], 3) for code, count in sorted(hit.items()) if code != "tried"}


def _typed_over(schools: list[list[Marks]], random: Random) -> float:
    """A column typed over another that was full: how many are asked about by the third changed mark."""
    tried = found = 0
    for page in (page for school in schools for page in school):
        place = random.randrange(len(page[0]) - 1)
        now = [list(row) for row in page]
        for row in now[:5]:
            row[place] = row[place + 1]
        tried += 1
        found += replaced(page, now, place) is not None
    return round(found / tried, 3)


def speed(page: Marks) -> float:
    """Milliseconds of one look at a page of 45 by 6, the median of many."""
    found = []
    for _n in range(50):
        begun = time.perf_counter()
        cell_questions(page, width=6)
        column_questions(page, 5, full=True, width=6)
        found.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(found), 3)


def main(seeds: int) -> None:
    """Measure both levels."""
    told: dict[str, object] = {}
    for level in PUPILS:
        schools = [list(pages(level, seed)) for seed in range(1, seeds + 1)]
        told[level] = {f"noise_{noise}": measure(schools, noise) for noise in NOISE}
    random = Random(1)
    full: Marks = [[5 * random.randint(6, 20) for _n in range(6)] for _row in range(45)]
    print(json.dumps({"seeds": seeds, **told, "look_45x6_ms": speed(full)}, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
