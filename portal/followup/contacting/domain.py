"""What happens to contact notes, as verbs; the views and the worker call them. They are never changed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.common.formatting import day
from portal.followup.contacting.rules import can_contact
from portal.followup.enums import ContactWay
from portal.followup.models import ContactNote
from portal.followup.queries import seats_of
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.reports.queries import first_day

KIND = "contact_note"
MAX_WHOM, MAX_SAID = 200, 2000
# The names of persons are needed for one cycle and the one after it.
KEPT = timedelta(days=730)
LONGEST_WAIT = timedelta(days=366)


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
    if problems := _problems(fields, pledge, now.date()):
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


def _problems(fields: ContactFields, pledge: Pledge, today: date) -> list[Problem]:
    problems = _days(fields, _begins_on(pledge), today)
    if fields.way not in ContactWay.values:
        problems.append(Problem("way", _("Choose one of the list.")))
    if not fields.said.strip():
        problems.append(Problem("said", _("Write in a sentence what was said, or that nobody was reached.")))
    return problems


def _days(fields: ContactFields, begins: date | None, today: date) -> list[Problem]:
    problems, until = [], fields.wait_until
    if fields.on > today:
        problems.append(Problem("on", _("This day is still to come. Write the day of the contact.")))
    if begins is not None and fields.on < begins:
        told = gettext("The pledge is known since %(day)s. Write a day from then on.")
        problems.append(Problem("on", told % {"day": day(begins)}))
    if until is not None and until < fields.on:
        problems.append(Problem("wait_until", _("Wait until a day after the contact.")))
    if until is not None and until > fields.on + LONGEST_WAIT:
        problems.append(
            Problem("wait_until", _("Wait for a year at most, so that the pledge comes up again."))
        )
    return problems


def _begins_on(pledge: Pledge) -> date | None:
    """Nobody spoke of it before its own first day, that of its forum's year, or its publication."""
    record = published(RecordKind.PLEDGE).filter(source_key=pledge.key).first()
    if record is None:
        return None
    return min(filter(None, (first_day(record), record.published_at.date())))
