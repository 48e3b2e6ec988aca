"""The hidden sheet of a form: whose marks it is for, and what they were when it was written.

It stands in the cells of a hidden sheet, as text, with a checksum against damage (not against deceit: what a form
brings back is shown to a person before it is taken).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import nfc
from edudesk.kernel.words import _

HIDDEN = "_edudesk"
VERSION = 1
_MARK, _NEXT = "edudesk-form", "|"


@dataclass(frozen=True, slots=True)
class FormRow:
    """A pupil of a page with the marks as they were, in the order of its slots."""

    pupil_id: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One subject of one class in one term. `n` tells the pages of a form apart."""

    n: int
    year: int
    class_id: str
    class_name: str
    code: str
    term: int
    slots: tuple[str, ...]
    rows: tuple[FormRow, ...] = ()

    @property
    def key(self) -> str:
        """Under which the school remembers the newest form that was read back for the page."""
        return f"gradebook.form.{self.class_id}.{self.code}.{self.term}"


@dataclass(frozen=True, slots=True)
class Template:
    """A form: its own id, the school's identity and name, when it was written (ISO with offset)."""

    id: str
    school: str
    school_name: str
    written: str
    pages: tuple[FormPage, ...]

    @property
    def moment(self) -> dt.datetime:
        """When it was written."""
        return dt.datetime.fromisoformat(self.written)

    def token(self, page: FormPage) -> str:
        """What the hidden cell of a page says."""
        return f"{self.id}/{page.n}"


def encode(template: Template) -> list[list[str]]:
    """The rows of the hidden sheet."""
    rows = [
        [_MARK, str(VERSION), template.id, template.written],
        ["school", template.school, template.school_name],
        *(line for page in template.pages for line in _page_rows(page)),
    ]
    rows = [[nfc(cell) for cell in row] for row in rows]
    return [*rows, ["check", _checksum(rows)]]


def _page_rows(page: FormPage) -> Iterator[list[str]]:
    where = [str(page.year), page.class_id, page.class_name, page.code, str(page.term)]
    yield ["page", str(page.n), *where, _NEXT.join(page.slots)]
    for row in page.rows:
        yield ["row", str(page.n), row.pupil_id, row.name, _NEXT.join(map(_text, row.marks))]


def _text(mark: Mark) -> str:
    return "" if mark is None else str(mark)


def _mark(text: str) -> Mark:
    return int(text) if text.isdecimal() and len(text) < 6 else text or None


def _checksum(rows: Sequence[Sequence[str]]) -> str:
    body = "\x1e".join("\x1f".join(row) for row in rows)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def _is_known(version: str) -> bool:
    return len(version) < 6 and int(version) <= VERSION


def decode(cells: Sequence[Sequence[object]]) -> Template:
    """The form from the cells of its hidden sheet. Raises Refused FORM_DAMAGED, FORM_NEWER."""
    rows = [_trimmed(row) for row in cells]
    rows = [row for row in rows if row]
    if not rows or rows[0][0] != _MARK:
        raise damaged()
    if len(rows[0]) < 2 or not rows[0][1].isdecimal() or not _is_known(rows[0][1]):
        message = _("Phiếu do một bản EduDesk mới hơn lập ra.")
        raise Refused(Problem("FORM_NEWER", message, next=_("Cập nhật EduDesk rồi đọc lại.")))
    if rows[-1] != ["check", _checksum(rows[:-1])]:
        raise damaged()
    _first, _version, form_id, written = rows[0]
    _word, school, name = (*rows[1], "")[:3]
    return Template(form_id, school, name, written, _pages(rows[2:-1]))


def _trimmed(row: Sequence[object]) -> list[str]:
    texts = ["" if cell is None else nfc(str(cell)) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _pages(rows: Sequence[Sequence[str]]) -> tuple[FormPage, ...]:
    pages: dict[str, FormPage] = {}
    pupils: dict[str, list[FormRow]] = {}
    for kind, n, *rest in rows:
        if kind == "page":
            year, class_id, class_name, code, term, slots = rest
            place = (int(n), int(year), class_id, class_name, code, int(term))
            pages[n] = FormPage(*place, tuple(slots.split(_NEXT)))
        else:
            pupil, name, *marks = rest
            values = tuple(map(_mark, (marks[0] if marks else "").split(_NEXT)))
            empty: tuple[Mark, ...] = (None,) * len(pages[n].slots)
            pupils.setdefault(n, []).append(FormRow(pupil, name, values if marks else empty))
    return tuple(replace(page, rows=tuple(pupils.get(n, ()))) for n, page in pages.items())


def damaged() -> Refused:
    """The refusal of a form whose hidden sheet was changed."""
    message = _("Mã của phiếu đã bị sửa hoặc bị mất, nên không biết phiếu của lớp nào.")
    step = _("Lấy phiếu mới rồi chép điểm sang, hoặc nhập tệp như một bảng điểm thường.")
    return Refused(Problem("FORM_DAMAGED", message, next=step))


def by_pupil(page: FormPage) -> Mapping[str, FormRow]:
    """The rows of a page by pupil."""
    return {row.pupil_id: row for row in page.rows}
