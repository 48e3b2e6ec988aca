"""What Ctrl+K finds: actions of the open page, pages, what the slices name, classes, records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.school.store import SchoolClass, classes
from edudesk.slices import PAGES, SLICES
from edudesk.storage.slice import Find
from edudesk.ui.parts import ACTION
from edudesk.ui.search.palette import SearchItem
from edudesk.ui.shell import Shell


class PageAction(NamedTuple):
    """What a button or a menu line of a page does now; `key` is empty where only its words name it."""

    key: str
    words: str
    run: Callable[[], object]


class EverythingFound:
    """In one window, over the pages of every slice."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def few(self) -> list[SearchItem]:
        """What the open page can do, every page, and what the slices name."""
        shell = self._shell
        here = list(page_actions(shell.stack.currentWidget()))
        known = {(shell.current, action.key) for action in here}
        named = [
            _named(shell, find)
            for part in SLICES
            for find in part.finds
            if find.available is None or find.available(shell.desk.db)
            if not (find.action and find.place and (find.place.page, find.action) in known)
        ]
        return [*map(_here, here), *_pages(shell), *named, *_window(shell), *self._classes()]

    def everything(self) -> list[SearchItem]:
        """Every record that a slice lets be found."""
        desk = self._shell.desk
        return [
            SearchItem(row.key, row.text, row.icon, partial(desk.go, row.place), detail=row.detail)
            for part in SLICES
            if part.record_finds
            for row in part.record_finds(desk.db, desk.year)
        ]

    def _classes(self) -> list[SearchItem]:
        school_classes = classes(self._shell.desk.db, self._shell.desk.year)
        return [item for school_class in school_classes for item in _of_class(self._shell, school_class)]


def _here(action: PageAction) -> SearchItem:
    return SearchItem(f"here:{action.words}", action.words, "chevron-right", action.run, _("ở trang này"))


def _pages(shell: Shell) -> list[SearchItem]:
    return [
        SearchItem(
            f"page:{page.key}",
            _(page.title),
            page.icon,
            partial(shell.desk.go, Place(page=page.key)),
            _("trang"),
        )
        for page in PAGES
    ]


def _named(shell: Shell, find: Find) -> SearchItem:
    if find.place is None:
        run: Callable[[], object] = partial(find.run, shell) if find.run else shell.help
        return SearchItem(
            f"do:{find.title}", _(find.title), find.icon, run, _(find.detail) if find.detail else ""
        )
    if find.action:
        title = next(_(page.title) for page in PAGES if page.key == find.place.page)
        run = partial(do_there, shell, find.place, find.action)
        return SearchItem(f"do:{find.place.page}:{find.action}", _(find.title), find.icon, run, title)
    key = f"tab:{find.place.page}:{find.place.tab}"
    return SearchItem(key, _(find.title), find.icon, partial(shell.desk.go, find.place), _("trang"))


def _window(shell: Shell) -> list[SearchItem]:
    desk = shell.desk
    return [
        SearchItem("do:undo", _("Hoàn tác việc vừa làm"), "undo", desk.undo, "Ctrl+Z"),
        SearchItem("do:redo", _("Làm lại việc vừa hoàn tác"), "redo", desk.redo, "Ctrl+Y"),
        SearchItem("do:help", _("Trợ giúp trang đang mở"), "info", shell.help, "F1"),
        SearchItem("do:handbook", _("Sổ tay hướng dẫn"), "book", shell.read_handbook, "Shift+F1"),
    ]


def _of_class(shell: Shell, school_class: SchoolClass) -> list[SearchItem]:
    return [
        SearchItem(
            f"class:{school_class.id}:{find.title}",
            _(find.title).format(name=school_class.name),
            find.icon,
            partial(shell.desk.go, find.place(school_class.id)),
        )
        for part in SLICES
        for find in part.class_finds
    ]


def do_there(shell: Shell, place: Place, key: str) -> None:
    """Open a page, at the part that was named, and do its action of a key; the page alone when it cannot be done now."""
    shown = shell.show_page(place.page, place if place.tab else None)
    run = {action.key: action.run for action in page_actions(shown)}.get(key)
    if run is not None:
        run()


def page_actions(page: QWidget | None) -> Iterator[PageAction]:
    """What a page's buttons and menus do now."""
    if page is None:
        return
    for press in page.findChildren(QPushButton):
        shown = press.isVisibleTo(page) and press.isEnabled() and not press.isCheckable()
        if shown and press.text() and press.property("kind") != "line":
            yield PageAction(str(press.property(ACTION) or ""), press.text(), press.click)
        for menu in press.findChildren(QMenu) if shown else ():
            for line in menu.actions():
                if _useful(line):
                    yield PageAction(str(line.property(ACTION) or ""), line.text(), line.trigger)


def _useful(line: QAction) -> bool:
    return line.isEnabled() and not line.isSeparator() and bool(line.text())
