"""What interventions hold of a person: who began them, and who entered what was said in a meeting."""

from portal.common.personal import Held, Topic, forgets
from portal.submissions.personal import written

PERSONAL: tuple[Held, ...] = (
    written("interventions.Intervention", "body", "recommendations"),
    forgets("interventions.MadeInRoom", Topic.STAFF, "entered_by", shown=("manner", "source", "entered_at")),
)
