"""Years, classes, subjects and settings as they are kept; one Step per write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from edudesk.kernel import clock
from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.school.rules import (
    LEVEL_GRADES,
    Term,
    Year,
    check_year,
    class_key,
)
from edudesk.storage.database import Database

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class (“lớp”) of one year."""

    id: str
    name: str
    grade: int
    site_id: str | None
    homeroom_id: str | None


@dataclass(frozen=True, slots=True)
class SchoolLetterhead:
    """What stands on top of the school's papers (NĐ 30/2020); `budget_code` (“mã quan hệ ngân sách”) on C53-HD."""

    authority: str
    school: str
    place: str
    principal: str
    code: str = ""
    budget_code: str = ""


# -- years


def current_year(db: Database) -> int | None:
    """The school year that is open: the one chosen in the settings, else the newest; None without any."""
    chosen = db.setting("school.year")
    newest: int | None = db.value("select max(year) from school_year where gone = 0")
    return chosen if chosen is not None else newest


def years(db: Database) -> list[Year]:
    """Every school year with its terms, newest first."""
    terms: dict[int, list[Term]] = {}
    for year, number, starts, ends in db.all(
        "select year, number, starts, ends from term where gone = 0 order by year, number"
    ):
        terms.setdefault(year, []).append(
            Term(number, dt.date.fromisoformat(starts), dt.date.fromisoformat(ends))
        )
    rows = db.all("select year, starts, ends from school_year where gone = 0 order by year desc")
    return [
        Year(y, dt.date.fromisoformat(starts), dt.date.fromisoformat(ends), tuple(terms.get(y, ())))
        for y, starts, ends in rows
    ]


def year_changes(db: Database, year: Year) -> Changes:
    """What must change for the year to be as given. Raises Refused with every problem of its dates."""
    problems = check_year(year)
    if problems:
        raise Refused(*problems)
    whole = db.upsert(
        "school_year",
        f"year:{year.year}",
        year=year.year,
        starts=year.starts.isoformat(),
        ends=year.ends.isoformat(),
    )
    parts = [
        db.upsert(
            "term",
            f"term:{year.year}:{term.number}",
            year=year.year,
            number=term.number,
            starts=term.starts.isoformat(),
            ends=term.ends.isoformat(),
        )
        for term in year.terms
    ]
    return whole + tuple(change for part in parts for change in part)


def save_year(db: Database, year: Year) -> Step:
    """Make a school year or change its dates."""
    return db.do(Step(_("Lưu năm học {name}").format(name=year.name), year_changes(db, year)))


def require_year(db: Database, year: int) -> None:
    """Raises Refused when the school has no such year, or it has no terms."""
    if db.one("select 1 from term where year = ? and gone = 0", (year,)) is None:
        message = _("Chưa có học kì nào.")
        place = _("Năm học {name}").format(name=year_name(year))
        raise Refused(
            Problem("YEAR_TERMS", message, place, _("Tạo năm học và hai học kì trong trang Trường lớp."))
        )


# -- classes


def classes(db: Database, year: int) -> list[SchoolClass]:
    """The classes of a year by grade, then in their order."""
    rows = db.all(
        """select id, name, grade, site_id, homeroom_id from school_class
        where year = ? and gone = 0 order by grade, position, length(name), name""",
        (year,),
    )
    return [SchoolClass(*row) for row in rows]


def class_named(db: Database, year: int, name: str) -> SchoolClass:
    """The class of that name, however it is spelled. Raises Refused CLASS_UNKNOWN, naming those there are."""
    school_classes = classes(db, year)
    school_class = next(
        (known_class for known_class in school_classes if class_key(known_class.name) == class_key(name)),
        None,
    )
    if school_class is None:
        message = _("Năm học {year} không có lớp “{name}”.").format(year=year_name(year), name=name)
        known = ", ".join(known_class.name for known_class in school_classes[:12]) or _("chưa có lớp nào")
        raise Refused(Problem("CLASS_UNKNOWN", message, next=_("Các lớp: {known}.").format(known=known)))
    return school_class


def class_by_id(db: Database, class_id: str) -> SchoolClass:
    """A class by its identity. Raises Refused CLASS_UNKNOWN."""
    found = db.one(
        "select id, name, grade, site_id, homeroom_id from school_class where id = ? and gone = 0",
        (class_id,),
    )
    if found is None:
        raise Refused(Problem("CLASS_UNKNOWN", _("Không còn lớp này."), next=_("Chọn lớp khác.")))
    return SchoolClass(*found)


def year_of_class(db: Database, class_id: str) -> int:
    """The school year of a class. Raises Refused CLASS_UNKNOWN."""
    year = db.value("select year from school_class where id = ? and gone = 0", (class_id,))
    if year is None:
        raise Refused(Problem("CLASS_UNKNOWN", _("Không còn lớp này."), next=_("Chọn lớp khác.")))
    return int(year)


# -- sites


def sites(db: Database) -> list[tuple[str, str, str]]:
    """(id, name, address) of the school's sites, the main one first."""
    return [
        (row, name, address or "")
        for row, name, address in db.all(
            "select id, name, address from site where gone = 0 order by main desc, name"
        )
    ]


def save_site(db: Database, name: str, *, address: str = "", site_id: str | None = None) -> Step:
    """Add a site or change one. The first is the main site."""
    name = squeeze(name)
    if not name:
        raise Refused(Problem("SITE_NAME", _("Thiếu tên điểm trường."), next=_("Gõ tên.")))
    main = (
        int(not sites(db))
        if site_id is None
        else db.value("select main from site where id = ?", (site_id,), 0)
    )
    fields: dict[str, Value] = {"name": name, "address": squeeze(address), "main": main}
    changes = (
        db.insert("site", new_id(), **fields) if site_id is None else db.update("site", site_id, **fields)
    )
    return db.do(Step(_("Lưu điểm trường"), changes))


def drop_site(db: Database, site_id: str) -> Step:
    """Remove a site no class is at. Raises Refused SITE_USED."""
    used = db.all("select name from school_class where site_id = ? and gone = 0", (site_id,))
    if used:
        names = ", ".join(name for (name,) in used[:6])
        message = _("Điểm trường còn lớp {names}.").format(names=names)
        raise Refused(Problem("SITE_USED", message, next=_("Chuyển các lớp sang điểm khác trước.")))
    return db.do(Step(_("Xóa điểm trường"), db.drop("site", site_id)))


# -- the school as a whole


def grades(db: Database) -> list[int]:
    """The grades of the school's levels."""
    return [grade for level in db.setting("school.levels", []) for grade in LEVEL_GRADES[level]]


def letterhead(db: Database) -> SchoolLetterhead:
    """The lines for the top of a paper, blank where the school has not said them."""
    return SchoolLetterhead(
        authority=db.setting("school.authority", ""),
        school=db.setting("school.name", ""),
        place=db.setting("school.place", ""),
        principal=db.setting("school.principal", ""),
        code=db.setting("school.code", ""),
        budget_code=db.setting("school.budget_code", ""),
    )


SAMPLE = "school.sample"  # of this PC: the school is the sample, to be put away when the real one begins
BEGIN_ANEW = 65  # the exit code of a window that was closed to put the sample school away


def is_sample(db: Database) -> bool:
    """Whether the school is the sample that was opened from the first window."""
    return bool(db.local(SAMPLE, False))


def sample_name() -> str:
    """The folder a sample school is put away in."""
    return _("trường mẫu {day}").format(day=clock.today().strftime("%d-%m-%Y"))


def save_settings(db: Database, **values: str | int | list[str] | None) -> Step:
    """Set several of the school's settings; `name="…"` is `school.name`."""
    changes = tuple(
        change for key, value in values.items() for change in db.put_setting(f"school.{key}", value)
    )
    return db.do(Step(_("Lưu thông tin trường"), changes))
