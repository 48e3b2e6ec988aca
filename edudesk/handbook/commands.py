"""The command handbook: the handbook, or its first page, as a PDF."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from edudesk.kernel.words import N_, _
from edudesk.storage.command import Answer, Call, Command, output


def handbook(call: Call) -> Answer:
    """Write the PDF; no school is needed."""
    from edudesk.handbook.view_print import write_handbook
    from edudesk.ui.application import application

    application()
    path = Path(call.args.output)
    pages = write_handbook(path, quick=call.args.quick_start)
    message = _("Đã ghi {name}, {n} trang.").format(name=path.name, n=pages)
    return Answer({"file": str(path), "pages": pages}, (message,))


def _add_handbook(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", required=True, type=output, metavar=_("TỆP"), help=_("tệp PDF ghi ra")
    )
    parser.add_argument("--quick-start", action="store_true", help=_("chỉ tờ bắt đầu nhanh, một trang"))


COMMANDS = (Command("handbook", N_("ghi sổ tay hướng dẫn ra PDF"), handbook, _add_handbook),)
