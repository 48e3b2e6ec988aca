"""The columns of a class list that are no fields of a pupil: class, number, a name in parts, a tick for girls."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.sheets.headings import FAMILY, GIVEN, NAME, NUMBER, Vocabulary, vocabulary
from edudesk.students.fields import FIELDS

__all__ = ["CLASS", "FAMILY", "GIVEN", "IS_FEMALE", "LABELS", "NAME", "NUMBER", "pupil_words"]
CLASS, IS_FEMALE = "class", "is_female"
LABELS = {CLASS: N_("Lớp"), NUMBER: N_("STT"), FAMILY: N_("Họ đệm"), GIVEN: N_("Tên"), IS_FEMALE: N_("Nữ")}


def pupil_words() -> Vocabulary:
    """The headings of a class list, in any language and in the one on screen."""
    return vocabulary("pupils", FIELDS, LABELS)


def headings() -> dict[str, str]:
    """Every heading that is known, as it is compared → the field it means."""
    return {heading: key for heading, (key, _rank) in pupil_words().known.items()}
