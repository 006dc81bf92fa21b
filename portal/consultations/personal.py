"""What consultations hold of a person: who of the secretariat gave or revoked a later deadline."""

from portal.common.personal import Held, Topic, forgets

PERSONAL: tuple[Held, ...] = (
    forgets(
        "consultations.LaterDeadline",
        Topic.STAFF,
        "given_by",
        "revoked_by",
        shown=("until", "reason", "given_at", "revoked_at"),
    ),
)
