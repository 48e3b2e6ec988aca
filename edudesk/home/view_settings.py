"""The page “Cài đặt”: how the window looks and how marks are typed, on this PC alone."""

from __future__ import annotations

from dataclasses import asdict, replace

from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from edudesk.gradebook.entry.typing_choices import WORDS
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices, typing_choices
from edudesk.kernel.change import Step
from edudesk.kernel.preferences import Preferences, keep_preferences, languages_there, read_preferences
from edudesk.kernel.words import N_, _
from edudesk.school.store import BEGIN_ANEW, is_sample, sample_name
from edudesk.ui.application import apply_theme
from edudesk.ui.choices import Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import Card, PageHead, bar, button, label, stack
from edudesk.ui.scrolled import Scrolled
from edudesk.ui.shell import Shell
from edudesk.ui.theme import BODY, font

WIDTH = 640
THEMES = {
    "theme": (
        N_("Màu nền"),
        N_("Đổi ngay."),
        (("light", N_("Nền sáng")), ("dark", N_("Nền tối"))),
    ),
    "density": (
        N_("Dòng của bảng"),
        N_("Dòng thấp thì thấy nhiều em hơn; cỡ chữ không đổi. Cửa sổ tự mở lại."),
        (("normal", N_("Thường")), ("dense", N_("Gọn")), ("compact", N_("Rất gọn"))),
    ),
    "language": (
        N_("Ngôn ngữ"),
        N_("Tên môn, mẫu giấy tờ vẫn bằng tiếng Việt. Cửa sổ tự mở lại."),
        (("vi", "Tiếng Việt"), ("en", "English")),
    ),
}


class SettingsPage(Page):
    """Everything takes effect when it is pressed; what is built into the window makes it anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.themes: dict[str, Segmented] = {}
        self.typing: dict[str, QCheckBox] = {}
        looks = Card(_("Cửa sổ"), icon="monitor")
        for key in THEMES:
            looks.body.addLayout(self._theme(key))
        hands = Card(_("Cách nhập điểm"), icon="keyboard")
        for name in asdict(TypingChoices()):
            hands.body.addLayout(self._choice(name))
        widget = QWidget()
        widget.setFixedWidth(WIDTH)
        cards = [looks, hands, *([self._sample()] if is_sample(desk.db) else []), self._help()]
        widget.setLayout(stack(*cards, None, spacing=12))
        note = label(
            _("Chỉ đổi trên máy này; mỗi máy, mỗi người dùng chọn riêng."), role="text2", points=BODY
        )
        column = stack(PageHead(_("Cài đặt")), note, spacing=8, pad=(20, 12, 16, 12))
        column.addLayout(bar(Scrolled(widget), None), 1)
        self.setLayout(column)

    def refresh(self, step: Step | None) -> None:
        """Read what stands on this PC."""
        chosen = asdict(read_preferences())
        for key, row in self.themes.items():
            row.choose(chosen[key])
        for name, value in asdict(typing_choices(self.desk.db)).items():
            self.typing[name].setChecked(bool(value))

    def choose_look(self, key: str, value: str) -> None:
        """Keep one preference and let it take effect."""
        wanted: Preferences = replace(read_preferences(), **{key: value})
        if wanted == read_preferences():
            return
        keep_preferences(wanted)
        app = QApplication.instance()
        if key != "theme":
            self.desk.begin_again.emit()
        elif isinstance(app, QApplication):
            self.desk.undressed.emit()
            apply_theme(app, value)

    # -- inside

    def _sample(self) -> Card:
        card = Card(_("Trường mẫu"), icon="cap")
        begin = button(_("Lập trường thật…"), icon="plus", on=lambda: begin_anew(self.desk))
        card.body.addWidget(_setting_note(_("Đang xem trường mẫu; người và điểm trong đó là bịa.")))
        card.body.addLayout(bar(begin, None))
        return card

    def _help(self) -> Card:
        card = Card(_("Trợ giúp"), icon="info")
        book = button(_("Sổ tay hướng dẫn"), icon="book", on=self._read)
        report = button(_("Báo lỗi…"), icon="triangle", on=self._report)
        about = button(_("Giới thiệu, giấy phép"), icon="file-text", on=self._about)
        card.body.addLayout(bar(book, report, about, None))
        return card

    def _read(self) -> None:
        from edudesk.handbook.view import show_handbook

        show_handbook(self.desk, self.window(), "settings")

    def _report(self) -> None:
        from edudesk.trouble.view import show_trouble

        show_trouble(self.desk, self.window())

    def _about(self) -> None:
        from edudesk.home.view_about import About

        About(self.window()).exec()

    def _theme(self, key: str) -> QVBoxLayout:
        title, detail, choices = THEMES[key]
        rows = [
            (value, _(words)) for value, words in choices if key != "language" or value in languages_there()
        ]
        row = self.themes[key] = Segmented(rows, name=_(title))
        row.chosen.connect(lambda value: self.choose_look(key, str(value)))
        return _row(_(title), _(detail), row)

    def _choice(self, name: str) -> QVBoxLayout:
        title, detail = WORDS[name]
        box = self.typing[name] = QCheckBox(_(title))
        box.setFont(font(BODY))
        box.setAccessibleDescription(_(detail))
        box.clicked.connect(self._keep_typing)
        return stack(box, _setting_note(_(detail)), spacing=2)

    def _keep_typing(self) -> None:
        save_typing_choices(
            self.desk.db, TypingChoices(**{name: box.isChecked() for name, box in self.typing.items()})
        )


def begin_anew(desk: Desk) -> None:
    """Put the sample school away and begin with one's own."""
    detail = _(
        "Cửa sổ đóng lại rồi mở ở bước lập trường. Trường mẫu được cất vào thư mục “{name}”, không mất."
    )
    asked = _("Thôi trường mẫu và lập trường thật?")
    if desk.ask(asked, yes=_("Lập trường thật"), detail=detail.format(name=sample_name())):
        QApplication.exit(BEGIN_ANEW)


def _row(title: str, detail: str, widget: QWidget) -> QVBoxLayout:
    words = label(title, points=BODY)
    words.setFixedWidth(130)
    column = stack(spacing=4)
    column.addLayout(bar(words, widget, None))
    column.addWidget(_setting_note(detail))
    return column


def _setting_note(text: str) -> QWidget:
    note = label(text, role="text2")
    note.setWordWrap(True)
    return note


def begin_real_school(shell: Shell) -> None:
    """From the sample school to one's own."""
    begin_anew(shell.desk)
