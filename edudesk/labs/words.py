"""What the check of the computer rooms says in words; screen, paper and command line say the same."""

from __future__ import annotations

from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import N_, _
from edudesk.labs.rules_check import LevelCheck, RoomCheck
from edudesk.labs.rules_ratio import BUY, MOVE, REPAIR, SHIFTS, Remedy

_OPTIONS = {
    MOVE: N_("Chuyển về {n} máy văn phòng hoặc máy phòng khác còn thừa"),
    REPAIR: N_("Sửa {n} máy hỏng trong phòng"),
    SHIFTS: N_("Chia lớp đông nhất thành {n} nhóm học lần lượt"),
    BUY: N_("Mua thêm {n} máy"),
}


def option_words(option: Remedy) -> str:
    """“Sửa 3 máy hỏng trong phòng – chưa đủ một mình”."""
    message = _(_OPTIONS[option.kind]).format(n=option.n)
    return message if option.enough else _("{what} (giảm bớt, chưa đủ)").format(what=message)


def cost_words(option: Remedy) -> str:
    """“48.000.000 đ”; "–" where the school has not said a price, "không tốn" where nothing is bought."""
    if option.cost is None:
        return "–"
    return _("{cost} đ").format(cost=thousands(option.cost)) if option.cost else _("không mua gì")


def ratio_text(ratio: str | None) -> str:
    """A ratio for people, with a comma: "2,50"; "–" where there is none."""
    return ratio.replace(".", ",") if ratio else "–"


def state_words(finding: RoomCheck) -> str:
    """“Đạt mức 2”, “Thiếu 4 máy”, or why there is nothing to judge."""
    if finding.ratio is None:
        return finding.note
    if finding.ratio.meets_level_2:
        return _("Đạt mức 2")
    return _("Chưa đạt mức 2, thiếu {n} máy").format(n=finding.ratio.short_by)


def level_words(check: LevelCheck) -> str:
    """Whether a level meets its limit as a whole."""
    if check.worst is None:
        return _("Chưa có gì để tính")
    return _("Đạt mức 2") if check.meets else _("Chưa đạt mức 2")


def whose(finding: RoomCheck) -> str:
    """“Lớp 9A2, 45 em”, and where the class comes from."""
    message = _("Lớp {name}, {n} em").format(name=finding.class_name, n=finding.largest)
    source = (
        _("theo thời khóa biểu") if finding.planned else _("lớp đông nhất của cấp, chưa có thời khóa biểu")
    )
    return f"{message} ({source})" if finding.room_id else message


def limit_words(check: LevelCheck) -> str:
    """“nhiều nhất 2 em một máy”, and the article with whether it was checked."""
    most = _("nhiều nhất {n} em một máy").format(n=check.limit.most)
    return f"{most} · {check.limit.article.cited}"


def crude_words(check: LevelCheck) -> str:
    """The ratio that judges nothing: all pupils to all machines."""
    message = _(
        "Toàn cấp: {pupils} em, {machines} máy dạy học dùng được, {ratio} em một máy (chỉ để tham khảo)"
    )
    return message.format(pupils=check.pupils, machines=check.machines, ratio=ratio_text(check.crude))
