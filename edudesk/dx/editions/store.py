"""Editions of the index: the one that ships, and those the school completed from the original text."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from edudesk.dx.editions.rules import (
    HOWS,
    ScoringIndex,
    built_in,
    built_in_data,
    official_problems,
    read_index,
)
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import name_id, new_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database

Data = dict[str, Any]
NAME = Field("name", N_("Tên bộ chỉ số"), required=True)
SOURCE = Field("source", N_("Văn bản đã đối chiếu (số, ngày)"), width=240)
CONFIRMER = Field("by", N_("Người xác nhận"), width=240)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition; `id` is "" for the one that ships. `confirmed_by` and `confirmed_at` (ISO) once the school did."""

    id: str
    name: str
    source: str
    index: ScoringIndex
    made_by: str = ""
    made_at: str = ""
    confirmed_by: str = ""
    confirmed_at: str = ""
    data: Data = field(default_factory=dict, compare=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why its totals are not official: what is missing, or that nobody confirmed it."""
        faults = official_problems(self.index)
        if not self.confirmed_at:
            message = _("Trường chưa xác nhận bộ chỉ số đã đối chiếu với văn bản gốc.")
            next_step = _("Đối chiếu rồi xác nhận trong phần Bộ chỉ số.")
            faults = (*faults, Problem("DX_UNCONFIRMED", message, next=next_step))
        return faults


def shipped() -> Edition:
    """The edition that ships with the program."""
    index = built_in()
    return Edition("", index.name, index.source, index, data=built_in_data())


def editions(db: Database) -> list[Edition]:
    """The one that ships, then the school's own, newest first."""
    rows = db.all(
        """select id, name, source, data, made_by, made_at, confirmed_by, confirmed_at from dx_edition
        where gone = 0 order by made_at desc, id"""
    )
    return [shipped(), *(_edition(row) for row in rows)]


def edition(db: Database, edition_id: str) -> Edition:
    """An edition by its identity; the one that ships where there is none of it any more."""
    return next((version for version in editions(db) if version.id == edition_id), shipped())


def edition_of(db: Database, year: int) -> Edition:
    """By which edition a year is scored."""
    return edition(
        db, db.value("select edition_id from dx_report where year = ? and gone = 0", (year,), "") or ""
    )


def _edition(row: tuple[Any, ...]) -> Edition:
    found, name, source, text, made_by, made_at, confirmed_by, confirmed_at = row
    data = json.loads(text)
    return Edition(
        found,
        name,
        source or "",
        read_index(data, name),
        made_by or "",
        made_at or "",
        confirmed_by or "",
        confirmed_at or "",
        data=data,
    )


def copy_edition(db: Database, year: int, source: Edition, *, name: str = "") -> Step:
    """A copy to edit, by which the year is scored from now on."""
    plain = str(source.data.get("copy_of") or source.name)  # a copy of a copy is called like its first
    called = squeeze(name) or _("{name} (bản của trường)").format(name=plain)
    data = {**source.data, "name": called, "source": source.source, "copy_of": plain}
    return add_edition(db, year, data, label=_("Sao bộ chỉ số để sửa"))


def add_edition(db: Database, year: int, data: Data, *, label: str) -> Step:
    """An edition of the school's own, by which the year is scored from now on."""
    _require_groups(data)
    _require_codes(data)
    signed = {field.key: field.parse(str(data[field.key])) for field in (NAME, SOURCE)}
    row = new_id()
    made = db.insert(
        "dx_edition",
        row,
        **signed,
        data=_text(data),
        made_by=db.author.actor,
        made_at=db.wall(),
    )
    return db.do(Step(label, (*made, *_use(db, year, row))))


def use_edition(db: Database, year: int, edition_id: str) -> Step:
    """Score a year by this edition."""
    return db.do(Step(_("Chọn bộ chỉ số"), _use(db, year, edition_id)))


def _use(db: Database, year: int, edition_id: str) -> tuple[Any, ...]:
    return db.upsert("dx_report", name_id("dx_report", year), year=year, edition_id=edition_id or None)


def confirm_edition(db: Database, edition_id: str, *, by: str, source: str) -> Step:
    """The school compared the edition with the original text: who, and with which text.

    Raises Refused DX_SCALE while maxima do not make the scale, DX_WHO, DX_SHIPPED.
    """
    version = _own(db, edition_id)
    problems = [*official_problems(version.index)]
    for key, text, message in (
        ("by", by, _("Thiếu người xác nhận.")),
        ("source", source, _("Thiếu văn bản đã đối chiếu.")),
    ):
        if not squeeze(text):
            problems.append(Problem("DX_WHO", message, next=_("Gõ vào ô này."), field=key))
    problems += [*CONFIRMER.problems(by), *SOURCE.problems(source)]
    if problems:
        raise Refused(*problems)
    signed = {"source": squeeze(source), "confirmed_by": squeeze(by), "confirmed_at": db.wall()}
    return db.do(Step(_("Xác nhận bộ chỉ số"), db.update("dx_edition", edition_id, **signed)))


# -- editing


def save_item(
    db: Database, edition_id: str, criterion: str, values: dict[str, Any], *, code: str | None = None
) -> Step:
    """Add an item to a criterion, or change one: `code`, `title`, `maximum` (whole points), `how`, `verified`.

    Raises Refused DX_OVER, FIELD_MISSING, DX_CODE, DX_CONFIRMED, DX_SHIPPED.
    """
    _require_item(values)

    def edit(data: Data) -> None:
        _require_free(data, str(values["code"]), kept=code)
        items = _criterion(data, criterion).setdefault("item", [])
        fresh = {
            "code": values["code"],
            "title": values["title"],
            "maximum": values["maximum"],
            "how": values.get("how") or "partial",
            "verified": bool(values.get("verified")),
        }
        place = next((n for n, one in enumerate(items) if one["code"] == code), len(items))
        items[place : place + 1] = [fresh]

    return _edit(db, edition_id, _("Sửa mục của bộ chỉ số"), edit, codes=(code, str(values["code"])))


def drop_item(db: Database, edition_id: str, code: str) -> Step:
    """Take an item out; its points become missing. The last item of a criterion takes the criterion along."""

    def edit(data: Data) -> None:
        for group in data["group"]:
            for one in group["criterion"]:
                one["item"] = [item for item in one.get("item", []) if item["code"] != code]
            mandatory = data["mandatory"]
            group["criterion"] = [
                one for one in group["criterion"] if one["item"] or one["code"] in mandatory
            ]

    return _edit(db, edition_id, _("Bỏ một mục của bộ chỉ số"), edit, codes=(code, None))


def save_condition(
    db: Database, edition_id: str, group: str, values: dict[str, Any], *, code: str | None = None
) -> Step:
    """Add a mandatory condition to a group, or change one: `code`, `title`, `verified`."""
    _require_text(values, ("code", "title"))

    def edit(data: Data) -> None:
        _require_free(data, str(values["code"]), kept=code)
        criteria = next(entry for entry in data["group"] if entry["code"] == group)["criterion"]
        fresh = {"code": values["code"], "title": values["title"], "verified": bool(values.get("verified"))}
        place = next((n for n, criterion in enumerate(criteria) if criterion["code"] == code), len(criteria))
        criteria[place : place + 1] = [fresh]
        data["mandatory"] = sorted({*data["mandatory"], str(values["code"])} - ({code} - {values["code"]}))

    return _edit(db, edition_id, _("Sửa điều kiện bắt buộc"), edit, codes=(code, str(values["code"])))


def drop_condition(db: Database, edition_id: str, code: str) -> Step:
    """Take a mandatory condition out."""

    def edit(data: Data) -> None:
        data["mandatory"] = [one for one in data["mandatory"] if one != code]
        for group in data["group"]:
            group["criterion"] = [one for one in group["criterion"] if one["code"] != code]

    return _edit(db, edition_id, _("Bỏ một điều kiện bắt buộc"), edit, codes=(code, None))


def save_levels(db: Database, edition_id: str, *, second_from: int, third_above: int) -> Step:
    """From how many points a group is at level 2, and above how many at level 3. Raises Refused DX_BANDS."""
    if not 0 < second_from <= third_above < 100:
        message = _("Mức 2 phải bắt đầu trước chỗ mức 3 bắt đầu, và cả hai nằm trong thang 100.")
        raise Refused(
            Problem(
                "DX_BANDS", message, next=_("Ghi như trong văn bản, ví dụ 50 và 75."), field="second_from"
            )
        )

    def edit(data: Data) -> None:
        data["levels"] |= {"second_from": second_from, "third_above": third_above}

    return _edit(db, edition_id, _("Sửa các mức của bộ chỉ số"), edit)


Renamed = tuple[str | None, str | None]


def _edit(
    db: Database,
    edition_id: str,
    label: str,
    edit: Callable[[Data], None],
    *,
    codes: Renamed = (None, None),
) -> Step:
    """Write an edited edition; `codes` are an item's code before and after, None where it was or will be none."""
    version = _own(db, edition_id)
    data = copy.deepcopy(version.data)
    edit(data)
    _require_codes(data)
    _count(data)
    read_index(data, version.name)
    changes = db.update("dx_edition", edition_id, data=_text(data))
    return db.do(Step(label, (*changes, *_followed(db, edition_id, *codes))))


def _followed(db: Database, edition_id: str, before: str | None, after: str | None) -> tuple[Change, ...]:
    """Points and evidence go with their item when its code changes: the next item of that code is another one."""
    if before is None or before == after:
        return ()
    changes: list[Change] = []
    for (year,) in db.all("select year from dx_report where edition_id = ? and gone = 0", (edition_id,)):
        row = name_id("dx_score", year, before)
        stored = db.row("dx_score", row)
        if stored is not None and not stored["gone"]:
            changes += db.drop("dx_score", row)
            values = {**stored, "item": after}
            del values["gone"]
            changes += db.upsert("dx_score", name_id("dx_score", year, after), **values) if after else ()
        shown = db.all("select id from dx_evidence where year = ? and item = ? and gone = 0", (year, before))
        moved = {piece: {"item": after} for (piece,) in shown} if after else {}
        changes += db.update_all("dx_evidence", moved)
    return tuple(changes)


CODE = re.compile(r"[0-9A-Za-zĐđ]+([.\-_ ]?[0-9A-Za-zĐđ]+)*")  # it names a folder in the zip of the evidence
LONGEST_CODE = 24


def _require_codes(data: Data) -> None:
    """Raises Refused DX_CODE with every code that is no code: letters and digits, parted by dots or hyphens."""
    criteria = [part for group in data.get("group", ()) for part in group.get("criterion", ())]
    items = [item for criterion in criteria for item in criterion.get("item", ())]
    problems = [*_no_codes([str(part.get("code")) for part in (*criteria, *items)])]
    if problems:
        raise Refused(*problems)


def _require_groups(data: Data) -> None:
    """The same of the groups of an index that is added, and DX_CODE where two have one: stored ones stay readable."""
    codes = [str(group.get("code")) for group in data.get("group", ())]
    message = _("Hai nhóm cùng mã “{code}”.")
    twice = sorted({code for code in codes if codes.count(code) > 1})
    doubled = [
        Problem("DX_CODE", message.format(code=code), next=_("Ghi mã khác."), field="code") for code in twice
    ]
    problems = [*_no_codes(codes), *doubled]
    if problems:
        raise Refused(*problems)


def _no_codes(codes: Iterable[str]) -> Iterator[Problem]:
    message = _("Mã “{code}” phải gồm chữ và số, cách nhau bằng dấu chấm hay gạch nối, dài nhất {most}.")
    for code in codes:
        if len(code) > LONGEST_CODE or not CODE.fullmatch(code):
            sentence = message.format(code=code[:40], most=LONGEST_CODE)
            yield Problem("DX_CODE", sentence, next=_("Ghi mã khác."), field="code")


def _count(data: Data) -> None:
    """Say of each group how many points of the scale have no item. Raises Refused DX_OVER."""
    scale = data["scale"]["maximum"]
    for group in data["group"]:
        total = sum(item["maximum"] for one in group["criterion"] for item in one.get("item", []))
        if total > scale:
            message = _("Các mục của nhóm {group} cộng thành {sum} điểm, quá thang {scale} điểm.")
            sentence = message.format(group=group["code"], sum=total, scale=scale)
            raise Refused(Problem("DX_OVER", sentence, next=_("Giảm điểm tối đa của mục."), field="maximum"))
        group["missing"] = scale - total


def _own(db: Database, edition_id: str) -> Edition:
    if not edition_id:
        message = _("Bộ chỉ số kèm theo chương trình không sửa được.")
        raise Refused(Problem("DX_SHIPPED", message, next=_("Tạo một bản sao rồi sửa bản sao.")))
    return edition(db, edition_id)


def _criterion(data: Data, code: str) -> Data:
    found: Data = next(one for group in data["group"] for one in group["criterion"] if one["code"] == code)
    return found


def _require_item(values: dict[str, Any]) -> None:
    _require_text(values, ("code", "title"))
    if not isinstance(values.get("maximum"), int) or values["maximum"] < 1:
        message = _("Điểm tối đa là số nguyên từ 1.")
        raise Refused(Problem("DX_POINTS", message, next=_("Ghi như trong văn bản."), field="maximum"))
    if values.get("how") not in (None, *HOWS):
        raise Refused(
            Problem("DX_HOW", _("Không có cách chấm này."), next=_("Chọn một cách chấm."), field="how")
        )


def _require_text(values: dict[str, Any], keys: tuple[str, ...]) -> None:
    missing = [key for key in keys if not squeeze(str(values.get(key) or ""))]
    if missing:
        raise Refused(
            *(
                Problem("FIELD_MISSING", _("Thiếu ô này."), next=_("Gõ vào ô này."), field=name)
                for name in missing
            )
        )


def _require_free(data: Data, code: str, *, kept: str | None) -> None:
    taken = [
        item["code"] for group in data["group"] for one in group["criterion"] for item in one.get("item", [])
    ]
    taken += [one["code"] for group in data["group"] for one in group["criterion"] if not one.get("item")]
    if code != kept and code in taken:
        message = _("Mã {code} đã có.").format(code=code)
        raise Refused(Problem("DX_CODE", message, next=_("Ghi mã khác."), field="code"))


def _text(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False)
