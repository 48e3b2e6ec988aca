"""Whose row it is: the pupil and the class, among those stored and those read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from edudesk.kernel.change import Value
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.school.rules import class_key, class_name, grade_of
from edudesk.school.store import classes, grades
from edudesk.storage.database import Database
from edudesk.students.fields import BY_KEY
from edudesk.students.import_rows import PlannedRow, ReadRow
from edudesk.students.schema import PUPIL_FIELDS
from edudesk.students.store import new_pupil_id

USUAL_AGE_OVER_GRADE = range(
    4, 9
)  # age at the start of the year minus grade; outside it a person should look


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    fields: Mapping[str, Value]
    class_key: str


class Matcher:
    """Finds the pupil and the class of each row among those stored and those read before it."""

    def __init__(self, db: Database, year: int, *, default_class: str, create_classes: bool) -> None:
        self._db = db
        self._year = year
        self._default = default_class
        self._create = create_classes
        self._grades = grades(db)
        self._classes = {class_key(one.name): one.name for one in classes(db, year)}
        self.new_classes: dict[str, str] = {}
        self._by_number: dict[tuple[str, str], _Known] = {}
        self._by_name: dict[tuple[str, str], list[_Known]] = {}
        self._rows: dict[tuple[str, str], tuple[int, str]] = {}
        for known in _stored(db, year):
            self._remember(known)

    def _remember(self, known: _Known) -> None:
        for key in ("code", "personal_number"):
            if known.fields.get(key):
                self._by_number[key, str(known.fields[key])] = known
        born = str(known.fields.get("birth_date") or "")
        self._by_name.setdefault((fold(str(known.fields["name"])), born), []).append(known)

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
            return PlannedRow(row.row, "added", new_pupil_id(self._db, given), key, row.number, given)
        same = (
            all(known.fields.get(name) == value for name, value in given.items()) and known.class_key == key
        )
        return PlannedRow(row.row, "unchanged" if same else "changed", known.id, key, row.number, given)

    def _class(self, row: ReadRow) -> str:
        text = row.class_text or self._default
        key = class_key(text)
        if key in self._classes or key in self.new_classes:
            return key
        if self._create and grade_of(text) in self._grades:
            self.new_classes[key] = class_name(text)
            return key
        reason, fix = _("Dòng không ghi lớp."), _("Gõ tên lớp, hoặc chọn lớp cho cả tệp.")
        if text:
            near = [name for name in self._classes.values() if grade_of(name) == grade_of(text)] or [
                *self._classes.values()
            ]
            reason = _("Trường không có lớp {name}.").format(name=text)
            fix = _("Chọn lớp: {names}.").format(names=", ".join(near[:6])) if near else _("Tạo lớp trước.")
        row.refused.append(Note(row.row, _("Lớp"), text, "CLASS_UNKNOWN", reason, fix))
        return key

    def _twice(self, row: ReadRow, class_id: str) -> None:
        name = str(row.fields.get("name") or "")
        marks = [(key, str(row.fields[key])) for key in ("code", "personal_number") if row.fields.get(key)]
        marks = marks or [("name", f"{fold(name)}/{row.fields.get('birth_date')}/{class_id}")]
        for key, value in marks:
            first = self._rows.setdefault((key, value), (row.row, name))
            if first[0] == row.row:
                continue
            reason = _("Trùng với dòng {row}, {name}.").format(row=first[0], name=first[1])
            shown = value if key in BY_KEY else name
            label = _(BY_KEY[key].label)
            row.refused.append(Note(row.row, label, shown, "ROW_TWICE", reason, _("Xem hai dòng.")))

    def _known(self, row: ReadRow, class_id: str) -> _Known | None:
        name, born = str(row.fields["name"]), str(row.fields.get("birth_date") or "")
        code, number = row.fields.get("code"), row.fields.get("personal_number")
        if code and ("code", str(code)) in self._by_number:
            return self._by_number["code", str(code)]
        by_number = self._by_number.get(("personal_number", str(number))) if number else None
        if by_number is not None:
            stored = by_number.fields
            if fold(str(stored["name"])) != fold(name) and born != str(stored.get("birth_date") or ""):
                reason = _("Số này đang là của {name}.").format(name=stored["name"])
                field = BY_KEY["personal_number"]
                refused = Note(row.row, _(field.label), str(number), "NUMBER_TAKEN", reason, _("Gõ lại số."))
                row.refused.append(refused)
            return by_number
        return self._namesake(row, (fold(name), born), class_id)

    def _namesake(self, row: ReadRow, who: tuple[str, str], class_id: str) -> _Known | None:
        """The one pupil of that name and birth date in the class whose own numbers do not speak against it."""

        def against(known: _Known) -> bool:
            numbers = ("code", "personal_number")
            return any(
                row.fields.get(n) and known.fields.get(n) and row.fields[n] != known.fields[n]
                for n in numbers
            )

        found = [k for k in self._by_name.get(who, []) if k.class_key == class_id and not against(k)]
        return found[0] if len(found) == 1 else None

    def _look(self, row: ReadRow, class_id: str, known: _Known | None) -> None:
        born, grade = row.fields.get("birth_date"), grade_of(class_id)
        if born and grade:
            age = self._year - int(str(born)[:4])
            if age - grade not in USUAL_AGE_OVER_GRADE:
                reason = _("{age} tuổi ở lớp {grade}.").format(age=age, grade=grade)
                note = Note(row.row, _("Ngày sinh"), str(born), "AGE", reason, _("Xem lại năm sinh."))
                row.warnings.append(note)
        elif not born:
            reason, fix = _("Chưa có ngày sinh."), _("Bổ sung sau.")
            row.warnings.append(Note(row.row, _("Ngày sinh"), "", "BIRTH_MISSING", reason, fix))
        if known is not None and known.class_key and known.class_key != class_id:
            reason = _("Đang ở lớp {old}, tệp ghi {new}: sẽ chuyển lớp.")
            said = reason.format(old=self._classes.get(known.class_key, known.class_key), new=row.class_text)
            row.warnings.append(Note(row.row, _("Lớp"), row.class_text, "CLASS_MOVED", said))


def _stored(db: Database, year: int) -> Iterator[_Known]:
    columns = ", ".join(f"p.{name}" for name in PUPIL_FIELDS)
    found = db.all(
        f"""select p.id, c.name, {columns} from pupil p
        left join enrolment e on e.pupil_id = p.id and e.year = ? and e.gone = 0
        left join school_class c on c.id = e.class_id and c.gone = 0 where p.gone = 0""",
        (year,),
    )
    for pupil_id, class_text, *values in found:
        yield _Known(pupil_id, dict(zip(PUPIL_FIELDS, values, strict=True)), class_key(class_text or ""))
