"""What the glossary's proposals hold of a person: who made them and who decided."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets(
        "taxonomy.GlossaryProposal",
        Topic.STAFF,
        "proposed_by",
        "decided_by",
        shown=("kind", "state", "comment", "proposed_at", "reason", "decided_at"),
    ),
)
