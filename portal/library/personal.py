"""What the library holds of a person: who proposed documents and who decided about them."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets(
        "library.DocumentProposal",
        Topic.WRITTEN,
        "proposed_by",
        shown=("title", "file_name", "why", "proposed_at", "state", "reason"),
        texts=("about",),
    ),
    forgets("library.DocumentProposal", Topic.STAFF, "decided_by", shown=("title", "state", "reason")),
)
