"""A pupil who was taken back on one desk while another wrote about them: here again."""

from __future__ import annotations

from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.storage.database import Database


def restore_pupil(db: Database, pupil_id: str) -> Step:
    """The pupil as they were, in their newest class that is still there. Raises Refused ROW_MISSING, ROW_THERE."""
    newest = db.one(
        """select e.id, e.gone from enrolment e join school_class c on c.id = e.class_id and c.gone = 0
        where e.pupil_id = ? order by e.year desc""",
        (pupil_id,),
    )
    changes = db.revive("pupil", pupil_id)
    if newest is not None and newest[1]:
        changes += db.revive("enrolment", str(newest[0]))
    return db.do(Step(_("Lấy lại hồ sơ học sinh"), changes))
