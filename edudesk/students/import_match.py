"""Whose row it is: the pupil and the class, among those stored and those read before.

A code or a number decides as it is written, a name only when it is the exact name. A name that is alike but for its
accents is proposed: the row waits for an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Value
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.school.rules import class_key, class_name, grade_of
from edudesk.school.store import classes, grades
from edudesk.sheets.letters import exact, is_poorer, near
from edudesk.sheets.plan import RowQuestion
from edudesk.sheets.source import Where
from edudesk.storage.database import Database
from edudesk.students.columns import CLASS
from edudesk.students.fields import BY_KEY
from edudesk.students.import_rows import PlannedRow, ReadRow
from edudesk.students.schema import PUPIL_FIELDS
from edudesk.students.store import new_pupil_id

USUAL_AGE_OVER_GRADE = range(
    4, 9
)  # age at the start of the year minus grade; outside it a person should look
OWN_NUMBERS = ("code", "personal_number")
NEW, SAME = "new", "same:"  # answers to "is it one of these pupils": SAME goes before an id


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil as stored, and the class of the year."""

    id: str
    fields: Mapping[str, Value]
    class_key: str

    @property
    def name(self) -> str:
        """The name."""
        return str(self.fields["name"])

    @property
    def born(self) -> str:
        """The ISO birth date, "" for none."""
        return str(self.fields.get("birth_date") or "")


class Matcher:
    """Finds the pupil and the class of each row among those stored and those read before it."""

    def __init__(self, db: Database, year: int, *, default_class: str, create_classes: bool) -> None:
        self._db = db
        self._year = year
        self._default = default_class
        self._create = create_classes
        self._grades = grades(db)
        self._classes = {
            class_key(school_class.name): school_class.name for school_class in classes(db, year)
        }
        self.new_classes: dict[str, str] = {}
        self.questions: list[RowQuestion] = []
        self.answers: Mapping[Where, str] = {}
        self._by_number: dict[tuple[str, str], Known] = {}
        self._by_near: dict[str, list[Known]] = {}
        self._ids: dict[str, Known] = {}
        self._rows: dict[tuple[str, str], ReadRow] = {}
        self._in_file: Counter[tuple[str, str]] = Counter()
        self._taken_ids = {row for (row,) in db.all("select id from pupil where gone = 0")}
        for known in _stored(db, year):
            self._remember(known)

    def _remember(self, known: Known) -> None:
        self._ids[known.id] = known
        for key in OWN_NUMBERS:
            if known.fields.get(key):
                self._by_number[key, str(known.fields[key])] = known
        self._by_near.setdefault(near(known.name), []).append(known)

    def place_all(self, rows: Sequence[ReadRow]) -> dict[int, PlannedRow]:
        """What becomes of every row that is not refused, by the row's own id; no pupil is two rows."""
        for row in rows:
            self._in_file[self._class_key(row), exact(str(row.fields.get("name") or ""))] += 1
        taken: dict[int, PlannedRow] = {}
        whose: dict[str, ReadRow] = {}
        new: dict[tuple[str, str], list[ReadRow]] = {}
        for row in rows:
            planned = self.place(row)
            if planned is None or row.refused:
                continue
            first = whose.setdefault(planned.pupil_id, row)
            if first is row:
                taken[id(row)] = planned
                if planned.kind == "added" and not any(row.fields.get(key) for key in OWN_NUMBERS):
                    before = new.setdefault((planned.class_key, near(str(row.fields["name"]))), [])
                    self._look_alike(row, before)
                    before.append(row)
            else:
                self._refuse_twice(row, first, "name")
        return taken

    def place(self, row: ReadRow) -> PlannedRow | None:
        """What will become of the row; None when it is refused."""
        key = self._class(row)
        self._twice(row, key)
        if row.refused:
            return None
        known = self._known(row, key)
        if row.refused:
            return None
        given: dict[str, Value] = {name: value for name, value in row.fields.items() if value is not None}
        self._look(row, key, known)
        if known is None:
            return PlannedRow(row.row, "added", self._new_id(given), key, row.number, given, row.sheet)
        given = self._stored_spelling(row, given, known)
        same = (
            all(known.fields.get(name) == value for name, value in given.items()) and known.class_key == key
        )
        kind = "unchanged" if same else "changed"
        return PlannedRow(row.row, kind, known.id, key, row.number, given, row.sheet)

    def _new_id(self, given: Mapping[str, Value]) -> str:
        """The identity of a new pupil; a code that another pupil once had does not make them that pupil."""
        made = new_pupil_id(self._db, given, taken=self._taken_ids)
        self._taken_ids.add(made)
        return made

    def _stored_spelling(self, row: ReadRow, given: dict[str, Value], known: Known) -> dict[str, Value]:
        """What is given, without texts that are the stored ones without accents or in capitals."""
        poorer = {
            key
            for key, value in given.items()
            if BY_KEY[key].kind == "text"
            and known.fields.get(key)
            and is_poorer(str(value), str(known.fields[key]))
        }
        if "name" in poorer:
            reason = _("Trong máy viết là {name}: giữ cách viết ấy.").format(name=known.name)
            self._note(row, ("name", str(given["name"]), "NAME_SPELLING"), reason, "")
        return {key: value for key, value in given.items() if key not in poorer}

    # -- the class

    def _class_key(self, row: ReadRow) -> str:
        return class_key(self._class_text(row))

    def _class_text(self, row: ReadRow) -> str:
        """What the row says, else the title of its list, else its sheet, else the class chosen for the file."""
        if row.class_text:
            return row.class_text
        for title in row.titles:
            key = class_key(title)
            if (
                key in self._classes
                or (self._create and not key.isdigit())
                or (not key.isdigit() and not self._default)
            ):
                return title
        return self._default

    def _class(self, row: ReadRow) -> str:
        text = self._class_text(row)
        key = class_key(text)
        if self._default and not row.class_text and key != class_key(self._default):
            reason = _("Danh sách ghi lớp {title}, không phải {chosen}: đã theo danh sách.")
            sentence = reason.format(title=class_name(text), chosen=self._default)
            row.warnings.append(Note(row.row, _("Lớp"), text, "CLASS_TITLE", sentence, sheet=row.sheet))
        if key in self._classes or key in self.new_classes:
            return key
        if self._create and grade_of(text) in self._grades:
            self.new_classes[key] = class_name(text)
            return key
        if any(note.key == CLASS for note in row.refused):
            return key
        reason, fix = _("Dòng không ghi lớp."), _("Gõ tên lớp, hoặc chọn lớp cho cả tệp.")
        if text:
            alike = [name for name in self._classes.values() if grade_of(name) == grade_of(text)]
            names = ", ".join((alike or [*self._classes.values()])[:6])
            reason = _("Trường không có lớp {name}.").format(name=class_name(text))
            fix = _("Chọn lớp: {names}.").format(names=names) if names else _("Tạo lớp trước.")
        row.refused.append(Note(row.row, _("Lớp"), text, "CLASS_UNKNOWN", reason, fix, row.sheet, CLASS))
        return key

    # -- the pupil

    def _twice(self, row: ReadRow, key_of_class: str) -> None:
        name = str(row.fields.get("name") or "")
        identities = [(key, str(row.fields[key])) for key in OWN_NUMBERS if row.fields.get(key)]
        identities = identities or (
            [("name", f"{exact(name)}/{row.fields.get('birth_date')}/{key_of_class}")] if name else []
        )
        for key, value in identities:
            first = self._rows.setdefault((key, value), row)
            if first is row:
                continue
            self._refuse_twice(row, first, key)

    def _refuse_twice(self, row: ReadRow, first: ReadRow, key: str) -> None:
        where = _(" trang “{sheet}”").format(sheet=first.sheet) if first.sheet != row.sheet else ""
        reason = _("Trùng với dòng {row}{where}, {name}.")
        sentence = reason.format(row=first.row, where=where, name=first.fields.get("name") or "–")
        value = str(row.fields.get(key) or "")
        self._note(row, (key, value, "ROW_TWICE"), sentence, _("Xem hai dòng."), refused=True)

    def _look_alike(self, row: ReadRow, before: Sequence[ReadRow]) -> None:
        """Two new pupils of a file who may be one: alike but for accents or capitals, no day that tells them apart."""
        born = row.fields.get("birth_date")
        for first in before:
            other = first.fields.get("birth_date")
            if born and other and born != other:
                continue
            reason = _("Gần giống dòng {row}, {name}: sẽ thêm cả hai em.")
            sentence = reason.format(row=first.row, name=first.fields["name"])
            fields = ("name", str(row.fields["name"]), "NAMESAKE")
            self._note(row, fields, sentence, _("Xem có phải cùng một em không."))
            return

    def _known(self, row: ReadRow, key_of_class: str) -> Known | None:
        numbered = {
            key: known
            for key in OWN_NUMBERS
            if row.fields.get(key) and (known := self._by_number.get((key, str(row.fields[key]))))
        }
        for key, known in numbered.items():
            other = next((holder for holder in numbered.values() if holder.id != known.id), None)
            if other is not None or self._is_other(row, key_of_class, known):
                reason = _("Số này đang là của {name}.").format(name=known.name)
                fields = (key, str(row.fields[key]), "NUMBER_TAKEN")
                self._note(row, fields, reason, _("Gõ lại số."), refused=True)
                return None
        if numbered:
            known = next(iter(numbered.values()))
            self._look_at_name(row, known)
            return known
        return self._namesake(row, key_of_class)

    def _is_other(self, row: ReadRow, key_of_class: str, known: Known) -> bool:
        """Whether the number says one pupil and everything else another."""
        name, born = str(row.fields["name"]), str(row.fields.get("birth_date") or "")
        if near(name) == near(known.name):
            return False
        exactly = [pupil for pupil in self._by_near.get(near(name), []) if exact(pupil.name) == exact(name)]
        others = any(pupil.class_key == key_of_class and born in ("", pupil.born) for pupil in exactly)
        return others or (born != known.born and bool(born or not known.born))

    def _look_at_name(self, row: ReadRow, known: Known) -> None:
        name = str(row.fields["name"])
        if exact(name) != exact(known.name) and not is_poorer(name, known.name):
            reason = _("Mã, số này đang là của {name}: tên sẽ đổi theo tệp.").format(name=known.name)
            self._note(row, ("name", name, "NAME_DIFFERS"), reason, _("Xem lại mã và tên của dòng này."))

    def _namesake(self, row: ReadRow, key_of_class: str) -> Known | None:
        """The pupil of the class whose exact name and birth date it is; one who is only alike is asked about."""
        name, born = str(row.fields["name"]), str(row.fields.get("birth_date") or "")
        alike = [k for k in self._by_near.get(near(name), []) if not _against(row, k)]
        here = [k for k in alike if k.class_key == key_of_class]
        exactly = [k for k in here if exact(k.name) == exact(name)]
        same = [k for k in exactly if k.born == born] or [k for k in exactly if not (k.born and born)]
        if same:
            once = len(same) == 1 and (same[0].born == born or self._in_file[key_of_class, exact(name)] == 1)
            return same[0] if once else self._which(row, same)
        close = [
            k
            for k in here
            if k not in exactly
            and (k.born == born or not (k.born and born))
            and not self._in_file[key_of_class, exact(k.name)]
        ]
        if close:
            return self._proposed(row, close, born)
        self._look_for_namesakes(row, alike, (key_of_class, born))
        return None

    def _proposed(self, row: ReadRow, close: list[Known], born: str) -> Known | None:
        sure = len(close) == 1 and born and close[0].born == born
        if sure and is_poorer(str(row.fields["name"]), close[0].name):
            return close[0]  # the same name without its accents, the same day, the same class
        return self._which(row, close)

    def _which(self, row: ReadRow, candidates: list[Known]) -> Known | None:
        """The pupil chosen for the row; until somebody chooses it is refused, and the choice is offered."""
        answer = self.answers.get((row.sheet, row.row), "")
        if answer.startswith(SAME) and answer.removeprefix(SAME) in self._ids:
            return self._ids[answer.removeprefix(SAME)]
        if answer == NEW:
            return None
        name = str(row.fields["name"])
        names = _(" hay ").join(dict.fromkeys(k.name for k in candidates))
        twins = all(exact(k.name) == exact(name) for k in candidates)
        question = _("{name} hay {names}?").format(name=name, names=names)
        if twins:
            question = _("Lớp có {n} em tên {name}: là em nào?").format(n=len(candidates), name=name)
        options = [(SAME + k.id, _one_pupil(k)) for k in candidates[:4]]
        options.append((NEW, _("Em khác, thêm {name}").format(name=name)))
        self.questions.append(RowQuestion(row.sheet, row.row, "name", question, tuple(options)))
        code = "PUPIL_TWICE" if twins else "NAME_DIFFERS"
        reason = _("Trong lớp đã có {names}, tên chỉ khác dấu hoặc trùng: chưa rõ là em ấy hay em khác.")
        fix = _("Sửa tên cho đúng, hoặc ghi mã, số định danh của em.")
        self._note(row, ("name", name, code), reason.format(names=names), fix, refused=True)
        return None

    def _look_for_namesakes(self, row: ReadRow, alike: list[Known], where: tuple[str, str]) -> None:
        key_of_class, born = where
        name = exact(str(row.fields["name"]))
        for known in alike:
            if exact(known.name) != name or (known.class_key != key_of_class and known.born != born):
                continue
            place = self._classes.get(known.class_key, "–")
            reason = _("Đã có {name} ở lớp {class_name}, sinh {day}: sẽ thêm một em nữa.")
            sentence = reason.format(name=known.name, class_name=place, day=show_date(known.born) or "–")
            self._note(row, ("name", known.name, "NAMESAKE"), sentence, _("Xem có phải cùng một em không."))
            return

    # -- what a person should look at

    def _look(self, row: ReadRow, key_of_class: str, known: Known | None) -> None:
        born, grade = row.fields.get("birth_date"), grade_of(key_of_class)
        if born and grade:
            age = self._year - int(str(born)[:4])
            if age - grade not in USUAL_AGE_OVER_GRADE:
                reason = _("{age} tuổi ở lớp {grade}.").format(age=age, grade=grade)
                self._note(row, ("birth_date", show_date(str(born)), "AGE"), reason, _("Xem lại năm sinh."))
        elif not born and "birth_date" in row.columns:
            self._note(row, ("birth_date", "", "BIRTH_MISSING"), _("Chưa có ngày sinh."), _("Bổ sung sau."))
        if known is not None and known.class_key and known.class_key != key_of_class:
            reason = _("Đang ở lớp {old}, tệp ghi {new}: sẽ chuyển lớp.")
            sentence = reason.format(
                old=self._classes.get(known.class_key, known.class_key), new=class_name(self._class_text(row))
            )
            row.warnings.append(
                Note(row.row, _("Lớp"), row.class_text, "CLASS_MOVED", sentence, sheet=row.sheet)
            )

    def _note(
        self, row: ReadRow, what: tuple[str, str, str], reason: str, fix: str, *, refused: bool = False
    ) -> None:
        key, value, code = what
        label = row.columns.get(key) or _(BY_KEY[key].label)
        notes = row.refused if refused else row.warnings
        notes.append(Note(row.row, label, value, code, reason, fix, row.sheet, key))


def _one_pupil(known: Known) -> str:
    day = show_date(known.born)
    return _("Là {name}").format(name=f"{known.name} ({day})" if day else known.name)


def _against(row: ReadRow, known: Known) -> bool:
    """Whether the row's own numbers speak against the pupil."""
    return any(
        row.fields.get(n) and known.fields.get(n) and row.fields[n] != known.fields[n] for n in OWN_NUMBERS
    )


def _stored(db: Database, year: int) -> Iterator[Known]:
    columns = ", ".join(f"p.{name}" for name in PUPIL_FIELDS)
    records = db.all(
        f"""select p.id, c.name, {columns} from pupil p
        left join enrolment e on e.pupil_id = p.id and e.year = ? and e.gone = 0
        left join school_class c on c.id = e.class_id and c.gone = 0 where p.gone = 0""",
        (year,),
    )
    for pupil_id, class_text, *values in records:
        yield Known(pupil_id, dict(zip(PUPIL_FIELDS, values, strict=True)), class_key(class_text or ""))
