"""What happens to contact notes, as verbs; the views and the worker call them. They are never changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.followup.contacting.rules import can_contact
from portal.followup.enums import ContactWay
from portal.followup.models import ContactNote
from portal.followup.queries import seats_of
from portal.pledges.models import Pledge

KIND = "contact_note"
MAX_WHOM, MAX_SAID = 200, 2000
# The names of persons are needed for one cycle and the one after it.
KEPT = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFields:
    on: date
    way: str
    whom: str
    said: str
    wait_until: date | None = None


@transaction.atomic
def note_contact(
    pledge: Pledge, *, fields: ContactFields, actor: Actor, now: datetime, key: UUID | None = None
) -> ContactNote:
    """The same note with the same `key` once.

    Raises `Incomplete` for what does not fit together, `NotAllowed` without a seat or for a party.
    """
    if not can_contact(actor, pledge, now.date()):
        raise NotAllowed("note a contact")
    if problems := _problems(fields, now.date()):
        raise Incomplete(problems)
    seat = seats_of(actor, now.date()).filter(body__runs_cycles=True)[0]
    who = {"organization": seat.organization, "author_id": actor.user_id}
    told = {**asdict(fields), **who, "pledge": pledge}
    note, is_new = ContactNote.objects.get_or_create(key=key or uuid4(), defaults=told | {"created_at": now})
    if not is_new and any(getattr(note, name) != value for name, value in told.items()):
        # Sent once more with other words, as by going back: nothing that was told is dropped.
        note, is_new = ContactNote.objects.create(**told, created_at=now), True
    if is_new:
        events.record("noted", kind=KIND, key=str(note.key), actor=actor, now=now)
    return note


def erase_old_notes(*, now: datetime) -> None:
    """Whom somebody spoke with and what was said, of contacts two years ago; day and way stay."""
    before = now.date() - KEPT
    ContactNote.objects.filter(on__lt=before).exclude(whom="", said="").update(whom="", said="")


def _problems(fields: ContactFields, today: date) -> list[Problem]:
    problems = []
    if fields.on > today:
        problems.append(Problem("on", _("This day is still to come. Write the day of the contact.")))
    if fields.way not in ContactWay.values:
        problems.append(Problem("way", _("Choose one of the list.")))
    if not fields.said.strip():
        problems.append(Problem("said", _("Write in a sentence what was said, or that nobody was reached.")))
    if fields.wait_until is not None and fields.wait_until < fields.on:
        problems.append(Problem("wait_until", _("Wait until a day after the contact.")))
    return problems
