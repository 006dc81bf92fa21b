"""What joint statements hold of a person: who signed or declined for an organization, who shared a draft."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets("joint.Signature", Topic.WRITTEN, "decided_by", shown=("state", "word", "digest", "decided_at")),
    forgets("joint.DraftShare", Topic.WRITTEN, "shared_by", shown=("kind", "shared_at")),
)
