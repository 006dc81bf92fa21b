"""What saved searches hold of a person: their questions and the mails about them."""

from portal.common.personal import Held, Topic, deletes

PERSONAL: tuple[Held, ...] = (
    deletes(
        "saved.SavedSearch", Topic.RESEARCH, "owner", shown=("name", "address", "language", "created_at")
    ),
    deletes("saved.BatchSearch", Topic.RESEARCH, "owner", shown=("name", "asked", "language", "created_at")),
    deletes("saved.Digest", Topic.RESEARCH, "person", shown=("telling", "period", "created_at")),
)
