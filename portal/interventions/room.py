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
from portal.common.errors import Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.consultations.models import Session
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import Manner
from portal.interventions.mails import tell_moderators
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
MOST_SOURCE, MOST_ROLE = 500, 200


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

    `key` of one that was returned enters it again, that of one that waits and says the same changes nothing.
    Raises `SavedBefore` where it says something else, `Incomplete` with all that is to correct. A
    consultation may be closed: it was open when this was said.
    """
    if not may_enter(actor):
        raise NotAllowed("enter an intervention made in the room")
    if organization.state not in ORGANIZATION_STATES.public:
        raise Incomplete([Problem("organization", _("This organization is not public."))])
    if (sent := _sent_before(key)) is not None:
        _require_same(sent, organization, fields, room)
        return sent
    stored = _started(organization, key, actor, now)
    _store(stored, fields, room)
    _keep_room(stored, room, actor, now)
    related = chosen_questions(stored)
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
    """Its organization tells the secretariat what is wrong; it is no longer confirmed, and moderators get a
    mail."""
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
    _record("objected", room.intervention, actor, now, mails=tell_moderators(room))
    if was_confirmed:
        _tell_readers(room.intervention, actor, now)
    return room


def _sent_before(key: UUID | None) -> Intervention | None:
    """What a form that is sent twice finds, locked; one that was returned is to be entered again."""
    if key is None:
        return None
    stored = Intervention.objects.select_for_update().filter(key=key).first()
    is_returned = stored is not None and stored.is_from_room and stored.state == SubmissionState.RETURNED
    return None if is_returned else stored


def _require_same(
    stored: Intervention, organization: Organization, fields: InterventionFields, room: RoomFields
) -> None:
    kept = MadeInRoom.objects.filter(intervention=stored).first()
    if kept is None or stored.organization_id != organization.pk:
        raise SavedBefore()
    given = {name: getattr(fields, name) for name in INTERVENTION.plain}
    is_same = (
        all(value is None or value == getattr(stored, name) for name, value in given.items())
        and list(fields.recommendations or ()) == stored.recommendations
        and set(fields.question_keys or ()) == set(chosen_questions(stored).keys)
        and (kept.session_id, kept.manner) == (room.session.pk, room.manner.value)
        and (kept.source, kept.speaker_role) == (room.source.strip(), room.speaker_role.strip())
    )
    if not is_same:
        raise SavedBefore()


def _started(organization: Organization, key: UUID | None, actor: Actor, now: datetime) -> Intervention:
    """A new row, or the one that was returned, locked."""
    if key is not None and (stored := Intervention.objects.filter(key=key).first()) is not None:
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
    problems = room_problems(source=room.source, speaker_role=room.speaker_role)
    if problems := [*INTERVENTION.unstorable(stored, fields), *problems]:
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


def room_problems(*, source: str, speaker_role: str) -> list[Problem]:
    """What is to correct in where the text comes from and in the speaker's role."""
    problems = []
    if not source.strip():
        problems.append(Problem("source", _("Say where the text comes from, such as a recording.")))
    if len(source) > MOST_SOURCE:
        problems.append(Problem("source", _("Shorten it to 500 characters.")))
    if len(speaker_role) > MOST_ROLE:
        problems.append(Problem("speaker_role", _("Shorten it to 200 characters.")))
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
