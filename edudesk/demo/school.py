"""The invented school: people, classes, subjects, who teaches what. Written as a few Steps."""

from __future__ import annotations

import datetime as dt

from edudesk.demo import people
from edudesk.demo.people import DemoPerson
from edudesk.kernel.ids import name_id
from edudesk.kernel.names import name_key
from edudesk.kernel.words import _
from edudesk.school.demo import LEVELS, PRIMARY, UPPER, Classroom, DemoBuilder
from edudesk.school.programme import ProposedSubject, proposed_subjects
from edudesk.school.rules import LEVEL_GRADES, class_meaning
from edudesk.storage.database import Database

SPECIALISTS = (
    "ngoai_ngu_1",
    "tin_hoc_cong_nghe",
    "gdtc",
    "nghe_thuat",
)  # who teach beside a primary class's teacher
DEFAULT_PUPILS = 480
LARGE, FULL = 45, 52  # two class sizes every demo school has
CHOSEN_BY_CLASS = (
    ("vat_li", "hoa_hoc", "sinh_hoc", "tin_hoc"),
    ("dia_li", "gdktpl", "tin_hoc", "am_nhac"),
    ("vat_li", "hoa_hoc", "cong_nghe", "dia_li"),
    ("sinh_hoc", "gdktpl", "dia_li", "mi_thuat"),
)


class Builder(DemoBuilder):
    """Makes the school itself: its people, years, classes and who teaches what."""

    def __init__(self, db: Database, *, level: str, year: int, seed: int) -> None:
        super().__init__(db, level=level, year=year, seed=seed)
        self._codes: set[str] = set()  # of pupils

    def settings(self) -> None:
        """Name, letterhead and level of the school."""
        levels = list(LEVEL_GRADES) if self.level == "lien_cap" else [self.level]
        values = {
            "school.name": f"Trường {_(LEVELS[self.level][0])}",
            "school.short_name": _(LEVELS[self.level][0]),
            "school.levels": levels,
            "school.authority": _("UBND xã Sông Trăng")
            if self.level in ("tieu_hoc", "thcs")
            else _("Sở GDĐT tỉnh Điện Biên"),
            "school.place": "Sông Trăng",
            "school.code": "11000701",
        }
        for key, value in values.items():
            self._changes.extend(self.db.put_setting(key, value))
        self.add("site", "demo", name=_("Điểm trường chính"), address="xã Sông Trăng", main=1)

    def calendar(self) -> None:
        """The year and its two terms, on the usual dates of the ministry's frame."""
        year = self.year
        self._row("school_year", f"year:{year}", year=year, starts=f"{year}-09-05", ends=f"{year + 1}-05-31")
        self._row(
            "term", f"term:{year}:1", year=year, number=1, starts=f"{year}-09-05", ends=f"{year + 1}-01-15"
        )
        self._row(
            "term",
            f"term:{year}:2",
            year=year,
            number=2,
            starts=f"{year + 1}-01-18",
            ends=f"{year + 1}-05-31",
        )

    def _row(self, table: str, row: str, **fields: int | str | None) -> None:
        self._changes.extend(self.db.upsert(table, row, **fields))

    def staff(self, subjects: list[str], classes: int) -> dict[str, list[str]]:
        """Teachers by the subject they teach; a principal and a vice-head beside them."""
        teachers: dict[str, list[str]] = {}
        for subject in subjects:
            need = max(1, -(-classes // 6))
            teachers[subject] = [self._person_at_work(subject, n) for n in range(need)]
        for role, name in (("HT", "Nguyễn Văn Bách"), ("PHT", "Trần Thị Hạnh")):
            self.add(
                "staff", "demo", role, name=name, role=role, works=1, sex="NAM" if role == "HT" else "NU"
            )
        self._changes.extend(self.db.put_setting("school.principal", "Nguyễn Văn Bách"))
        return teachers

    def _person_at_work(self, subject: str, n: int) -> str:
        someone = people.person(self.random)
        born = people.birthday(self.random, self.year - self.random.randint(25, 55))
        return self.add(
            "staff",
            "demo",
            subject,
            n,
            name=someone.name,
            birth_date=born.isoformat(),
            sex=someone.sex,
            phone=people.phone(self.random),
            role="GV",
            main_subject=subject,
            works=1,
        )

    def plan(self, grades: tuple[int, ...]) -> None:
        """The yearly subjects of each grade, as the programme proposes them."""
        for grade in grades:
            for subject in proposed_subjects(grade):
                if subject.taken == "optional":
                    continue
                row = name_id("subject_plan", self.year, grade, subject.code)
                fields = {
                    name: getattr(subject, name) for name in ("code", "periods", "kind", "taken", "position")
                }
                self._row("subject_plan", row, year=self.year, grade=grade, **fields)

    def classroom(self, grade: int, n: int, size: int, teachers: dict[str, list[str]]) -> Classroom:
        """A class with its subjects, teachers and pupils."""
        name = f"{grade}A{n}"
        subjects = class_subjects(grade, n)
        homeroom, given = self._teachers(grade, n, subjects, teachers)
        class_id = self.add(
            "school_class",
            *class_meaning(self.year, name),
            year=self.year,
            name=name,
            grade=grade,
            homeroom_id=homeroom,
            site_id=name_id("site", "demo"),
            position=grade * 100 + n,
        )
        for subject in subjects:
            row = name_id("class_subject", class_id, subject.code)
            topics = int(subject.code in ("toan", "ngu_van", "vat_li") and grade in UPPER)
            self._row(
                "class_subject",
                row,
                class_id=class_id,
                code=subject.code,
                teacher_id=given[subject.code],
                taken="all",
                topics=topics,
            )
        return self._fill(class_id, name, grade, subjects, size=size)

    def _teachers(
        self, grade: int, n: int, subjects: tuple[ProposedSubject, ...], teachers: dict[str, list[str]]
    ) -> tuple[str, dict[str, str]]:
        """The homeroom teacher, and who teaches what; a primary class has one teacher for nearly everything."""
        if grade in PRIMARY:
            own = self._person_at_work("tieng_viet", grade * 100 + n)
            codes = [s.code for s in subjects]
            return own, {c: self.random.choice(teachers[c]) if c in SPECIALISTS else own for c in codes}
        given = {s.code: self.random.choice(teachers[s.code]) for s in subjects}
        return given[self.random.choice([s.code for s in subjects if s.code != "hdtn"])], given

    def _fill(
        self, class_id: str, name: str, grade: int, subjects: tuple[ProposedSubject, ...], *, size: int
    ) -> Classroom:
        persons = sorted((people.person(self.random) for _n in range(size)), key=lambda p: name_key(p.name))
        pupils = [self._pupil(person, class_id, grade, n) for n, person in enumerate(persons, 1)]
        leavers = {}
        if pupils and self.random.random() < 0.5:
            gone, day = self.random.choice(pupils), dt.date(self.year, 10, 12)
            note = _("Theo gia đình sang tỉnh khác")
            self.add(
                "status_event",
                *(gone, self.year, "CHUYEN_DI", day.isoformat()),
                pupil_id=gone,
                year=self.year,
                kind="CHUYEN_DI",
                on_date=day.isoformat(),
                note=note,
            )
            leavers[gone] = day
        return Classroom(class_id, name, grade, subjects, tuple(pupils), leavers)

    def _free_code(self) -> str:
        """A sector code that no pupil has yet."""
        code = f"11{self.random.randrange(10**8):08d}"
        while code in self._codes:
            code = f"11{self.random.randrange(10**8):08d}"
        self._codes.add(code)
        return code

    def _pupil(self, someone: DemoPerson, class_id: str, grade: int, number: int) -> str:
        random = self.random
        born = people.birthday(random, self.year - grade - 5)
        known = random.random() > 0.02
        code = self._free_code()
        pupil = self.add(
            "pupil",
            code,
            code=code,
            personal_number=people.personal_number(random, someone.sex, born) if known else None,
            name=someone.name,
            birth_date=born.isoformat(),
            sex=someone.sex,
            ethnic=someone.ethnic,
            nationality="Việt Nam",
            birth_place="Tỉnh Điện Biên",
            home=people.home(random),
            phone=people.phone(random) if random.random() > 0.1 else None,
            father_name=people.person(random, "NAM").name,
            mother_name=people.person(random, "NU").name,
        )
        self._row(
            "enrolment",
            name_id("enrolment", pupil, self.year),
            pupil_id=pupil,
            year=self.year,
            class_id=class_id,
            number=number,
            joined_on=f"{self.year}-09-05",
        )
        return pupil


def taught_apart(grade: int, n: int) -> set[str]:
    """The subjects of a class that have teachers of their own."""
    codes = {s.code for s in class_subjects(grade, n)}
    return codes & set(SPECIALISTS) if grade in PRIMARY else codes


def class_subjects(grade: int, n: int) -> tuple[ProposedSubject, ...]:
    """What class number `n` of a grade studies: every compulsory subject, and in upper secondary its four."""
    chosen = CHOSEN_BY_CLASS[(n - 1) % len(CHOSEN_BY_CLASS)]
    return tuple(
        s for s in proposed_subjects(grade) if s.taken == "all" or (s.code in chosen and s.taken == "chosen")
    )


def class_sizes(pupils: int, classes: int) -> list[int]:
    """Sizes that add up to `pupils`; where there is room, one class of 52 comes first and one of 45 last."""
    fixed = FULL + LARGE if pupils >= (FULL + LARGE) + (classes - 2) * 20 and classes > 2 else 0
    rest = classes - 2 if fixed else classes
    share, more = divmod(pupils - fixed, rest)
    sizes = [share + (n < more) for n in range(rest)]
    return [FULL, *sizes, LARGE] if fixed else sizes
