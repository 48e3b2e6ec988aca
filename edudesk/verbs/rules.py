"""Verbs that need no school: assess."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from edudesk.gradebook.results.assess import assess
from edudesk.kernel.numbers import read_json, write_json
from edudesk.kernel.words import N_, _
from edudesk.storage.connection import in_words
from edudesk.verbs.assess_more import KINDS
from edudesk.verbs.verb import Answer, Call, Verb


def assess_cases(call: Call) -> Answer:
    """Work out cases by the rules alone: a JSON list in, the same list with `output` out."""
    text = _text(call.args.file)
    worked = assess(read_json(text), KINDS)
    return Answer(worked, (write_json(worked),))


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    path = Path(name)
    with in_words(path):
        return path.read_bytes().decode("utf-8-sig", errors="replace")


def _add_assess(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar=_("TỆP"), help=_("tệp JSON các trường hợp, hoặc - để đọc đầu vào chuẩn")
    )


VERBS = (
    Verb("assess", N_("tính các trường hợp theo quy chế, không cần dữ liệu"), assess_cases, _add_assess),
)
