"""The table of the staff slice."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.checks import may_lack, one_of
from edudesk.kernel.replicated import Identity, Replicated
from edudesk.storage.slice_tables import SliceTables

TABLES = SliceTables(
    name="staff",
    tables=(
        Replicated(
            "staff",
            fields=("name", "code", "birth_date", "sex", "phone", "email", "role", "main_subject", "works"),
            identity=Identity("proposed", ("code",)),
            checks={
                "name": checks.FULL_NAME,
                **may_lack(
                    code=checks.OWN_CODE,
                    birth_date=checks.DATE,
                    sex=one_of("NAM", "NU"),
                    phone=checks.PHONE,
                    email=checks.NAME,
                    role=one_of("HT", "PHT", "GV", "NV"),
                    main_subject=checks.CODE,
                    works=checks.FLAG,
                ),
            },
        ),
    ),
    module="edudesk.staff.migrations",
    steps=("m001_staff",),
)
