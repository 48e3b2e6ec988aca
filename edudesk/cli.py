"""The console command: arguments in, one answer out, and every failure one line with a code.

Exit codes: 0 done · 1 a bug · 2 wrong usage · 3 refused by the rules · 4 something outside is unavailable ·
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from edudesk.kernel.errors import Cancelled, Failure, Problem, Unavailable, WrongUsage
from edudesk.kernel.numbers import write_json
from edudesk.kernel.paths import have_temp_folder, portable_folder, user_data_dir
from edudesk.kernel.words import _, use_language
from edudesk.usage import Parser, readable, school_year, speak

DONE, BUG, USAGE, REFUSED, UNAVAILABLE = range(5)
INTERRUPTED = 130  # Ctrl-C: as every shell has it, 128 and the number of the signal
LONGEST_LINE = 600  # letters of the one line an error is


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    try:
        return _answered(words, as_json=as_json)
    except KeyboardInterrupt:
        _let_go(sys.stdout)
        return INTERRUPTED


def _answered(words: list[str], *, as_json: bool) -> int:
    try:
        return _run(readable(words))
    except (Cancelled, BrokenPipeError) as gone:
        _let_go(sys.stdout)
        return UNAVAILABLE if isinstance(gone, Cancelled) else DONE
    except (WrongUsage, Failure, OSError) as error:
        return _fail(*_exit_and_problems(error), as_json=as_json)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is one line and a log, never a traceback
        return _fail(BUG, [_bug(error)], as_json=as_json)


def _exit_and_problems(error: WrongUsage | Failure | OSError) -> tuple[int, Sequence[Problem]]:
    """The exit code and the problems of what went wrong on purpose."""
    from edudesk.storage.connection import disk_problem

    if isinstance(error, WrongUsage):
        return USAGE, [error.problem]
    if isinstance(error, Failure):
        return UNAVAILABLE if isinstance(error, Unavailable) else REFUSED, error.problems
    if error.filename is None:  # of no file of anybody's: a bug
        return BUG, [_bug(error)]
    return UNAVAILABLE, disk_problem(error, Path(str(error.filename))).problems


def _run(words: Sequence[str]) -> int:
    _choose_language(words)
    speak()
    window, rest = _window_parser().parse_known_args(words)
    if not rest:  # the commands are not even imported: a window that opens at once is what the users see
        return _window(window)
    args = build_parser().parse_args(words)
    from edudesk.slices import DOORS
    from edudesk.storage.command import Call
    from edudesk.storage.notices import strange_note

    have_temp_folder()
    before = strange_note(_folder(args))
    if not args.data:
        _say_elsewhere(_folder(args))
    answer = args.command.run(Call(args, _folder(args), DOORS))
    if (note := strange_note(_folder(args))) != before:
        _say(note, sys.stderr)
    _print([as_document(answer.data)] if args.json else answer.lines)
    return int(answer.code)


def _print(lines: Sequence[str]) -> None:
    """Print an answer, all of it. Raises Unavailable where standard output does not take it."""
    from edudesk.storage.connection import disk_problem

    if sys.stdout is None:  # closed by whoever called
        message, step = _("Đầu ra chuẩn đã đóng, nên không in được gì."), _("Chạy lại ở nơi có chỗ in ra.")
        raise Unavailable(Problem("OUTPUT_CLOSED", message, next=step))
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go(sys.stdout)
        raise disk_problem(error, Path(_("đầu ra chuẩn"))) from error


def _let_go(stream: TextIO) -> None:
    """Let nothing more be written to a stream that took no more, so that the end of the process is quiet too."""
    with suppress(OSError, ValueError, AttributeError):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, stream.fileno())
        os.close(quiet)


def _choose_language(words: Sequence[str]) -> None:
    for word, following in zip(words, [*words[1:], ""], strict=False):
        language = following if word == "--lang" else word.removeprefix("--lang=")
        if language != word and language in ("vi", "en"):
            use_language(language)


def _folder(args: argparse.Namespace) -> Path:
    return Path(args.data).expanduser() if args.data else user_data_dir()


def _say_elsewhere(folder: Path) -> None:
    """A portable program that cannot write beside itself says where it reads and writes instead."""
    if portable_folder() is not None:
        from edudesk.storage.notices import elsewhere_note

        if note := elsewhere_note(folder):
            _say(note, sys.stderr)


def _window(args: argparse.Namespace) -> int:
    if not args.lang:
        use_language(known_language())
    gc.disable()  # what a start makes stays; looking through it for rubbish would cost a tenth of the start
    from edudesk.app import run_window
    from edudesk.ui.application import application
    from edudesk.ui.bugs import say_failure

    try:
        return run_window(_folder(args), measure=args.measure)
    except Failure as failure:
        if sys.stderr is None:  # a program with a window alone has nowhere else to say it
            application()
            say_failure(failure)
        raise


def known_language() -> str:
    """The language this user chose for the window, where its catalog came with the program."""
    from edudesk.kernel.preferences import languages_there, read_preferences

    chosen = read_preferences().language
    return chosen if chosen in languages_there() else "vi"


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command, each with the options all of them share."""
    from edudesk.commands import COMMANDS

    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_shared(shared)
    words = _("EduDesk: sổ điểm và hồ sơ của trường, không cần mạng. Không có lệnh nào thì mở cửa sổ.")
    parser = Parser(prog="edudesk", description=words, parents=[_window_parser()])
    groups: dict[str, Any] = {
        "": parser.add_subparsers(metavar=_("LỆNH"), parser_class=Parser, required=True)
    }
    for command in COMMANDS:
        group, name = command.name.split(" ") if " " in command.name else ("", command.name)
        if group not in groups:
            holder = groups[""].add_parser(group, help=_("nhóm lệnh {name}").format(name=group))
            groups[group] = holder.add_subparsers(metavar=_("LỆNH"), parser_class=Parser, required=True)
        subparser = groups[group].add_parser(
            name, help=_(command.help), description=_(command.help), parents=[shared]
        )
        command.add(subparser)
        subparser.set_defaults(command=command)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    """The options that need no command."""
    parser = Parser(prog="edudesk", add_help=False)
    _add_shared(parser)
    parser.add_argument("--measure", action="store_true", help=_("mở cửa sổ, in các mốc thời gian rồi thoát"))
    return parser


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar=_("THƯ_MỤC"), help=_("thư mục dữ liệu của trường"))
    parser.add_argument(
        "--year", type=school_year, metavar=_("NĂM"), help=_("năm học, theo năm bắt đầu, như 2026")
    )
    parser.add_argument("--json", action="store_true", help=_("in một tài liệu JSON"))
    parser.add_argument("--lang", choices=("vi", "en"), help=_("ngôn ngữ của câu chữ"))


def as_document(data: Any) -> str:
    """One JSON document; a Decimal is written as the number it is, so no mark passes through a float."""
    return write_json(data)


def _fail(code: int, problems: Sequence[Problem], *, as_json: bool) -> int:
    first = problems[0]
    if not as_json:
        more = _(" (và {n} lỗi nữa)").format(n=len(problems) - 1) if len(problems) > 1 else ""
        _say(_one_line(f"{first.code}: {first.sentence}", more), sys.stderr)
        return code
    document = {
        "code": first.code,
        "message": first.message,
        "next": first.next,
        "problems": [
            {"code": p.code, "message": p.message, "place": p.place, "next": p.next, "field": p.field}
            for p in problems
        ],
    }
    text = json.dumps({"error": document}, ensure_ascii=False).encode("utf-8", "replace").decode()
    _say(text, sys.stderr)
    _say(text, sys.stdout)
    return code


def _say(text: str, stream: TextIO | None) -> None:
    """Print where it can be printed: an error that nobody hears is still told by its exit code."""
    if stream is None:  # closed by whoever called; `print` would take the other one
        return
    try:
        print(text, file=stream, flush=True)
    except OSError:
        _let_go(stream)


def _one_line(text: str, more: str) -> str:
    """An error as one line that a terminal can show: no letter that moves others about, and not without end."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(shown.split())
    return f"{words[:LONGEST_LINE]}…{more}" if len(words) > LONGEST_LINE else f"{words}{more}"


def _bug(error: Exception) -> Problem:
    """What is said of a bug; the log has the rest."""
    from edudesk.kernel.log import write_bug

    log = write_bug(error)
    message = " ".join(f"{type(error).__name__}: {error}".split())
    return Problem("BUG", _("Chương trình gặp lỗi: {said}").format(said=message), next=str(log or ""))
