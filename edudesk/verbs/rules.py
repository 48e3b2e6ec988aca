"""Verbs that need no school: assess."""

from __future__ import annotations

from argparse import ArgumentParser

from edudesk.gradebook.results.assess import assess
from edudesk.kernel.numbers import read_json, write_json
from edudesk.kernel.words import N_, _
from edudesk.storage.inputs import MEGABYTE, read_bounded
from edudesk.verbs.assess_more import KINDS
from edudesk.verbs.verb import Answer, Call, Verb

MOST_CASES = 64 * MEGABYTE  # of cases in one go


def assess_cases(call: Call) -> Answer:
    """Work out cases by the rules alone: a JSON list in, the same list with `output` out."""
    text = read_bounded(call.args.file, most=MOST_CASES).decode("utf-8-sig", errors="replace")
    worked = assess(read_json(text, doubled=True), KINDS)
    return Answer(worked, (write_json(worked),))


def _add_assess(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar=_("TỆP"), help=_("tệp JSON các trường hợp, hoặc - để đọc đầu vào chuẩn")
    )


VERBS = (
    Verb("assess", N_("tính các trường hợp theo quy chế, không cần dữ liệu"), assess_cases, _add_assess),
)
