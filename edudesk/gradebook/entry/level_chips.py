"""Levels as chips and colours, titles and outcomes short enough for a column. Levels are no states: blue and green
are not for them.
"""

from edudesk.gradebook.rules.primary import YEAR_LEVELS
from edudesk.gradebook.rules.words import LEVEL_WORDS, word_of
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import Chip, ChipKind

LEVELS: dict[str, tuple[ChipKind, str]] = {
    "TOT": ("soft", "accent"),
    "KHA": ("grey", "hist"),
    "DAT": ("word", "line2"),
    "CHUA_DAT": ("bad", "bad_fill"),
}
LEVEL_KEYS = {"T": "TOT", "K": "KHA", "Đ": "DAT", "D": "DAT", "C": "CHUA_DAT"}
YEAR_LEVEL_STYLES: dict[str, tuple[ChipKind, str]] = {
    "HTXS": ("soft", "accent"),
    "HTT": ("grey", "hist"),
    "HT": ("word", "line2"),
    "CHT": ("bad", "bad_fill"),
}

TITLES = {"HS_XUAT_SAC": N_("HS Xuất sắc"), "HS_GIOI": N_("HS Giỏi")}
OUTCOMES = {
    "LEN_LOP": N_("Lên lớp"),
    "DANH_GIA_LAI": N_("Đánh giá lại"),
    "REN_LUYEN_HE": N_("Rèn luyện hè"),
    "KHONG_LEN_LOP": N_("Không lên lớp"),
    "HOAN_THANH_CHUONG_TRINH": N_("Hoàn thành"),
    "CHUA_HOAN_THANH": N_("Chưa xong"),
}


def level_word(level: str | None) -> str:
    """Tốt, Khá, Đạt, Chưa đạt; "" for none."""
    return word_of(LEVEL_WORDS, level)


def level_of(text: str) -> str | None:
    """The code of a level that was typed, as a code, a word or its key; None for blank; else the text itself."""
    wanted = fold(text)
    known = {fold(_(word)): code for code, word in LEVEL_WORDS.items()}
    keys = {fold(key): code for key, code in LEVEL_KEYS.items()}
    return known.get(wanted) or keys.get(wanted) or text or None


def level_chip(level: str, *, raised: bool = False) -> Chip:
    """The chip of a level; `raised` by the adjustment clause adds the arrow."""
    return Chip(level_word(level), "soft" if raised else LEVELS[level][0], "arrow-up" if raised else "")


def year_level_chip(level: str) -> Chip:
    """The chip of a primary pupil's level of the year."""
    return Chip(word_of(YEAR_LEVELS, level), YEAR_LEVEL_STYLES[level][0])


def level_token(level: str) -> str:
    """The colour of a level in a bar, with its number beside it."""
    return LEVELS[level][1]
