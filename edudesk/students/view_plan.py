"""How a plan of pupils is shown: labels of its columns, and what a row that will be taken says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edudesk.kernel.words import _
from edudesk.sheets.preview import PreviewFormat
from edudesk.students.columns import CLASS, NAME
from edudesk.students.fields import BY_KEY, FIELDS


def plan_format(class_names: Mapping[str, str]) -> PreviewFormat:
    """The look of a class list; `class_names` is class key → name."""
    labels = {CLASS: _("Lớp"), **{field.key: _(field.label) for field in FIELDS}}

    def shown(row: Any) -> dict[str, str]:
        texts = {key: BY_KEY[key].show(value) for key, value in row.fields.items() if key in BY_KEY}
        return {**texts, CLASS: class_names.get(row.class_key, row.class_key)}

    order = {NAME: labels[NAME], CLASS: labels[CLASS]}
    return PreviewFormat({**order, **labels}, shown)
