"""The style sheet: colours and boxes. Fonts are never set here, because a font in a sheet loses tabular figures.

Widgets are told apart by dynamic properties: `kind` (main, quiet, ghost, icon, seg, tiny), `role` (text colour of
labels), `edge` (ends of a segmented row), `state` (bad, ask) and `face` (card, rail, bar …).
"""

from string import Template

_SHEET = Template("""
QMainWindow, QDialog, QMessageBox { background: $bg; }
QToolTip { background: $raised; color: $text; border: 1px solid $line2; padding: 4px 6px; }
QFrame[face="page"], QWidget[face="page"] { background: $bg; }
QFrame[face="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QFrame[face="railfoot"] { border: none; border-top: 1px solid $line; background: transparent; }
QFrame[face="top"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[face="status"] { background: $rail; border: none; border-top: 1px solid $line; }
QFrame[face="banner"] { background: $soft2; border: none; border-bottom: 1px solid $soft_line; }
QFrame[face="legend"] { background: $sunken; border: none; border-top: 1px solid $line; }
QFrame[face="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[face="palette"] { background: $raised; border: 1px solid $line2; border-radius: 6px; }
QFrame[face="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[face="surface"] { background: $surface; border: none; }
QFrame[face="drawerfoot"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[face="note"] { background: $sunken; border: none; border-radius: 6px; }
QFrame[face="bad"] { background: $bad_bg; border: 1px solid $bad_line; border-radius: 4px; }
QFrame[face="ask"] { background: $ask_bg; border: 1px solid $ask_line; border-radius: 4px; }
QFrame[face="soft"] { background: $soft2; border: 1px solid $soft_line; border-radius: 4px; }
QFrame[face="refusedbox"] { background: $bad_bg; border: 2px solid $bad_fill; }
QFrame[face="rule"] { background: $line; border: none; }
QLabel { background: transparent; color: $text; }
QLabel[role="text2"] { color: $text2; }
QLabel[role="text3"] { color: $text3; }
QLabel[role="accent"] { color: $accent_text; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="wait"] { color: $wait; }
QLabel[role="ask"] { color: $ask; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="off"] { color: $off; }

QPushButton { background: $surface; color: $text; border: 1px solid $line2; border-radius: 4px;
  padding: 0 12px; min-height: 26px; max-height: 26px; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed, QPushButton:open { background: $soft2; border-color: $soft_line; }
QPushButton:disabled { color: $off; border-color: $line; background: $surface; }
QPushButton[kind="main"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="main"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="main"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="main"]:disabled { background: $bar_bg; color: $off; border-color: $line; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; color: $accent_text; padding: 0 8px; }
QPushButton[kind="ghost"]:hover { background: $soft2; }
QPushButton[kind="ghost"]:disabled { color: $off; }
QPushButton[kind="tiny"] { min-height: 22px; max-height: 22px; padding: 0 8px; }
QPushButton[kind="tinymain"] { min-height: 22px; max-height: 22px; padding: 0 8px;
  background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="tinymain"]:hover { background: $accent_hover; }
QPushButton[kind="low"] { min-height: 17px; max-height: 17px; padding: 0 8px; border-radius: 3px; }
QPushButton[kind="icon"] { padding: 0; min-width: 26px; max-width: 26px; }
QPushButton[kind="bare"] { padding: 0; min-width: 24px; max-width: 24px; min-height: 24px; max-height: 24px;
  border-color: transparent; background: transparent; }
QPushButton[kind="bare"]:hover { background: $sunken; }
QPushButton[kind="search"] { background: $sunken; color: $text2; text-align: left; padding: 0 10px; }
QPushButton[kind="search"]:hover { background: $surface; }
QPushButton[kind="line"] { border: none; background: transparent; text-align: left; padding: 0 4px;
  min-height: 21px; max-height: 21px; color: $text; }
QPushButton[kind="line"]:hover { background: $sunken; }
QPushButton[kind="seg"] { border-radius: 0; margin-left: -1px; padding: 0 12px; color: $text2; }
QPushButton[kind="seg"][edge="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; margin-left: 0; }
QPushButton[kind="seg"][edge="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[kind="seg"]:checked { background: $soft; color: $accent_text; border-color: $soft_line; }
QPushButton[kind="seg"]:disabled { color: $off; }
QPushButton[kind="tab"] { border: none; border-bottom: 2px solid transparent; border-radius: 0; color: $text2;
  background: transparent; padding: 0 2px; }
QPushButton[kind="tab"]:hover { border-bottom-color: $line2; }
QLabel[face="key"] { border: 1px solid $line2; border-radius: 3px; padding: 0 4px; background: $surface; }
QPushButton[kind="tab"]:checked { color: $accent_text; border-bottom-color: $accent; }
QPushButton[kind="filter"] { min-height: 18px; max-height: 18px; padding: 0 6px; border-radius: 3px; color: $text2; }
QPushButton[kind="filter"]:checked { background: $soft; color: $accent_text; border-color: $soft_line; }
QPushButton[kind="filter"][state="ask"] { background: $ask_bg; color: $ask; border-color: $ask_line; }
QPushButton[kind="filter"][state="bad"] { background: $bad_bg; color: $bad; border-color: $bad_line; }
QPushButton[kind="filter"][state="ask"]:checked { border: 2px solid $ask_fill; padding: 0 5px; }
QPushButton[kind="filter"][state="bad"]:checked { border: 2px solid $bad_fill; padding: 0 5px; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $surface; color: $text; border: 1px solid $field; border-radius: 4px;
  padding: 0 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: 26px; max-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 7px; min-height: 24px; max-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:read-only { background: $sunken; border-color: $line2; }
QLineEdit:disabled { background: $sunken; border-color: $line; color: $off; }
QLineEdit[state="bad"] { background: $bad_bg; border-color: $bad_fill; }
QLineEdit[state="ask"] { border-color: $ask_fill; }
QLineEdit[kind="find"] { background: $sunken; border-color: $line2; padding-left: 4px; }
QLineEdit[kind="find"]:focus { background: $surface; border: 2px solid $accent; padding-left: 3px; }
QLineEdit[kind="cell"] { min-height: 0; max-height: 999px; border: 2px solid $accent; border-radius: 0;
  padding: 0 3px; background: $surface; }

QComboBox { background: $surface; color: $text; border: 1px solid $line2; border-radius: 4px; padding: 0 6px 0 8px;
  min-height: 26px; max-height: 26px; }
QComboBox[kind="field"] { border-color: $field; }
QComboBox:hover { background: $sunken; }
QComboBox:focus { border: 2px solid $accent; padding: 0 5px 0 7px; min-height: 24px; max-height: 24px; }
QComboBox[state="bad"] { background: $bad_bg; border-color: $bad_fill; }
QComboBox[state="ask"] { border-color: $ask_fill; }
QComboBox:disabled { color: $off; border-color: $line; background: $sunken; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $line2; outline: none;
  selection-background-color: $soft; selection-color: $accent_text; padding: 2px; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; background: transparent; padding: 0; min-height: 0; }

QCheckBox { color: $text; spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $field; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:disabled { border-color: $line2; background: $sunken; }
QRadioButton { color: $text; spacing: 8px; background: transparent; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $field; border-radius: 8px; background: $surface; }
QRadioButton::indicator:checked { background: $surface; border: 5px solid $accent; width: 6px; height: 6px; }

QMenu { background: $raised; color: $text; border: 1px solid $line2; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 3px; }
QMenu::item:selected { background: $soft; color: $accent_text; }
QMenu::item:disabled { color: $off; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }

QTableView { background: $surface; border: none; gridline-color: $line; outline: none; color: $text; }
QTableView[face="framed"] { border: 1px solid $line; border-radius: 6px; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text2; border: none; border-bottom: 1px solid $line2; padding: 0 8px; }
QTableCornerButton::section { background: $sunken; border: none; }
QListView, QTreeView { background: $surface; color: $text; border: 1px solid $line; outline: none;
  selection-background-color: $soft; selection-color: $accent_text; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; border: none; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $field; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $bar_bg; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
""")


def sheet(colours: dict[str, str]) -> str:
    """The style sheet filled with one theme's colours (token name -> `#RRGGBB`)."""
    from edudesk.ui import icons

    files = {
        "chevron": icons.file("chevron-down", 12, "text2").as_posix(),
        "tick": icons.file("check", 12, "on_accent").as_posix(),
    }
    return _SHEET.substitute(colours | files)
