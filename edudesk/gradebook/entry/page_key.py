"""Shared by the three pages of the gradebook: the key of the open page, and the choice of class and subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edudesk.kernel.words import _
from edudesk.school.programme import subject
from edudesk.school.store import classes
from edudesk.school.store_subjects import class_subjects
from edudesk.storage.database import Database

if TYPE_CHECKING:
    from edudesk.gradebook.exchange.form_template import FormPage

CLASS, SUBJECT = "gradebook.class", "gradebook.subject"  # settings of this PC: what was open last
Choices = list[tuple[object, str]]


class PageKey(NamedTuple):
    """Which page of the register: the year, the term (0 for the whole year), the class, the subject ("" for all)."""

    year: int
    term: int
    class_id: str
    code: str = ""


def class_choices(db: Database, year: int) -> Choices:
    """Every class of the year, “Lớp 9A2”. Primary classes, which have no marks in tenths, come too."""
    return [
        (school_class.id, _("Lớp {name}").format(name=school_class.name))
        for school_class in classes(db, year)
    ]


def subject_choices(db: Database, class_id: str) -> Choices:
    """The subjects of a class, in the order of its plan."""
    return [(taught.code, taught.name) for taught in class_subjects(db, class_id)]


def term_words(term: int) -> str:
    """Học kì I, Học kì II, Cả năm."""
    return {1: _("Học kì I"), 2: _("Học kì II")}.get(term, _("Cả năm"))


def page_name(page: FormPage) -> str:
    """“Toán · lớp 9A2 · Học kì I”."""
    message = _("{subject} · lớp {name} · {term}")
    return message.format(subject=subject(page.code).name, name=page.class_name, term=term_words(page.term))
