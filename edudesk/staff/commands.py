"""Commands about staff: import staff."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.sheets.commands import add_import, import_from
from edudesk.staff.imports import import_staff, plan_staff
from edudesk.storage.command import Answer, Call, Command


def import_staff_list(call: Call) -> Answer:
    """Staff from Excel or CSV, or with --dry-run only what it would do."""
    return import_from(call, plan_staff, import_staff)


COMMANDS = (Command("import staff", N_("nhập danh sách nhân sự"), import_staff_list, add_import),)
