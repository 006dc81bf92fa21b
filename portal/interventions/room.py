"""Interventions made in the room, as verbs: the secretariat enters one, its organization confirms or objects.

What is entered waits for a moderator like everything else, and never for who entered it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.consultations.models import Session
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.queries import Chosen, chosen_questions
from portal.interventions.rules import CONFIRMABLE, may_enter
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.organizations.rules import may_speak_for, may_write_for
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.publication import domain as ledger
from portal.submissions.domain import keep_version
from portal.submissions.states import SubmissionState

KIND = "intervention"
LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class RoomFields:
    """Where and how it was made; `source` says where its text comes from."""

    session: Session
    manner: Manner
    source: str
    speaker_role: str = ""


@transaction.atomic
def enter(
    organization: Organization,
    *,
    fields: InterventionFields,
    room: RoomFields,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Intervention:
    """Enter one for an organization, with or without members; it waits for a moderator then.

    `key` of one that was returned enters it again. Raises `Incomplete` with all that is to correct. A
    consultation may be closed: it was open when this was said.
    """
    if not may_enter(actor):
        raise NotAllowed("enter an intervention made in the room")
    if organization.state not in ORGANIZATION_STATES.public:
        raise Incomplete([Problem("organization", _("This organization is not public."))])
    stored = _started(organization, key, actor, now)
    _store(stored, fields, room)
    _keep_room(stored, room, actor, now)
    related = chosen_questions(stored.pk)
    if problems := INTERVENTION.problems(stored, related):
        raise Incomplete(problems)
    return _submitted(stored, related, actor, now)


@transaction.atomic
def confirm(intervention: Intervention, *, actor: Actor, now: datetime) -> MadeInRoom:
    """Its organization says that it was so; readers are told when."""
    room = _locked(intervention, actor)
    if not may_speak_for(actor, room.intervention.organization):
        raise NotAllowed("confirm")
    if room.confirmed_at is None:
        room.confirmed_at, room.objected_at, room.objection = now, None, ""
        room.save()
        _record("confirmed", room.intervention, actor, now)
        _tell_readers(room.intervention, actor, now)
    return room


@transaction.atomic
def object_to(intervention: Intervention, *, words: str, actor: Actor, now: datetime) -> MadeInRoom:
    """Its organization tells the secretariat what is wrong; it is no longer confirmed then."""
    room = _locked(intervention, actor)
    if not may_write_for(actor, room.intervention.organization):
        raise NotAllowed("object")
    if not words.strip():
        raise Incomplete(
            [Problem("objection", _("Say what is wrong, so that the secretariat can correct it."))]
        )
    was_confirmed = room.confirmed_at is not None
    room.confirmed_at, room.objected_at, room.objection = None, now, words.strip()
    room.save()
    _record("objected", room.intervention, actor, now)
    if was_confirmed:
        _tell_readers(room.intervention, actor, now)
    return room


def _started(organization: Organization, key: UUID | None, actor: Actor, now: datetime) -> Intervention:
    """A new row, or the one that was returned, locked; a form sent twice finds it submitted."""
    if key is not None:
        rows = Intervention.objects.select_for_update().filter(key=key)
        if (stored := rows.first()) is not None:
            if not stored.is_from_room or stored.state != SubmissionState.RETURNED:
                raise WrongState(_("This has already been submitted and cannot be changed now."))
            stored.organization = organization
            return stored
    stored = Intervention(organization=organization, author_id=actor.user_id, created_at=now, updated_at=now)
    if key is not None:
        stored.key = key
    _record("created", stored, actor, now)
    return stored


def _store(stored: Intervention, fields: InterventionFields, room: RoomFields) -> None:
    """What was said, where it fits its columns."""
    for name in INTERVENTION.plain:
        if (value := getattr(fields, name)) is not None:
            setattr(stored, name, value)
    if problems := [*INTERVENTION.unstorable(stored, fields), *_room_problems(room)]:
        raise Incomplete(problems)
    stored.is_from_room = True
    stored.save()
    INTERVENTION.replace(stored, fields)


def _submitted(stored: Intervention, related: Chosen, actor: Actor, now: datetime) -> Intervention:
    stored.state, stored.reason = SubmissionState.SUBMITTED.value, ""
    stored.submitted_at = stored.updated_at = now
    stored.save()
    version = keep_version(stored, INTERVENTION.sent(stored, related), actor=actor, now=now)
    _record("submitted", stored, actor, now, receipt=version.receipt_number)
    return stored


def _room_problems(room: RoomFields) -> list[Problem]:
    problems = []
    if not room.source.strip():
        problems.append(Problem("source", _("Say where the text comes from, such as a recording.")))
    if len(room.source) > LONGEST_SOURCE:
        problems.append(Problem("source", _("Shorten it to 500 characters.")))
    return problems


def _keep_room(stored: Intervention, room: RoomFields, actor: Actor, now: datetime) -> None:
    values = {
        "session": room.session,
        "manner": room.manner.value,
        "speaker_role": room.speaker_role.strip(),
        "source": room.source.strip(),
        "entered_by_id": actor.user_id,
        "entered_at": now,
        "confirmed_at": None,
        "objected_at": None,
        "objection": "",
    }
    MadeInRoom.objects.update_or_create(intervention=stored, defaults=values)


def _locked(intervention: Intervention, actor: Actor) -> MadeInRoom:
    rows = MadeInRoom.objects.select_for_update(of=("self",)).select_related("intervention__organization")
    room = rows.filter(intervention__key=intervention.key).first()
    if room is None or not may_write_for(actor, room.intervention.organization):
        raise NotAllowed("confirm or object")
    if room.intervention.state not in CONFIRMABLE:
        raise WrongState(_("This waits for the secretariat, or was withdrawn."))
    return room


def _tell_readers(intervention: Intervention, actor: Actor, now: datetime) -> None:
    if intervention.state == SubmissionState.PUBLISHED:
        ledger.publish(INTERVENTION.project(intervention), actor=actor, now=now)


def _record(action: str, intervention: Intervention, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=KIND, key=intervention.key, actor=actor, now=now, details=details)
