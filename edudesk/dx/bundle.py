"""The evidence of a year as one zip: a list, and every file under its item."""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from edudesk.dx.editions.store_files import SCANS
from edudesk.dx.store import ScoreLine, self_score
from edudesk.dx.store_evidence import KINDS, Evidence, attachment_path, evidence
from edudesk.kernel.calendar import show_date
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import N_, _
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.storage.attachments import Attachment, copy_out
from edudesk.storage.database import Database
from edudesk.storage.files.whole import whole_file
from edudesk.storage.files.zips import zip_entry

LIST = N_("Danh mục minh chứng.xlsx")
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
LONGEST = 120  # letters of a name inside


def write_bundle(db: Database, year: int, path: Path, progress: Progress = SILENT) -> int:
    """Write the zip; answers how many pieces it names. A file that is gone is named as missing in the list.

    Raises Unavailable (DISK_FULL, FILE_LOCKED, NOT_ALLOWED) and Cancelled; then nothing is left behind.
    """
    lines = {line.code: line for line in self_score(db, year).lines}
    pieces = evidence(db, year)
    names = _names(pieces)
    with (
        whole_file(path) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
    ):
        for done, proof in enumerate(pieces):
            progress.step(done, len(pieces), proof.words)
            if proof.id in names and attachment_path(db, proof.sha256).exists():
                archive.write(attachment_path(db, proof.sha256), names[proof.id])
        archive.writestr(zip_entry(_(LIST)), _list(db, pieces, lines, names))
    return len(pieces)


def save_file(db: Database, piece: Evidence, path: Path) -> Path:
    """Copy a kept file out under a name. Raises Unavailable FILE_GONE and kin."""
    return copy_out(db, Attachment(piece.name, piece.sha256, piece.size), path)


def _names(pieces: list[Evidence]) -> dict[str, str]:
    """“1.3.1/Kế hoạch.pdf” by piece; a second file of that name gets a number."""
    names: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for proof in pieces:
        if proof.kind != "file":
            continue
        folder, plain = _plain(proof.item), _plain(proof.name.replace("\\", "/").rpartition("/")[2])
        seen[f"{folder}/{plain}".casefold()] += 1
        number = seen[f"{folder}/{plain}".casefold()]
        stem, ending = Path(plain).stem, Path(plain).suffix
        names[proof.id] = f"{folder}/{stem}{f' ({number})' if number > 1 else ''}{ending}"
    return names


def _plain(text: str) -> str:
    """A name that any zip program can lay down where it is told to, and nowhere else."""
    name = "".join("_" if letter in _NOT_IN_NAMES or not letter.isprintable() else letter for letter in text)
    name = name.strip(". ")
    ending = Path(name).suffix[-8:] if len(name) > LONGEST else ""
    return name[: LONGEST - len(ending)] + ending or "_"


def _list(db: Database, pieces: list[Evidence], lines: dict[str, ScoreLine], names: dict[str, str]) -> bytes:
    heads = (_("Mã"), _("Nội dung"), _("Loại"), _("Minh chứng"), _("Tệp trong gói"), _("Ngày thêm"))
    rows = [
        (
            proof.item,
            lines[proof.item].title
            if proof.item in lines
            else _("Văn bản gốc của bộ chỉ số") * (proof.item == SCANS),
            _(KINDS[proof.kind]),
            proof.words,
            _place(db, proof, names),
            show_date(proof.added_at[:10]),
        )
        for proof in sorted(
            pieces, key=lambda proof: list(lines).index(proof.item) if proof.item in lines else len(lines)
        )
    ]
    sheet = SheetOut(
        _("Minh chứng"), heads, rows, widths=[8, 60, 12, 50, 40, 12], text_columns=frozenset({0})
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "list.xlsx")
        write_sheet(target, [sheet])
        return target.read_bytes()


def _place(db: Database, proof: Evidence, names: dict[str, str]) -> str:
    if proof.kind != "file":
        return ""
    return names[proof.id] if attachment_path(db, proof.sha256).exists() else _("thiếu tệp")
