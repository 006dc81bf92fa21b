"""What moderation holds of a person: what they decided, and what they look after."""

from portal.common.personal import Held, Topic, deletes, forgets

PERSONAL: tuple[Held, ...] = (
    forgets(
        "moderation.Decision",
        Topic.STAFF,
        "decided_by",
        shown=("kind", "object_key", "action", "ground", "reason", "decided_at"),
    ),
    deletes("moderation.Assignment", Topic.STAFF, "moderator", shown=("kind", "object_key", "since")),
    deletes(
        "moderation.InternalNote",
        Topic.STAFF,
        "author",
        shown=("kind", "object_key", "text", "written_at"),
    ),
    deletes(
        "moderation.ReadyMark",
        Topic.STAFF,
        "marked_by",
        shown=("kind", "object_key", "marked_at"),
    ),
)
