"""What consultations hold of a person: followed ones, and who gave or revoked a later deadline."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.common.personal import Held, Kept, Topic, deletes, forgets

# A mail that was never answered says that somebody mistyped, or typed another's address.
UNCONFIRMED = timedelta(days=7)

PERSONAL: tuple[Held, ...] = (
    deletes(
        "consultations.Follower",
        Topic.MAILS,
        "email",
        shown=("email", "consultation_key", "language", "asked_at", "confirmed_at", "told"),
    ),
    forgets(
        "consultations.LaterDeadline",
        Topic.STAFF,
        "given_by",
        "revoked_by",
        shown=("until", "reason", "given_at", "revoked_at"),
    ),
)

KEPT: tuple[Kept, ...] = (
    Kept(Topic.MAILS, _("An address that did not confirm that it follows a consultation"), UNCONFIRMED),
)
