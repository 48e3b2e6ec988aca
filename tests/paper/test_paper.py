"""Papers as they come out: letters, pages, drafts, disks that fail."""

from __future__ import annotations

import datetime as dt
import errno
import itertools
import re
import unicodedata
import zlib
from pathlib import Path

import pytest

from edudesk.kernel.errors import Cancelled, Unavailable
from edudesk.kernel.progress import Progress
from edudesk.paper import fonts
from edudesk.paper.blocks import (
    Drawing,
    Letterhead,
    NewPage,
    Notes,
    Pairs,
    Signature,
    Signatures,
    Space,
    Text,
    Title,
    place_and_day,
)
from edudesk.paper.document import Paper, _pieces, lay_out, write_pdf
from edudesk.paper.pen import Style, text_width, wrapped
from edudesk.paper.table import Cell, Table, TableColumn, TitleRow

HEAD = Letterhead(
    "UBND xã Sông Trăng", "Trường THCS Sông Trăng", "Sông Trăng", "Số: 05/BC", dt.date(2027, 1, 5)
)
SIGNS = Signatures(
    [Signature("Giáo viên", "Lê Thị Mai"), Signature("Hiệu trưởng")], "Sông Trăng", dt.date(2027, 2, 3)
)


def accented_letters() -> list[str]:
    """The 134 letters of Vietnamese that ASCII does not have."""
    bases = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    small = {unicodedata.normalize("NFC", base + tone) for base in bases for tone in tones}
    small = {letter for letter in small if not letter.isascii()} | {"đ"}
    return sorted(small | {letter.upper() for letter in small})


@pytest.mark.parametrize("files", [fonts.font_files(), fonts.packaged()], ids=["this PC's", "packaged"])
def test_every_vietnamese_letter_has_a_drawing(files: tuple[Path, ...]) -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile

    assert len(accented_letters()) == 134
    for file in files:
        known = TTFontFile(str(file)).charToGlyph
        assert [
            letter for letter in [*accented_letters(), "₫", "–", "“", "…"] if ord(letter) not in known
        ] == [], file


def test_without_the_law_s_typeface_the_packaged_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_LIBERATION_FOLDERS", ("/nowhere",))
    assert fonts.font_files() == fonts.packaged()
    monkeypatch.setattr(fonts.sys, "platform", "win32")
    assert fonts.candidates()[0][0].name == "times.ttf"


def class_sheet(rows: int = 45, **kw: bool) -> Paper:
    columns = [TableColumn("STT", 9, "center"), TableColumn("Họ và tên", 50)]
    columns += [TableColumn(str(n), 8, "center", group="ĐĐGtx" if n < 5 else "") for n in range(28)]
    lines = [[str(n), "Nguyễn Thị Ngọc Ánh", *["8,5"] * 28] for n in range(1, rows + 1)]
    return Paper(
        "Bảng điểm",
        [HEAD, Title("Bảng điểm", ("Lớp 9A2",)), Table(columns, lines, 9, tight=True), SIGNS],
        landscape=True,
        **kw,
    )


def drawn(path: Path) -> list[bytes]:
    """The drawing commands of each page."""
    found = re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.DOTALL)
    pages = []
    for one in found:
        try:
            pages.append(zlib.decompress(one))
        except zlib.error:
            continue
    return [page for page in pages if b" Tf" in page]


def test_the_same_paper_gives_the_same_file_and_no_part_is_left(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(tmp_path / name, class_sheet(3))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    write_pdf(tmp_path / "draft.pdf", class_sheet(draft=True))
    write_pdf(tmp_path / "final.pdf", class_sheet())
    rotated = [b" 88 Tf" in page or b" 88.0 Tf" in page for page in drawn(tmp_path / "draft.pdf")]
    assert rotated == [True, True]
    assert not any(b" 88 Tf" in page for page in drawn(tmp_path / "final.pdf"))


def test_headings_are_repeated_and_signatures_never_stand_alone() -> None:
    fonts.register()
    for rows in range(20, 60):
        paper = class_sheet(rows)
        pages = lay_out(_pieces(paper, Progress()), 480)
        if len(pages) > 1:
            assert len(pages[1].pieces) >= 3, rows
            assert pages[1].pieces[0].draw == pages[1].pieces[1].head.draw
        assert sum(len(page.pieces) for page in pages) == 4 + rows + len(pages) - 1


def test_pages_are_numbered_from_the_second_and_anew_for_the_next_pupil() -> None:
    fonts.register()
    one = [HEAD, *[Text("Dòng chữ. " * 40)] * 30]
    paper = Paper("x", [*one, NewPage(restart=True), *one, NewPage(), Text("cuối"), NewPage()])
    numbers = [page.number for page in lay_out(_pieces(paper, Progress()), 700)]
    assert numbers[0] == 1 and numbers.count(1) == 2 and numbers[-1] == numbers[-2] + 1


def test_a_piece_higher_than_a_page_stands_alone() -> None:
    tall = Drawing(5000, lambda pen, left, top, width: None)
    pages = lay_out(_pieces(Paper("x", [Space(), tall, Space()]), Progress()), 700)
    assert [len(page.pieces) for page in pages] == [1, 1, 1]
    assert [page.number for page in lay_out([], 700)] == [1]


def test_every_block_prints(tmp_path: Path) -> None:
    blocks = [
        HEAD,
        Letterhead("", "Trường A"),
        Title("Báo cáo"),
        Pairs([("Họ và tên", "Lò Thị Ánh"), ("Lớp", "9A2"), ("Nơi ở", "x " * 60)]),
        Text("Căn cứ kế hoạch năm học. " * 10, indent=10),
        Notes(["Ghi chú"]),
        Space(3),
        Table(
            [TableColumn("TT", 10), TableColumn("Nội dung"), TableColumn("Điểm", 12, "right")],
            [
                ["1", Cell("Đậm", bold=True, tinted=True, align="center"), Cell("8,5", italic=True)],
                TitleRow("Khối 9"),
                ["2", "x", ""],
            ],
            number_row=True,
        ),
        Drawing(20, lambda pen, left, top, width: pen.tint(left, top, width, 20)),
        SIGNS,
        Signatures([Signature("Hiệu trưởng")]),
    ]
    assert write_pdf(tmp_path / "all.pdf", Paper("Tất cả", blocks)) == 1


def test_days_are_written_as_the_decree_writes_them() -> None:
    assert place_and_day("Sông Trăng", dt.date(2027, 2, 3)) == "Sông Trăng, ngày 03 tháng 02 năm 2027"
    assert place_and_day("", dt.date(2026, 11, 22)) == "Ngày 22 tháng 11 năm 2026"


def test_words_are_wrapped_and_too_long_ones_broken() -> None:
    fonts.register()
    style = Style(11)
    for text, width in itertools.product(
        ("Nguyễn Thị Ngọc Ánh học sinh", "x" * 90, "a\nb", "x-" * 40), (40.0, 80.0)
    ):
        lines = wrapped(text, style, width)
        assert all(text_width(line, style.face, style.size) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_a_code_is_parted_after_its_hyphen() -> None:
    fonts.register()
    style = Style(9.5)
    assert wrapped("TUONG-RAO", style, 48) == ("TUONG-", "RAO")
    assert wrapped("22/2021/TT-BGDĐT", style, 60) == ("22/2021/TT-", "BGDĐT")


def test_a_sum_never_begins_a_page_and_a_heading_never_ends_one() -> None:
    fonts.register()
    for rows in range(10, 60):
        table = Table(
            [TableColumn("Tên"), TableColumn("Giá", 30, "right")], [["a", str(n)] for n in range(rows)]
        )
        heading = Text("Đối chiếu", Style(13, bold=True))
        for page in lay_out(_pieces(Paper("x", [table, heading, table]), Progress()), 400):
            assert len(page.pieces) > 2, rows  # the head and at least two rows
            assert not page.pieces[-1].keep, rows


def test_a_title_over_a_row_goes_where_the_row_goes() -> None:
    fonts.register()
    for rows in range(8, 60):
        body = [["a", str(n)] for n in range(rows)]
        parts = [*body, TitleRow("Nhóm"), ["b", "1"], ["Cộng", "1"]]
        table = Table([TableColumn("Tên"), TableColumn("Giá", 30, "right")], parts)
        for page in lay_out(_pieces(Paper("x", [table]), Progress()), 400):
            assert not page.pieces[-1].keep, rows


def test_a_stopped_or_failed_print_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.pdf"
    path.write_bytes(b"old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_pdf(path, class_sheet(2), progress)

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(Unavailable) as no:
            write_pdf(path, class_sheet(2))
    assert no.value.code == "DISK_FULL" and path.read_bytes() == b"old"
    assert not list(tmp_path.glob("*.part"))


def test_one_pupils_draft_is_not_anothers() -> None:
    blocks = [
        NewPage(draft=False),
        Text("đủ"),
        NewPage(draft=True),
        Text("thiếu"),
        NewPage(),
        Text("vẫn thiếu"),
    ]
    pages = lay_out(_pieces(Paper("x", blocks, draft=True), Progress()), 700, draft=True)
    assert [page.draft for page in pages] == [False, True, True]
