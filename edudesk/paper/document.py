"""A paper on A4 by Nghị định 30/2020: margins, page numbers, the draft's mark; written beside its name, then renamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.paper import fonts
from edudesk.paper.blocks import Block, Piece
from edudesk.paper.pen import MM, Pen, Style
from edudesk.storage.files.whole import whole_file

A4 = (210 * MM, 297 * MM)
TOP, BOTTOM, LEFT, RIGHT = 20 * MM, 20 * MM, 30 * MM, 15 * MM
SHEET_LEFT = 15 * MM  # a wide sheet is bound at its upper edge


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: `title` for the file, blocks in order. `draft` puts BẢN NHÁP across the pages that do not say better.

    `to_edge` is a sheet without margins and page numbers, as labels are.
    """

    title: str
    blocks: Sequence[Block]
    landscape: bool = False
    draft: bool = False
    to_edge: bool = False

    @property
    def size(self) -> tuple[float, float]:
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def margins(self) -> tuple[float, float]:
        """Left and right, in points."""
        if self.to_edge:
            return (0, 0)
        return (SHEET_LEFT, SHEET_LEFT) if self.landscape else (LEFT, RIGHT)

    @property
    def top(self) -> float:
        """Where the first block begins, in points."""
        return 0 if self.to_edge else TOP

    @property
    def room(self) -> float:
        """The height of a page for blocks, in points."""
        return self.size[1] if self.to_edge else self.size[1] - TOP - BOTTOM


def write_pdf(path: Path, paper: Paper, progress: Progress = SILENT) -> int:
    """Write the paper; answers its number of pages.

    Raises Unavailable (DISK_FULL, FILE_LOCKED, NOT_ALLOWED) and Cancelled; then the old file, if any, is untouched.
    """
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # bytes as they are: text for them is slower and longer
    fonts.register()
    with whole_file(path) as part:
        pages = lay_out(_pieces(paper, progress), paper.room, draft=paper.draft)
        canvas = Canvas(str(part), pagesize=paper.size, invariant=1, pageCompression=1)
        canvas.setTitle(paper.title)
        canvas.setCreator("EduDesk")
        pen = Pen(canvas, paper.size[1])
        for page in pages:
            _draw_page(pen, paper, page)
        part.write_bytes(canvas.getpdfdata())
    return len(pages)


def _pieces(paper: Paper, progress: Progress) -> Iterator[Piece]:
    width = paper.size[0] - sum(paper.margins)
    for done, block in enumerate(paper.blocks):
        progress.step(done, len(paper.blocks), paper.title)
        yield from block.pieces(width)


@dataclass(slots=True)
class PaperPage:
    """Pieces one below the other, the number the page bears, whether it is a draft."""

    number: int
    pieces: list[Piece]
    draft: bool = False

    @property
    def height(self) -> float:
        return sum(piece.height for piece in self.pieces)


def lay_out(pieces: Iterable[Piece], room: float, *, draft: bool = False) -> list[PaperPage]:
    """Part the pieces into pages of that many points. A piece higher than a page stands alone on one."""
    pages = [PaperPage(1, [], draft)]
    for piece in pieces:
        page = pages[-1]
        if piece.breaks:
            number = 1 if piece.restarts else page.number + 1
            if page.pieces:
                page = PaperPage(number, [], page.draft)
                pages.append(page)
            page.draft = page.draft if piece.draft is None else piece.draft
        elif page.pieces and page.height + piece.height + piece.keep > room:
            pages.append(_next_page(page, piece, room))
        else:
            page.pieces.append(piece)
    return pages if pages[-1].pieces or len(pages) == 1 else pages[:-1]


def _next_page(page: PaperPage, piece: Piece, room: float) -> PaperPage:
    """A page that begins with the piece, with what it pulls along and the headings of the table it goes on."""
    pulled: list[Piece] = []
    while len(pulled) < piece.pulls and len(page.pieces) > 2 * piece.pulls:
        pulled.insert(0, page.pieces.pop())
    while pulled and len(page.pieces) > 1 and page.pieces[-1].keep and page.pieces[-1].head:
        pulled.insert(0, page.pieces.pop())  # the title over a row goes where the row goes
    head = (*pulled, piece)[0].head
    moved = PaperPage(page.number + 1, [*([head] if head else []), *pulled, piece], page.draft)
    if pulled and moved.height > room:
        page.pieces += pulled
        return PaperPage(page.number + 1, [piece], page.draft)
    return moved


def _draw_page(pen: Pen, paper: Paper, page: PaperPage) -> None:
    if page.draft:
        _watermark(pen.canvas, paper)
    if page.number > 1 and not paper.to_edge:
        pen.line(str(page.number), 0, TOP - 9 * MM, paper.size[0], style=Style(13, align="center"))
    top = paper.top
    for piece in page.pieces:
        piece.draw(pen, paper.margins[0], top)
        top += piece.height
    pen.canvas.showPage()


def _watermark(canvas: Any, paper: Paper) -> None:
    canvas.saveState()
    canvas.translate(paper.size[0] / 2, paper.size[1] / 2)
    canvas.rotate(35)
    canvas.setFillGray(0.86)
    canvas.setFont("bold", 88)
    canvas.drawCentredString(0, -28, _("BẢN NHÁP"))
    canvas.restoreState()
