"""Qualities and competences in primary school (“phẩm chất, năng lực”, Điều 7 khoản 2): which, and T, D or C of each."""

from __future__ import annotations

from edudesk.gradebook.rules.primary import COMPETENCES, GRADES, QUALITIES, PrimaryRegulation
from edudesk.kernel.errors import Problem
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _

MOMENTS = {"gk": N_("Giữa kì"), "ck": N_("Cuối kì")}  # when they are assessed in a term
END = "ck"
SIGNS = {"T": "T", "D": "Đ", "C": "C"}
LOWEST = "C"
_HEADS = {
    "yeu_nuoc": (N_("Yêu"), N_("nước")),
    "nhan_ai": (N_("Nhân"), N_("ái")),
    "cham_chi": (N_("Chăm"), N_("chỉ")),
    "trung_thuc": (N_("Trung"), N_("thực")),
    "trach_nhiem": (N_("Trách"), N_("nhiệm")),
    "tu_chu": (N_("Tự chủ"), N_("tự học")),
    "giao_tiep": (N_("Giao tiếp"), N_("hợp tác")),
    "giai_quyet": (N_("Giải quyết"), N_("sáng tạo")),
    "ngon_ngu": (N_("Ngôn"), N_("ngữ")),
    "tinh_toan": (N_("Tính"), N_("toán")),
    "khoa_hoc": (N_("Khoa"), N_("học")),
    "cong_nghe": (N_("Công"), N_("nghệ")),
    "tin_hoc": (N_("Tin"), N_("học")),
    "tham_mi": (N_("Thẩm"), N_("mĩ")),
    "the_chat": (N_("Thể"), N_("chất")),
}


def qualities_of(grade: int, *, regulation: PrimaryRegulation) -> tuple[str, ...]:
    """The qualities, then the competences that are assessed in a grade, in the order of the form."""
    competences = (code for code in COMPETENCES if grade in regulation.competences.get(code, (grade,)))
    return (*QUALITIES, *competences)


def is_competence(code: str) -> bool:
    """Whether it is a competence (“năng lực”) and not a quality (“phẩm chất”)."""
    return code in COMPETENCES


def quality_name(code: str) -> str:
    """“Nhân ái”, “Tự chủ và tự học”."""
    return _(QUALITIES.get(code) or COMPETENCES[code])


def quality_title(code: str) -> str:
    """“Phẩm chất: Nhân ái”, “Năng lực: Ngôn ngữ”."""
    words = _("Năng lực: {name}") if is_competence(code) else _("Phẩm chất: {name}")
    return words.format(name=quality_name(code))


def quality_head(code: str) -> tuple[str, str]:
    """The name in the two lines of a narrow heading."""
    first, second = _HEADS[code]
    return _(first), _(second)


def read_quality(text: str) -> str | None:
    """T, D or C from a letter or its words; None for blank; else the text itself, which no cell takes."""
    words = {fold(message): code for code, message in GRADES.items()}
    words |= {fold(_(message)): code for code, message in GRADES.items()}  # as it is said on the screen
    words |= {fold(code): code for code in GRADES}
    return words.get(fold(text), text.strip() or None)


def quality_text(value: str | None) -> str:
    """“T”, “Đ”, “C”; "" for none."""
    return SIGNS.get(value or "", "")


def check_quality(code: object, stage: object, value: object) -> Problem | None:
    """What stands against a stored quality or competence; None when nothing does."""
    if code not in QUALITIES and code not in COMPETENCES:
        return Problem("QUALITY_CODE", _("Không có phẩm chất, năng lực “{code}”.").format(code=code))
    if stage not in MOMENTS:
        message = _("Phẩm chất, năng lực đánh giá giữa kì và cuối kì.")
        return Problem("QUALITY_STAGE", message, next=_("Chọn giữa kì hoặc cuối kì."))
    if value is None or value in GRADES:
        return None
    message = _("Phẩm chất, năng lực ghi T (Tốt), Đ (Đạt) hoặc C (Cần cố gắng).")
    return Problem("QUALITY_VALUE", message, next=_("Gõ T, Đ hoặc C."), field="value")
