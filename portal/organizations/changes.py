"""What a verified organization wants to say of itself waits for the secretariat; verbs of its members.

What readers see waits as one change, which its members may replace or take back; what only the secretariat
reads is kept at once. Identity is changed with a reason. `deciding` has the verbs of the secretariat.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import EditConflict, Incomplete, NotAllowed, Problem, WrongState
from portal.files.models import StoredFile
from portal.organizations import identities, logos, rules
from portal.organizations.domain import KIND, OrganizationFields, editable, locked, require_fit
from portal.organizations.enums import ChangeState
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.profile_fields import IDENTITY, NAMES, PRIVATE, mark_of, unfit
from portal.organizations.queries import waiting_change
from portal.organizations.states import CHANGE_STATES, ONCE_VERIFIED

# What readers see and no verification rests on.
OPEN = frozenset(NAMES) - IDENTITY - PRIVATE - {"logo_text"}
_TOGETHER = frozenset({"aliases", "alias_years"})


@transaction.atomic
def change_profile(
    organization: Organization, *, fields: OrganizationFields, actor: Actor, now: datetime
) -> ProfileChange | None:
    """Of one that was verified: what is private at once, the rest as the change that waits; None for none.

    Its identity stays, whatever the fields say.
    """
    organization, said = _once_verified(organization, actor), asdict(fields)
    require_fit(fields)
    if organization.is_protected:
        _kept(organization, {name: said[name] for name in OPEN | PRIVATE}, actor, now)
        return None
    if any(getattr(organization, name) != said[name] for name in PRIVATE):
        for name in PRIVATE:
            setattr(organization, name, said[name])
        organization.submitted_profile = organization.profile
        organization.save()
        events.record("changed", kind=KIND, key=organization.key, actor=actor, now=now)
    return _propose(organization, {name: said[name] for name in OPEN}, actor, now)


def wait_for_reading(
    organization: Organization, *, read: Mapping[str, Any], actor: Actor, now: datetime
) -> ProfileChange | None:
    """Its locked row says again what the secretariat has read; what its members wrote since waits."""
    names = [name for name in OPEN if name in read]
    wanted = {name: getattr(organization, name) for name in names}
    for name in names:
        setattr(organization, name, read[name])
    organization.submitted_profile = organization.profile
    organization.save()
    return _propose(organization, wanted, actor, now)


@transaction.atomic
def ask_identity(
    organization: Organization,
    *,
    identity: Mapping[str, Any],
    note: str,
    actor: Actor,
    now: datetime,
    seen: str = "",
) -> ProfileChange | None:
    """Ask for another name, type or country, by the names of the fields. Raises `Incomplete`.

    What is the same as now is asked for no longer. `seen` is the mark of what the form showed:
    `EditConflict` with `asked_identity` where that is another one now.
    """
    organization = _once_verified(organization, actor)
    require_named(organization)
    problems = [] if note.strip() else [Problem("note", _("Say why, so that the secretariat can check it."))]
    if not str(identity["name"]).strip():
        problems.append(Problem("name", _("Enter the name of the organization.")))
    if problems := problems or unfit(identity):
        raise Incomplete(problems)
    wanted = {name: identity[name] for name in IDENTITY}
    kept = asked_identity(organization)
    if seen not in {"", mark_of(kept)} and kept != wanted | {"note": note.strip()}:
        raise EditConflict(kept)
    return _propose(organization, wanted, actor, now, note=note.strip())


def asked_identity(organization: Organization) -> dict[str, Any]:
    """The identity that it has or asks for, and why, as the form goes on with it. One query."""
    change = waiting_change(organization)
    said = organization.profile | (change.profile if change else {})
    return {name: said[name] for name in IDENTITY} | {"note": change.note if change else ""}


@transaction.atomic
def change_logo(
    organization: Organization, *, logo: StoredFile | None, text: str, actor: Actor, now: datetime
) -> ProfileChange | None:
    """Another logo or none, with what it shows; it waits as the rest does once the organization is verified.

    Raises `Incomplete` for a logo without words.
    """
    if logo is not None and not text.strip():
        raise Incomplete([Problem("logo_text", _("Say what the logo shows, for those who do not see it."))])
    organization = editable(organization, actor)
    require_named(organization)
    text = text.strip() if logo else ""
    if organization.state in ONCE_VERIFIED:
        return _propose(organization, {"logo_text": text}, actor, now, logo=(logo,))
    before, organization.logo, organization.logo_text = organization.logo, logo, text
    organization.save()
    events.record("changed", kind=KIND, key=organization.key, actor=actor, now=now)
    logos.forget_logo(before, now=now)
    return None


@transaction.atomic
def withdraw_change(change: ProfileChange, *, actor: Actor, now: datetime) -> ProfileChange:
    """By who writes for the organization, while it waits; the page stays as it is."""
    organization, change = both(change)
    if not rules.may_write_for(actor, organization):
        raise NotAllowed("withdraw a change")
    CHANGE_STATES.require(change.state, ChangeState.WITHDRAWN)
    return ended(change, organization, ChangeState.WITHDRAWN, "change_withdrawn", actor, now)


def _kept(organization: Organization, said: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Nothing of it is public, so that nothing waits."""
    identities.write(organization, said)
    if not organization.refugee_led:
        organization.refugee_led_at = None
    identities.note_submitted(organization)
    organization.save()
    events.record("changed", kind=KIND, key=organization.key, actor=actor, now=now)


def require_named(organization: Organization) -> None:
    """Raises `WrongState` where its name is withheld."""
    if organization.is_protected:
        raise WrongState(_("The name of this organization is withheld: this cannot be changed meanwhile."))


def _once_verified(organization: Organization, actor: Actor) -> Organization:
    organization = editable(organization, actor)
    if organization.state not in ONCE_VERIFIED:
        raise WrongState(_("This organization is not verified. Change its profile."))
    return organization


def _propose(
    organization: Organization,
    wanted: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    note: str | None = None,
    logo: tuple[StoredFile | None] | None = None,
) -> ProfileChange | None:
    """The change that waits, with these fields as they are wanted and all others as they were in it."""
    change = waiting_change(organization) or ProfileChange(organization=organization)
    before = (change.profile, change.note, change.changes_logo, change.logo_id)
    kept = {name: value for name, value in change.profile.items() if name not in wanted}
    change.profile = kept | _changed(organization, wanted)
    if note is not None:
        change.note = note
    replaced = change.logo
    if logo is not None:
        change.logo, change.changes_logo = logo[0], logo[0] != organization.logo
    if not IDENTITY & change.profile.keys():
        change.note = ""
    if not change.profile and not change.changes_logo:
        _drop(change, organization, actor, now)
        return None
    if before == (change.profile, change.note, change.changes_logo, change.logo_id):
        return change
    change = _submitted(change, organization, actor, now)
    logos.forget_logo(replaced, now=now)
    return change


def _changed(organization: Organization, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What is another than now; other names go with their years."""
    names = {name for name, value in wanted.items() if getattr(organization, name) != value}
    names |= _TOGETHER if names & _TOGETHER else set()
    return {name: wanted[name] for name in wanted if name in names}


def _submitted(
    change: ProfileChange, organization: Organization, actor: Actor, now: datetime
) -> ProfileChange:
    change.before = {name: getattr(organization, name) for name in change.profile}
    change.author_id, change.submitted_at, change.first_yes_by = actor.user_id, now, None
    change.language = change.profile.get("language", organization.language)
    change.save()
    _log("change_submitted", change, organization, actor, now)
    return change


def _drop(change: ProfileChange, organization: Organization, actor: Actor, now: datetime) -> None:
    """Everything is as it was."""
    if change.pk is not None:
        change.refresh_from_db()
        ended(change, organization, ChangeState.WITHDRAWN, "change_withdrawn", actor, now)


def both(change: ProfileChange) -> tuple[Organization, ProfileChange]:
    """Locked, the organization first as everywhere."""
    organization = locked(change.organization)
    change = ProfileChange.objects.select_for_update().get(pk=change.pk)
    change.organization = organization
    return organization, change


def ended(
    change: ProfileChange,
    organization: Organization,
    state: ChangeState,
    action: str,
    actor: Actor,
    now: datetime,
) -> ProfileChange:
    """The file stays with the organization, or goes."""
    change.state, change.decided_at = state.value, now
    logo, change.logo = change.logo, None
    change.save()
    _log(action, change, organization, actor, now)
    logos.forget_logo(logo, now=now)
    return change


def _log(action: str, change: ProfileChange, organization: Organization, actor: Actor, now: datetime) -> None:
    """Which fields, never what they say."""
    fields = sorted([*change.profile, *(["logo"] if change.changes_logo else [])])
    told: dict[str, object] = {"fields": fields}
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now, details=told)
