"""The Vietnamese words of levels, comments, titles and outcomes."""

from __future__ import annotations

from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.slots import SlotKind, content_name, is_test, slot_of
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import N_, _

COMMENT_BOX = 110  # letters: five lines of the column of comments on the report card for parents
LEVEL_WORDS = {"TOT": N_("Tốt"), "KHA": N_("Khá"), "DAT": N_("Đạt"), "CHUA_DAT": N_("Chưa đạt")}
TITLE_WORDS = {"HS_XUAT_SAC": N_("Học sinh Xuất sắc"), "HS_GIOI": N_("Học sinh Giỏi")}
SHORT_YEAR_LEVELS = {
    "HTXS": N_("HT xuất sắc"),
    "HTT": N_("HT tốt"),
    "HT": N_("Hoàn thành"),
    "CHT": N_("Chưa HT"),
}
PRIMARY_TITLES = {"HS_XUAT_SAC": N_("HS Xuất sắc"), "HS_TIEU_BIEU": N_("HS Tiêu biểu")}
PRIMARY_TITLE_WORDS = {
    "HS_XUAT_SAC": N_("Học sinh Xuất sắc"),
    "HS_TIEU_BIEU": N_("Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"),
}
OUTCOME_WORDS = {
    "LEN_LOP": N_("Được lên lớp"),
    "DANH_GIA_LAI": N_("Đánh giá lại trong hè"),
    "REN_LUYEN_HE": N_("Rèn luyện trong hè"),
    "KHONG_LEN_LOP": N_("Không được lên lớp"),
    "HOAN_THANH_CHUONG_TRINH": N_("Hoàn thành chương trình"),
    "CHUA_HOAN_THANH": N_("Chưa hoàn thành chương trình"),
}
SLOT_WORDS = {SlotKind.GK: N_("giữa kì"), SlotKind.CK: N_("cuối kì")}
COMMENT_WORDS = {"D": N_("Đạt"), "CD": N_("Chưa đạt")}
STANDING_WORDS = {
    "subject_teacher": N_("giáo viên bộ môn"),
    "homeroom": N_("giáo viên chủ nhiệm"),
    "office": N_("văn phòng"),
    "principal": N_("hiệu trưởng"),
}
COMMENT_SIGNS = {"D": "Đ", "CD": "CĐ"}


def word_of(words: dict[str, str], code: str | None) -> str:
    """The words of a code; "" for none."""
    return _(words[code]) if code in words else ""


def mark_text(value: Mark) -> str:
    """A mark or result in a cell: "8,5", "Đ", "CĐ", "V", "" for none."""
    if value is None:
        return ""
    return show_tenths(value) if isinstance(value, int) else COMMENT_SIGNS.get(value, value)


def mark_text_in(slot: str, value: Mark) -> str:
    """A mark in a cell of its column: tests of primary school have no decimals."""
    return str(value // 10) if is_test(slot) and isinstance(value, int) else mark_text(value)


def slot_words(slot: str) -> str:
    """A cell in a sentence: "TX2", "cuối kì", "giữa kì Âm nhạc", "bài kiểm tra cuối kì"."""
    cell = slot_of(slot)
    if cell is None:
        return slot.upper()
    words = _(SLOT_WORDS[cell.period]) if cell.period in SLOT_WORDS else cell.part.upper()
    if cell.is_test:
        return _("bài kiểm tra {when}").format(when=words)
    return f"{words} {content_name(cell.content)}" if cell.content else words
