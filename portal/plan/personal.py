"""What links to the plan hold of a person: who asserted and who confirmed them."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets("plan.ActionLink", Topic.STAFF, "asserted_by", shown=("recommendation", "asserted_at")),
    forgets("plan.ActionLink", Topic.STAFF, "confirmed_by", shown=("recommendation", "confirmed_at")),
)
