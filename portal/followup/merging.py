"""Seats, contacts, reminders and what is observed, when two organizations become one; the app declares it."""

from django.utils.translation import gettext_lazy as _

from portal.followup.followers import tell_observations
from portal.followup.models import Observation
from portal.organizations.merging.parts import Moving, Part, once


def _observed(part: Part, moving: Moving) -> None:
    """What was observed of its public record is observed of the other's, in public too."""
    moved = list(part.rows(moving.old).values_list("pk", flat=True))
    part.move_all(moving)
    tell_observations(Observation.objects.filter(pk__in=moved), moving.actor, moving.now)


PARTS = (
    Part(
        relation="followup.Seat.organization",
        label=_("Seats"),
        move=once(lambda row: (row.body_id, row.constituency, row.person_id, row.since, row.until)),
    ),
    Part(relation="followup.ContactNote.organization", label=_("Contacts with parties")),
    Part(
        relation="followup.Reminder.organization",
        label=_("Reminders"),
        move=once(lambda row: row.sent_on),
    ),
    Part(relation="followup.Observation.record", label=_("Observations about it"), move=_observed),
)
