"""What the page “Học sinh” says while there is nobody to list."""

from __future__ import annotations

from collections.abc import Callable

from edudesk.kernel.words import _
from edudesk.ui.parts import EmptyPage, button


def no_classes(go: Callable[[], object]) -> EmptyPage:
    """The year has no class to put pupils into; `go` leads to where classes are made."""
    press = button(_("Tới Trường lớp"), kind="main", on=go)
    sentence = _("Học sinh được xếp vào lớp của năm học. Lập lớp trước, rồi nhập danh sách từ Excel.")
    return EmptyPage(_("Chưa có lớp nào"), sentence, icon="users", action=press)


def no_pupils(take: Callable[[], object]) -> EmptyPage:
    """The year has no pupil; `take` begins an import."""
    press = button(_("Nhập từ Excel"), kind="main", icon="download", on=take)
    sentence = _(
        "Nhập cả danh sách từ Excel: chương trình xem từng dòng và nói trước dòng nào chưa nhận được. "
        "Hoặc bấm Ctrl+N để thêm từng em."
    )
    return EmptyPage(_("Chưa có học sinh nào"), sentence, icon="users", action=press)
