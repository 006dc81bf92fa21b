"""What offers of help hold of a person: who offered and who decided for their organizations."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets("matching.HelpOffer", Topic.WRITTEN, "offered_by", shown=("note", "state", "offered_at")),
    forgets("matching.HelpOffer", Topic.WRITTEN, "decided_by", shown=("state", "decided_at")),
)
