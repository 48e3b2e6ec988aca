"""The command trouble: the report of a trouble, with names and marks scrambled."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel.errors import Failure
from edudesk.kernel.words import N_, _
from edudesk.storage.command import Answer, Call, Command, output
from edudesk.trouble.store import ReportFile, gather, write_report


def trouble(call: Call) -> Answer:
    """Write the report; of a school that does not open, what there is besides its data."""
    path = Path(call.args.output)
    parts = _gathered(call)
    write_report(path, parts)
    message = _("Đã ghi {name}: {parts}. Xem lại rồi hãy gửi; chương trình không tự gửi đi đâu.")
    titles = ", ".join(part.title for part in parts)
    return Answer(
        {"file": str(path), "parts": [part.name for part in parts]},
        (message.format(name=path.name, parts=titles),),
    )


def _gathered(call: Call) -> tuple[ReportFile, ...]:
    account = call.args.told or ""
    try:
        with call.reading() as db:
            return gather(db, account=account)
    except Failure as no:
        return gather(None, account=f"{account}\n{no.code}")


def _add_trouble(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", required=True, type=output, metavar=_("TỆP"), help=_("tệp zip ghi ra")
    )
    parser.add_argument("--told", metavar=_("LỜI"), help=_("điều đã xảy ra, kể ngắn"))


COMMANDS = (Command("trouble", N_("ghi tệp báo lỗi, tên và điểm đã xáo"), trouble, _add_trouble),)
