"""The seal of a page of the register (“niêm phong”): its canonical content, the code made of it, what differs from it.

Format 1 is a JSON object in UTF-8 (NFC), keys sorted, no blanks:

    format      1
    year, term  2026, 1
    class       the name of the class, and `grade`
    regulation  the code and edition that made the results, "TT22/2021 1"
    kinds       subject → "score", "comment" or "primary"
    pupils      in the order of the register: [identity, number, sector code or personal number, name]
    columns     subject → column → one value per pupil: each slot's mark (tenths, D, CD, V, P, K, M, null), "result"
                and "comment"; a seal of the whole class has the homeroom record under the subject "" as well, in
                primary school with the qualities and competences of both moments ("gk.nhan_ai") instead of levels

The code is the first 50 bits of its SHA-256 in Crockford's base 32: ten characters, shown as XXXXX-XXXXX.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import SlotKind, kind_of
from edudesk.kernel.change import encode
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import nfc
from edudesk.kernel.words import _

FORMAT = 1
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
RESULT, COMMENT = "result", "comment"
RECORD = (
    "conduct",
    "absent_excused",
    "absent_unexcused",
    "comment",
    "learning",
)  # of the homeroom, subject ""
PRIMARY_RECORD = (
    "absent_excused",
    "absent_unexcused",
    "comment",
)  # the same in primary school, beside the qualities
_ALIKE = str.maketrans("OIL", "011", " -")

Value = None | int | str
Columns = Mapping[str, Mapping[str, tuple[Value, ...]]]


class SealedPupil(NamedTuple):
    """A line of the page: `code` is the sector code, or the personal number where there is none."""

    id: str
    number: int | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SealedContent:
    """What a seal vouches for. `columns` hold one value per pupil, in their order."""

    year: int
    term: int
    class_name: str
    grade: int
    regulation: str
    kinds: Mapping[str, CourseKind]
    pupils: tuple[SealedPupil, ...]
    columns: Columns

    def slots(self, code: str) -> tuple[str, ...]:
        """The mark columns of a subject."""
        return tuple(column for column in self.columns[code] if column not in (RESULT, COMMENT))


@dataclass(frozen=True, slots=True)
class SealDifference:
    """A place of a sealed page that is no longer what was sealed. `column` may be "name" or "code" of the pupil."""

    pupil: SealedPupil
    subject: str
    column: str
    sealed: Value
    now: Value


def canonical(content: SealedContent) -> bytes:
    """The one byte form of a page, as the module says."""
    return encode(
        {
            "format": FORMAT,
            "year": content.year,
            "term": content.term,
            "class": nfc(content.class_name),
            "grade": content.grade,
            "regulation": content.regulation,
            "kinds": dict(content.kinds),
            "pupils": [[_nfc(value) for value in pupil] for pupil in content.pupils],
            "columns": {
                subject: {column: [_nfc(value) for value in values] for column, values in columns.items()}
                for subject, columns in content.columns.items()
            },
        }
    ).encode()


def _nfc(value: Value) -> Value:
    return nfc(value) if isinstance(value, str) else value


def read_content(text: str) -> SealedContent:
    """The content of a stored seal. Raises Refused SEAL_FORMAT for one of a newer program, or one that is damaged."""
    try:
        found = json.loads(text)
        if found["format"] == FORMAT:
            return _content(found)
    except (KeyError, TypeError, ValueError):
        pass
    message = _("Không đọc được nội dung niêm phong.")
    raise Refused(Problem("SEAL_FORMAT", message, next=_("Cập nhật chương trình, hoặc dùng bản sao lưu.")))


def _content(document: dict[str, object]) -> SealedContent:
    columns: dict[str, dict[str, list[Value]]] = document["columns"]  # type: ignore[assignment]
    return SealedContent(
        year=int(str(document["year"])),
        term=int(str(document["term"])),
        class_name=str(document["class"]),
        grade=int(str(document["grade"])),
        regulation=str(document["regulation"]),
        kinds={code: CourseKind(kind) for code, kind in dict(document["kinds"]).items()},  # type: ignore[call-overload]
        pupils=tuple(SealedPupil(*pupil) for pupil in document["pupils"]),  # type: ignore[attr-defined]
        columns={
            subject: {column: tuple(values) for column, values in by_column.items()}
            for subject, by_column in columns.items()
        },
    )


def seal_code(content: bytes | str) -> str:
    """The code of a content, as people read it: "7QK2M-0XZ9A"."""
    raw = content if isinstance(content, bytes) else content.encode()
    number = int.from_bytes(hashlib.sha256(raw).digest()[:7]) >> 6  # 56 bits, of which 50 count
    letters = "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(LENGTH)))
    return f"{letters[:5]}-{letters[5:]}"


def read_code(text: str) -> str:
    """A code as somebody typed it: small letters, blanks and dashes anywhere, O for 0, I and L for 1.

    Raises Refused SEAL_CODE.
    """
    letters = "".join(text.split()).upper().replace("–", "-").translate(_ALIKE)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        message = _("“{text}” không phải là mã niêm phong.").format(text=text.strip()[:20])
        next_step = _("Mã có 10 chữ số và chữ cái, như 7QK2M-0XZ9A, in ở cuối trang.")
        raise Refused(Problem("SEAL_CODE", message, next=next_step, field="code"))
    return f"{letters[:5]}-{letters[5:]}"


def differences(sealed: SealedContent, now: SealedContent) -> list[SealDifference]:
    """Every place where today's page of the same pupils and columns is not what was sealed, in the page's order."""
    here = {(pupil.id, subject, column): value for pupil, subject, column, value in _places(now)}
    return [
        SealDifference(pupil, subject, column, value, current)
        for pupil, subject, column, value in _places(sealed)
        if (current := here.get((pupil.id, subject, column))) != value
    ]


def _places(content: SealedContent) -> Iterator[tuple[SealedPupil, str, str, Value]]:
    for at, pupil in enumerate(content.pupils):
        yield pupil, "", "name", nfc(pupil.name)
        yield pupil, "", "code", pupil.code
        for subject, columns in content.columns.items():
            for column, values in sorted(columns.items(), key=_rank):
                yield pupil, subject, column, _nfc(values[at])


# How a page is read, which sorted keys are not: cells, what is said beside them, the homeroom record.
_CELLS = (SlotKind.TX, SlotKind.KGK, SlotKind.GK, SlotKind.KCK, SlotKind.CK)
_BESIDE = ("conduct", "absent_excused", "absent_unexcused", RESULT, COMMENT, "learning")


def _rank(column: tuple[str, object]) -> tuple[int, str]:
    name = column[0]
    kind = kind_of(name)
    return (_CELLS.index(kind) if kind else len(_CELLS) + _BESIDE.index(name)), name
