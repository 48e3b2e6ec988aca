"""What argparse says, in Vietnamese; it asks its own gettext, which knows only English."""

from __future__ import annotations

import argparse
from gettext import gettext as english
from typing import NoReturn

from edudesk.kernel.errors import Problem, WrongUsage
from edudesk.kernel.words import N_, _

FIRST_YEAR, LAST_YEAR = 2000, 2100
WORDS = {
    "usage: ": N_("cách dùng: "),
    "options": N_("tùy chọn"),
    "positional arguments": N_("tham số"),
    "show this help message and exit": N_("in lời giúp này rồi thoát"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "expected one argument": N_("cần một giá trị"),
    "expected at least one argument": N_("cần ít nhất một giá trị"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("không có %(value)r, chọn trong: %(choices)s"),
    "invalid %(type)s value: %(value)r": N_("không đọc được giá trị %(value)r"),
    "the following arguments are required: %s": N_("còn thiếu: %s"),
    "unrecognized arguments: %s": N_("không hiểu: %s"),
    "ambiguous option: %(option)s could match %(matches)s": N_("%(option)s có thể là %(matches)s"),
    "ignored explicit argument %r": N_("không nhận giá trị %r"),
    "not allowed with argument %s": N_("không đi cùng %s"),
    "one of the arguments %s is required": N_("cần một trong: %s"),
    "expected at most one argument": N_("chỉ nhận một giá trị"),
    "expected %s argument": N_("cần %s giá trị"),
    "expected %s arguments": N_("cần %s giá trị"),
    "can't open '%(filename)s': %(error)s": N_("không mở được %(filename)s: %(error)s"),
    "unknown parser %(parser_name)r (choices: %(choices)s)": N_(
        "không có lệnh %(parser_name)r, chọn trong: %(choices)s"
    ),
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": N_(
        "không có %(value)r, có phải %(suggestion)r? Chọn trong: %(choices)s"
    ),
}


def speak(parser_module: object = argparse) -> None:
    """Let argparse speak the program's language."""
    setattr(parser_module, "_", _say)  # noqa: B010
    setattr(parser_module, "ngettext", lambda single, many, n: _say(single if n == 1 else many))  # noqa: B010


def _say(words: str) -> str:
    return _(WORDS[words]) if words in WORDS else english(words)


class Parser(argparse.ArgumentParser):
    """A parser that says in words what is wrong, and takes no empty value for any option of any command."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(Problem("USAGE", f"{message.rstrip('.')}.", next=_("Xem edudesk --help.")))

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> object:
        """The values of an option as they were typed; the words of a command are looked at by its own parser."""
        of_a_command = action.nargs in (argparse.PARSER, argparse.REMAINDER)
        if "" in arg_strings and not of_a_command:
            raise argparse.ArgumentError(action, _("giá trị không được để trống"))
        return super()._get_values(action, arg_strings)


def readable(words: list[str]) -> list[str]:
    """The words of the command line. Raises WrongUsage for one that is no text in this system's encoding."""
    for place, word in enumerate(words, 1):
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            message = _("Không đọc được chữ thứ {n} của dòng lệnh.").format(n=place)
            raise WrongUsage(Problem("USAGE", message, next=_("Gõ bằng UTF-8, hoặc đổi tên tệp.")))
    return words


def school_year(text: str) -> int:
    """A school year by its first calendar year. Raises ArgumentTypeError outside what a school can have."""
    year = int(text)
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    message = _("năm học phải từ {first} đến {last}, gõ năm bắt đầu như 2026")
    raise argparse.ArgumentTypeError(message.format(first=FIRST_YEAR, last=LAST_YEAR))
