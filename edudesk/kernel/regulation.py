"""Rules as dated data: files in `resources/regulations`, chosen by school year and grade.

A file says its `kind`, `code`, `name` and, under `[rollout]`, from which school year each grade follows it. Every
table carries its `article` and whether it was checked against the original (`verified`). What a file leaves out is a
refusal with file and key, never a guess.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from edudesk.kernel.calendar import year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import parse_tenths
from edudesk.kernel.paths import resource
from edudesk.kernel.words import _

LARGEST = 1_000_000_000  # of any number a rule gives; beyond, neither a day nor a table takes it


@dataclass(frozen=True, slots=True)
class Article:
    """Where a table of a rule file comes from, and whether it was checked against the original text."""

    text: str
    verified: bool
    note: str = ""

    @property
    def cited(self) -> str:
        """The article for people, saying when it was not checked."""
        return (
            self.text
            if self.verified
            else _("{article} (chưa đối chiếu văn bản gốc)").format(article=self.text)
        )


class RuleTable:
    """A table of a rule file, read key by key; what is missing or of the wrong kind is collected in `problems`."""

    def __init__(
        self, file: str, data: Mapping[str, Any], path: str = "", problems: list[Problem] | None = None
    ) -> None:
        self.file = file
        self.path = path
        self._data = data
        self.problems: list[Problem] = [] if problems is None else problems

    def names(self) -> tuple[str, ...]:
        """The keys of the table, in the order of the file."""
        return tuple(self._data)

    def has(self, key: str) -> bool:
        return key in self._data

    def table(self, key: str) -> RuleTable:
        """A table inside this one. Where it is missing, that alone is a problem, not each of its keys."""
        table = self._read(key, lambda value: isinstance(value, dict), _("một bảng"), None)
        return RuleTable(self.file, table or {}, self._place(key), [] if table is None else self.problems)

    def tables(self, key: str) -> list[RuleTable]:
        """A list of tables inside this one, empty when it is missing."""
        tables = self._read(key, _all(dict), _("một danh sách bảng"), [])
        return [
            RuleTable(self.file, table, f"{self._place(key)}[{n}]", self.problems)
            for n, table in enumerate(tables, 1)
        ]

    def whole(self, key: str, lowest: int = 0) -> int:
        """A whole number, `lowest` or more."""
        kind = _("số nguyên từ {lowest}").format(lowest=lowest)
        number: int = self._read(
            key, lambda value: type(value) is int and lowest <= value <= LARGEST, kind, lowest
        )
        return number

    def tenths(self, key: str) -> int:
        """A mark from 0 to 10 with at most one decimal, in tenths."""
        number: int = parse_tenths(self._read(key, _is_mark, _("điểm từ 0 đến 10"), 0))
        return number

    def text(self, key: str) -> str:
        """Words, not blank."""
        words: str = self._read(
            key, lambda value: isinstance(value, str) and bool(value.strip()), _("câu chữ"), ""
        )
        return words

    def flag(self, key: str) -> bool:
        """true or false."""
        found: bool = self._read(key, lambda value: isinstance(value, bool), _("true hoặc false"), False)
        return found

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed codes."""
        kind = _("một trong {codes}").format(codes=", ".join(allowed))
        words: str = self._read(key, lambda value: value in allowed, kind, allowed[0])
        return words

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        return tuple(self._read(key, _all(str), _("một danh sách chữ"), []))

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(self._read(key, _all(int), _("một danh sách số nguyên"), []))

    def article(self) -> Article:
        """Where this table comes from: `article`, `verified`, and a `note` if there is one."""
        note = self.text("note") if self.has("note") else ""
        return Article(self.text("article"), self.flag("verified"), note)

    def wrong(self, key: str, what: str) -> None:
        """Note that the key holds what it must not."""
        message = _("Tệp quy định sai: {what}.").format(what=what)
        next_step = _("Sửa khóa này theo văn bản rồi mở lại chương trình.")
        self.problems.append(
            Problem("REGULATION_WRONG", message, f"{self.file}: {self._place(key)}", next_step)
        )

    def finish(self) -> None:
        """Raises Refused with every problem found, if any."""
        if self.problems:
            raise Refused(*dict.fromkeys(self.problems))

    def _place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _read(self, key: str, fits: Callable[[Any], bool], kind: str, instead: Any) -> Any:
        if key not in self._data:
            message = _("Tệp quy định thiếu mục này ({kind}).").format(kind=kind)
            next_step = _("Thêm mục này theo văn bản rồi mở lại chương trình.")
            place = f"{self.file}: {self._place(key)}"
            self.problems.append(Problem("REGULATION_HOLE", message, place, next_step))
            return instead
        if not fits(self._data[key]):
            self.wrong(key, _("cần {kind}").format(kind=kind))
            return instead
        return self._data[key]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: its kind ("assessment", "programme", …), code, and from which school year each grade follows it."""

    path: Path
    kind: str
    code: str
    since: Mapping[int, int]
    data: Mapping[str, Any]

    @property
    def table(self) -> RuleTable:
        """The whole file, to be read."""
        return RuleTable(self.path.name, self.data)


@lru_cache(maxsize=32)
def rule_files(folder: Path | None = None, *, naming: str = "") -> tuple[RuleFile, ...]:
    """Every rule file of a folder (the program's own when none is named). Raises Refused with every bad file.

    `naming` leaves out those that do not have this word in quotes: parsing all of them would be felt at the start.
    """
    problems: list[Problem] = []
    sought = f'"{naming}"'.encode() if naming else b""
    paths = sorted((folder or resource("regulations")).glob("*.toml"))
    files = [_rule_file(path, problems) for path in paths if sought in path.read_bytes()]
    if problems:
        raise Refused(*problems)
    return tuple(file for file in files if file is not None)


def rule_file(kind: str, year: int, grade: int, *, folder: Path | None = None) -> RuleFile:
    """The newest file of a kind that the grade follows in the school year. Raises Refused NO_REGULATION."""
    files = _followed(kind, year, grade, folder)
    if not files:
        place = _("Khối {grade}, năm học {year}").format(grade=grade, year=year_name(year))
        next_step = _("Xem lại khối và năm học; kết quả của năm cũ thì ghi theo học bạ, không tính lại.")
        raise Refused(Problem("NO_REGULATION", _("Chưa có quy định đánh giá."), place, next_step))
    return max(files, key=lambda file: file.since[grade])


def has_rule_file(kind: str, year: int, grade: int) -> bool:
    """Whether some file of a kind is one that the grade follows in the school year."""
    return bool(_followed(kind, year, grade, None))


def _followed(kind: str, year: int, grade: int, folder: Path | None) -> list[RuleFile]:
    return [
        file
        for file in rule_files(folder, naming=kind)
        if file.kind == kind and file.since.get(grade, year + 1) <= year
    ]


def rule_file_by_code(code: str, *, folder: Path | None = None) -> RuleFile:
    """The file of a regulation by its code ("TT22/2021"). Raises Refused NO_REGULATION."""
    for file in rule_files(folder, naming=code):
        if file.code == code:
            return file
    message = _("Chương trình chưa có quy định “{code}”.").format(code=code[:40])
    known = ", ".join(file.code for file in rule_files(folder))
    raise Refused(
        Problem("NO_REGULATION", message, next=_("Các quy định đã có: {known}.").format(known=known))
    )


def _rule_file(path: Path, problems: list[Problem]) -> RuleFile | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = _("Không đọc được tệp quy định: {why}").format(why=error)
        problems.append(Problem("REGULATION_UNREADABLE", message, path.name, _("Cài lại chương trình.")))
        return None
    table = RuleTable(path.name, data, problems=problems)
    rollout = table.table("rollout")
    rollout.article()
    grades = rollout.table("grades")
    since = {int(key): grades.whole(key, 1900) for key in grades.names() if key.isdecimal()}
    for key in grades.names():
        if key not in map(str, since):
            grades.wrong(key, _("khối phải là số"))
    table.text("name")
    return RuleFile(path, table.text("kind"), table.text("code"), since, data)


def _all(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(type(one) is kind for one in value)


def _is_mark(value: Any) -> bool:
    try:
        parse_tenths(value)
    except Refused:
        return False
    return not isinstance(value, str)
