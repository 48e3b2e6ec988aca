"""An edition as a file, and the scan of the text it was compared with: what the menu of “Bộ chỉ số” does."""

from __future__ import annotations

from collections.abc import Callable

from edudesk.dx.bundle import save_file
from edudesk.dx.editions import store_files
from edudesk.dx.editions.store import Edition
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk

FILES = "TOML, JSON (*.toml *.json)"
SCANS = "PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)"


class EditionFiles:
    """`edition` answers the one that is shown."""

    def __init__(self, desk: Desk, edition: Callable[[], Edition]) -> None:
        self._desk = desk
        self._edition = edition

    def choices(self) -> list[tuple[str, str, Callable[[], object]]]:
        """The menu: (icon, words, action)."""
        return [
            ("download", _("Thêm bộ chỉ số từ tệp…"), self.add),
            ("upload", _("Ghi bộ chỉ số này ra tệp…"), self.write),
            ("", "", self.add_scan),
            ("clip", _("Đính bản chụp văn bản gốc…"), self.add_scan),
            ("file", _("Ghi bản chụp ra tệp…"), self.write_scan),
        ]

    def add(self) -> None:
        """A province's own index, or one that another school completed."""
        path = self._desk.choose_file(_("Thêm bộ chỉ số"), FILES)
        if path is not None:
            toast = _("Đã thêm bộ chỉ số; năm học này chấm theo bộ ấy")
            self._desk.do(store_files.import_edition, self._desk.year, path, toast=toast)

    def write(self) -> None:
        """The edition that is shown, for another school."""
        path = self._desk.save_file(_("Ghi bộ chỉ số"), f"{self._edition().name}.json", "JSON (*.json)")
        if path is not None:
            action = lambda _db: store_files.export_edition(self._edition(), path)  # noqa: E731
            self._desk.do(action, toast=_("Đã lưu {name}").format(name=path.name))

    def add_scan(self) -> None:
        """The text the edition was compared with."""
        path = self._desk.choose_file(_("Bản chụp văn bản gốc"), SCANS)
        if path is not None:
            self._desk.do(store_files.add_scan, self._desk.year, path, toast=_("Đã đính bản chụp"))

    def write_scan(self) -> None:
        """The newest scan, to be read in its own program."""
        scans = store_files.scans(self._desk.db, self._desk.year)
        if not scans:
            self._desk.toast(_("Chưa đính bản chụp nào của văn bản gốc."))
            return
        path = self._desk.save_file(_("Ghi bản chụp"), scans[-1].name, "*")
        if path is not None:
            self._desk.do(save_file, scans[-1], path, toast=_("Đã lưu {name}").format(name=path.name))
