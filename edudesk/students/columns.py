"""Which column of a spreadsheet is which: headings found by their letters, in any order, near the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.text import heading_key
from edudesk.kernel.words import N_, _
from edudesk.students.fields import FIELDS

HEAD_WITHIN = 12  # rows from the top in which the heading row is looked for
CLASS, NUMBER, FAMILY, GIVEN, IS_FEMALE = "class", "number", "family_name", "given_name", "is_female"
# Headings that are not fields of a pupil but say where they sit, or give a field in parts.
_OTHERS = {
    CLASS: (N_("Lớp"), "Tên lớp", "Lớp học"),
    NUMBER: (N_("STT"), "Số TT", "TT", "Số thứ tự"),
    FAMILY: (N_("Họ đệm"), "Họ và đệm", "Họ và tên đệm", "Họ lót"),
    GIVEN: (N_("Tên"),),
    IS_FEMALE: (N_("Nữ"),),
}


def _known() -> dict[str, str]:
    known = {heading_key(name): key for key, names in _OTHERS.items() for name in names}
    return known | {heading: field.key for field in FIELDS for heading in field.headings}


KNOWN = _known()


def headings() -> dict[str, str]:
    """The headings known in any language, and those of the language on screen."""
    shown = {heading_key(_(names[0])): key for key, names in _OTHERS.items()}
    return shown | {heading_key(_(field.label)): field.key for field in FIELDS} | KNOWN


@dataclass(frozen=True, slots=True)
class Columns:
    """`places` is field key → column index; `head_row` the index of the heading row; `unknown` other headings."""

    head_row: int
    places: dict[str, int]
    headings: dict[str, str]
    unknown: tuple[str, ...]


def find_columns(rows: Sequence[Sequence[object]], sheet: str) -> Columns:
    """The heading row and what its columns mean.

    Raises Refused HEAD_MISSING when no row near the top names the pupils, HEAD_TWICE when a field has two columns.
    """
    best = max(range(min(len(rows), HEAD_WITHIN)), key=lambda n: (len(_read_head(rows[n])), -n), default=None)
    found = _read_head(rows[best]) if best is not None else []
    keys = {key for key, _index, _heading in found}
    if best is None or not ("name" in keys or {FAMILY, GIVEN} <= keys):
        message = _("Không thấy cột “Họ và tên” trong {n} dòng đầu.").format(n=HEAD_WITHIN)
        place = _("Trang “{sheet}”").format(sheet=sheet)
        raise Refused(
            Problem(
                "HEAD_MISSING", message, place, _("Đặt tên cột ở một dòng, như Họ và tên, Ngày sinh, Lớp.")
            )
        )
    _refuse_twice(found, best)
    places = {key: index for key, index, _heading in found}
    headings = {key: heading for key, _index, heading in found}
    known = set(places.values())
    unknown = tuple(
        as_text(cell) for index, cell in enumerate(rows[best]) if index not in known and as_text(cell)
    )
    return Columns(best, places, headings, unknown)


def _read_head(row: Sequence[object]) -> list[tuple[str, int, str]]:
    texts, known = [as_text(cell) for cell in row], headings()
    return [(known[heading_key(t)], index, t) for index, t in enumerate(texts) if heading_key(t) in known]


def _refuse_twice(found: Sequence[tuple[str, int, str]], row: int) -> None:
    seen: dict[str, str] = {}
    problems = []
    for key, _index, heading in found:
        if key in seen:
            message = _("Hai cột “{one}” và “{other}” cùng một nội dung.").format(
                one=seen[key], other=heading
            )
            place = _("Dòng tiêu đề {row}").format(row=row + 1)
            problems.append(Problem("HEAD_TWICE", message, place, _("Đổi tên hoặc bỏ một cột.")))
        seen.setdefault(key, heading)
    if problems:
        raise Refused(*problems)
