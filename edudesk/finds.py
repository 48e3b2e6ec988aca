"""What Ctrl+K finds: pages, commands of pages, classes, pupils."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from edudesk.home.store import put_off
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import N_, _
from edudesk.school.store import SchoolClass, classes, is_sample
from edudesk.slices import PAGES
from edudesk.ui.search.palette import Thing
from edudesk.ui.shell import Shell

# Commands by the words on their button or in their menu, and the page they are on.
COMMANDS = (
    (N_("Nhập từ Excel"), "students", "download"),
    (N_("Thêm học sinh"), "students", "plus"),
    (N_("In danh sách lớp"), "students", "printer"),
    (N_("In bảng điểm"), "gradebook", "printer"),
    (N_("Xuất Excel"), "gradebook", "upload"),
    (N_("Khóa, mở khóa… (Ctrl+L)"), "gradebook", "lock"),
    (N_("Lấy phiếu nhập điểm (Excel)…"), "gradebook", "download"),
    (N_("Đọc phiếu nhập điểm…"), "gradebook", "upload"),
    (N_("Soát lại cột (F7)"), "gradebook", "check"),
    (N_("Việc cả năm"), "home", "calendar-check"),
)
OF_A_CLASS = (
    ("gradebook", N_("Lớp {name}: sổ điểm"), "table"),
    ("students", N_("Lớp {name}: danh sách"), "users"),
    ("homeroom", N_("Lớp {name}: rèn luyện"), "check-square"),
    ("results", N_("Lớp {name}: kết quả"), "file-text"),
)
TABS = (
    (N_("Tiến độ nhập điểm"), "register", 0, "gauge"),
    (N_("Khóa sổ"), "register", 1, "lock"),
    (N_("Máy tính"), "facility", 1, "monitor"),
    (N_("Phòng máy: mức 2"), "facility", 2, "monitor"),
    (N_("Thiết bị cho mượn"), "equipment", 1, "clock"),
    (N_("Kiểm kê"), "equipment", 2, "check-square"),
    (N_("Tài sản, hao mòn"), "equipment", 3, "chart"),
    (N_("Số liệu, định mức"), "facility", 3, "list"),
    (N_("Sơ đồ"), "facility", 4, "building"),
    (N_("Kế hoạch nâng mức"), "dx", 1, "award"),
    (N_("Bộ chỉ số"), "dx", 2, "award"),
    (N_("Học liệu, hệ thống"), "dx", 3, "book"),
    (N_("So với năm trước"), "dx", 4, "chart"),
)


class EverythingFound:
    """Over the pages of every slice."""

    def few(self, shell: Shell) -> list[Thing]:
        """What the open page can do, every page, and the commands worth naming."""
        here = self._here(shell)
        said = {one.text for one in here}
        commands = [one for one in self._commands(shell) if one.text not in said]
        return [*here, *self._places(shell), *commands, *self._classes(shell)]

    def everything(self, shell: Shell) -> list[Thing]:
        """Every pupil of the year."""
        rows = shell.desk.db.all(
            """select p.id, p.name, p.birth_date, c.id, c.name from enrolment e
            join pupil p on p.id = e.pupil_id and p.gone = 0
            join school_class c on c.id = e.class_id and c.gone = 0
            where e.year = ? and e.gone = 0 order by c.grade, c.name, e.number""",
            (shell.desk.year,),
        )
        go = shell.desk.go
        return [
            Thing(
                f"pupil:{row}",
                name,
                "user",
                partial(go, "students", pupil=row, class_id=room),
                detail=_("Lớp {name}").format(name=class_name) + (f" · {show_date(born)}" if born else ""),
            )
            for row, name, born, room, class_name in rows
        ]

    # -- inside

    def _here(self, shell: Shell) -> list[Thing]:
        page = shell.stack.currentWidget()
        here = _("ở trang này")
        return [
            Thing(f"here:{words}", words, "chevron-right", run, here) for words, run in deeds_of(page) if page
        ]

    def _places(self, shell: Shell) -> list[Thing]:
        go = shell.desk.go
        found = [
            Thing(f"page:{one.key}", _(one.title), one.icon, partial(go, one.key), _("trang"))
            for one in PAGES
        ]
        return found + [
            Thing(f"tab:{page}:{tab}", _(words), icon, partial(go, page, tab=tab), _("trang"))
            for words, page, tab, icon in TABS
        ]

    def _commands(self, shell: Shell) -> list[Thing]:
        titles = {one.key: _(one.title) for one in PAGES}
        found = [
            Thing(f"do:{page}:{words}", _(words), icon, partial(do_there, shell, page, words), titles[page])
            for words, page, icon in COMMANDS
        ]
        desk = shell.desk
        return [
            *found,
            Thing("do:undo", _("Hoàn tác việc vừa làm"), "undo", desk.undo, "Ctrl+Z"),
            Thing("do:redo", _("Làm lại việc vừa hoàn tác"), "redo", desk.redo, "Ctrl+Y"),
            Thing("do:help", _("Trợ giúp trang đang mở"), "info", shell.help, "F1"),
            Thing("do:handbook", _("Sổ tay hướng dẫn"), "book", shell.read_handbook, "Shift+F1"),
            Thing("do:trouble", _("Báo lỗi…"), "triangle", partial(_report, shell)),
            Thing("do:theme", _("Giao diện sáng hoặc tối"), "settings", partial(desk.go, "settings")),
            *([_anew(shell)] if is_sample(desk.db) else []),
            Thing("do:begin", _("Tiếp tục thiết lập"), "cap", partial(_begin, shell)),
        ]

    def _classes(self, shell: Shell) -> list[Thing]:
        return [one for room in classes(shell.desk.db, shell.desk.year) for one in _of_class(shell, room)]


def _of_class(shell: Shell, room: SchoolClass) -> list[Thing]:
    return [
        Thing(
            f"class:{room.id}:{page}",
            _(words).format(name=room.name),
            icon,
            partial(shell.desk.go, page, class_id=room.id),
        )
        for page, words, icon in OF_A_CLASS
    ]


def _report(shell: Shell) -> None:
    """Gather the report of a trouble and show it."""
    from edudesk.trouble.view import show_trouble

    show_trouble(shell.desk, shell)


def _anew(shell: Shell) -> Thing:
    from edudesk.home.view_settings import begin_anew

    return Thing("do:anew", _("Lập trường thật…"), "cap", partial(begin_anew, shell.desk), _("Trường mẫu"))


def _begin(shell: Shell) -> None:
    """Show the steps of a new school again."""
    put_off(shell.desk.db, False)
    shell.show_page("home").refresh(None)


def do_there(shell: Shell, page: str, words: str) -> None:
    """Open a page and do what its button or menu of these words does; the page alone when it cannot be done now."""
    shown = shell.show_page(page)
    run = dict(deeds_of(shown)).get(_(words))
    if run is not None:
        run()


def deeds_of(page: QWidget | None) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a page's buttons and menus do now: (words, deed)."""
    if page is None:
        return
    for press in page.findChildren(QPushButton):
        shown = press.isVisibleTo(page) and press.isEnabled() and not press.isCheckable()
        if shown and press.text() and press.property("kind") != "line":
            yield press.text(), press.click
        for menu in press.findChildren(QMenu) if shown else ():
            yield from ((one.text(), one.trigger) for one in menu.actions() if _useful(one))


def _useful(action: QAction) -> bool:
    return action.isEnabled() and not action.isSeparator() and bool(action.text())
