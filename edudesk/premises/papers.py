"""The papers of premises."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.kernel.words import N_
from edudesk.paper.kinds import PaperKind
from edudesk.premises.report_plan import plan_paper

PAPERS: Mapping[str, PaperKind] = {
    "floor-plan": PaperKind(N_("sơ đồ phòng từng tầng"), (), lambda db, w: plan_paper(db, w.year)),
}
