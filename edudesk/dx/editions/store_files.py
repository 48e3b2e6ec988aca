"""Editions as files: a province's own index added to the school's, one that was completed handed on; the text's scan."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from edudesk.dx.editions.rules import read_index
from edudesk.dx.editions.store import Data, Edition, add_edition
from edudesk.dx.store_evidence import Evidence, add_file, evidence
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.files.inputs import read_bounded
from edudesk.storage.files.whole import whole_file

KIND = "dx_index"
SCANS = "bo-chi-so"  # the “item” whose evidence is the text an edition was made from
LARGEST = 1 << 20  # bytes of a file that may still be an index


def read_edition(path: Path) -> Data:
    """The plain data of an index in TOML or JSON, as `resources/dx` shows it.

    Raises Unavailable when the file cannot be read; Refused DX_FILE when it is no index, else with every hole of it.
    """
    try:
        text = read_bounded(path, most=LARGEST).decode("utf-8-sig")
    except (UnicodeDecodeError, Refused):
        raise _no_index(path) from None
    data = _parsed(text, path)
    if data.get("kind") != KIND:
        raise _no_index(path)
    read_index(data, path.name)
    return data


def _parsed(text: str, path: Path) -> Data:
    try:
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        json.dumps(
            data, ensure_ascii=False, default=str
        ).encode()  # half a letter is none, and is kept nowhere
    except (ValueError, RecursionError):
        raise _no_index(path) from None
    return data if isinstance(data, dict) else {}


def _no_index(path: Path) -> Refused:
    message = _("Tệp này không phải là một bộ chỉ số.")
    step = _("Chọn tệp .toml hoặc .json do chương trình ghi ra, hoặc viết theo mẫu đó.")
    return Refused(Problem("DX_FILE", message, path.name, step))


def import_edition(db: Database, year: int, path: Path) -> Step:
    """Add the index of a file, by which the year is scored from now on. Raises like `read_edition`."""
    return add_edition(db, year, read_edition(path), label=_("Thêm bộ chỉ số từ tệp"))


def export_edition(edition: Edition, path: Path) -> Path:
    """Write an index so that another school can add it. Who confirmed it here stays here. Raises Unavailable."""
    data = {**edition.data, "name": edition.name, "source": edition.source}
    with whole_file(path) as part:
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def scans(db: Database, year: int) -> list[Evidence]:
    """The scans of the text by which the year's edition was made."""
    return evidence(db, year, SCANS)


def add_scan(db: Database, year: int, path: Path) -> Step:
    """Keep a scan of the text. Raises like `add_file`."""
    return add_file(db, year, SCANS, path)
