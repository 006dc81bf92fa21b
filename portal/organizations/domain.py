"""What happens to an organization, as verbs; views, moderation and the demo call them."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.organizations import grounds, identities, logos, rules
from portal.organizations.directory import spelling
from portal.organizations.enums import AppealState, OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.organizations.profile_fields import unfit
from portal.organizations.projection import project
from portal.organizations.queries import appeal_waits, is_shown, took_mark_away, was_overruled
from portal.organizations.states import ONCE_VERIFIED, STATES
from portal.publication.domain import publish

KIND = "organization"
TAKES_TWO = _("It is at risk: two people of the secretariat say yes, each once.")
REFUSALS = frozenset({OrganizationState.DECLINED, OrganizationState.INFO_REQUESTED})


@dataclass(frozen=True, slots=True)
class OrganizationFields:
    """What a person may say about an organization, by the names of `profile_fields`; the logo apart.

    `names` by language; `alias_years` by other name: since and until, each of which may be empty.
    """

    name: str
    type_code: str
    country: str
    language: str
    names: dict[str, str] = field(default_factory=dict)
    acronym: str = ""
    aliases: list[str] = field(default_factory=list)
    alias_years: dict[str, list[str]] = field(default_factory=dict)
    place: str = ""
    countries: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    website: str = ""
    refugee_led: bool = False
    out_of_directory: bool = False
    description: str = ""
    mail_language: str = ""
    evidence: str = ""


@transaction.atomic
def create_organization(
    *,
    fields: OrganizationFields,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
    is_protected: bool = False,
) -> Organization:
    """A draft organization; the person who writes it down becomes its owner. `is_protected`: its name is
    withheld from the beginning.

    The same `key` with the same words gives the same organization: a form sent twice makes one. With
    others it raises `SavedBefore`.
    """
    if not rules.can_create(actor):
        raise NotAllowed("create organization")
    require_fit(fields)
    if key is None or not Organization.objects.filter(key=key).exists():
        _require_new(fields.name, actor)
    organization, is_new = Organization.objects.get_or_create(
        key=key or uuid4(), defaults={**asdict(fields), "created_at": now}
    )
    if not is_new:
        if not rules.can_view(actor, organization):
            raise NotAllowed("create organization")
        said = identities.identified(organization)
        if any(getattr(said, name) != value for name, value in asdict(fields).items()):
            raise SavedBefore()
        return organization
    Membership.objects.create(
        organization=organization, user_id=actor.user_id or 0, role=Role.OWNER, since=now
    )
    events.record("created", kind=KIND, key=organization.key, actor=actor, now=now)
    if is_protected:
        organization.is_at_risk = True
        identities.put_away(organization, now)
        events.record("protected", kind=KIND, key=organization.key, actor=actor, now=now)
    return organization


def _require_new(name: str, actor: Actor) -> None:
    """Raises `Incomplete` where the actor has written down one of this name that was not submitted yet."""
    own = Organization.objects.filter(memberships__user_id=actor.user_id or 0, state=OrganizationState.DRAFT)
    if any(spelling(each) == spelling(name) for each in own.values_list("name", flat=True)):
        told = _("You have a draft of this name already. Open it at your desk, or name this one otherwise.")
        raise Incomplete([Problem("name", told)])


@transaction.atomic
def update_organization(
    organization: Organization, *, fields: OrganizationFields, actor: Actor, now: datetime
) -> Organization:
    """Change the profile before it is verified; afterwards `changes.change_profile` does."""
    organization = editable(organization, actor)
    if organization.state in ONCE_VERIFIED:
        raise WrongState(_("What is public of it changes once the secretariat has read the change."))
    require_fit(fields)
    identities.write(organization, asdict(fields))
    if not organization.refugee_led:
        organization.refugee_led_at = None
    organization.save()
    events.record("changed", kind=KIND, key=organization.key, actor=actor, now=now)
    return organization


def require_fit(fields: OrganizationFields) -> None:
    """Raises `Incomplete` for what is longer, more or other than a profile takes."""
    if problems := unfit(asdict(fields)):
        raise Incomplete(problems)


def editable(organization: Organization, actor: Actor) -> Organization:
    """Its row for this transaction. Raises `NotAllowed`, or `WrongState` while it waits for a decision."""
    organization = locked(organization)
    if not rules.can_view(actor, organization):
        raise NotAllowed("update organization")
    if organization.state not in STATES.editable:
        raise WrongState(_("This cannot be changed while it waits for verification."))
    if appeal_waits(organization):
        raise WrongState(_("This cannot be changed while the secretariat decides about your appeal."))
    if not rules.can_edit(actor, organization):
        raise NotAllowed("update organization")
    return organization


@transaction.atomic
def submit_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Send the profile to the secretariat. Raises `Incomplete` naming each missing field."""
    organization = locked(organization)
    if not rules.may_submit(actor, organization):
        raise NotAllowed("submit organization")
    STATES.require(organization.state, OrganizationState.SUBMITTED)
    if problems := missing(identities.identified(organization), is_shown=is_shown(organization)):
        raise Incomplete(problems)
    identities.note_submitted(organization)
    organization.submitted_at, organization.first_yes_by = now, None
    organization.appeals.filter(state=AppealState.SUBMITTED).update(
        state=AppealState.WITHDRAWN.value, decided_at=now
    )
    return moved(organization, OrganizationState.SUBMITTED, "submitted", actor, now)


@transaction.atomic
def verify_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Verified: its public face enters the ledger and its members may submit.

    One at risk takes two moderators: `WrongState` before `give_first_yes`, `NotAllowed` to who gave that.
    """
    organization = locked(organization)
    if organization.state not in STATES.waiting:
        raise WrongState(_("Nothing to decide now: it was decided before."))
    require_second(organization, actor)
    organization = decided(organization, OrganizationState.VERIFIED, "", "verified", actor, now)
    identities.note_read(organization)
    return stand(organization, actor=actor, now=now)


def require_second(organization: Organization, actor: Actor) -> None:
    """For one at risk somebody else has said yes; who took that mark away says none."""
    require_known(organization, actor)
    if organization.is_at_risk and organization.first_yes_by_id is None:
        raise WrongState(_("It is at risk: two moderators verify it. Give the first yes."))
    if organization.is_at_risk and organization.first_yes_by_id == actor.user_id:
        raise NotAllowed("verify an organization twice")
    if not organization.is_at_risk and took_mark_away(actor, organization):
        raise NotAllowed("verify an organization that one has said is not at risk")


def require_known(organization: Organization, actor: Actor) -> None:
    """Nobody says yes to a withheld name unread."""
    if not rules.knows(actor, organization):
        raise WrongState(_("Read who it is before you say yes."))


@transaction.atomic
def give_first_yes(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Of two, for one at risk; it goes on waiting, or stays suspended, for somebody else."""
    organization = locked(organization)
    if not rules.may_review(actor, organization):
        raise NotAllowed("give the first yes")
    if not rules.takes_first_yes(organization):
        raise WrongState(_("Nothing to decide now: it was decided before."))
    require_known(organization, actor)
    organization.first_yes_by_id = actor.user_id
    organization.save(update_fields=["first_yes_by"])
    events.record("first_yes", kind=KIND, key=organization.key, actor=actor, now=now)
    return organization


def stand(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """It stands as verified from now on, in public too; the year begins anew."""
    organization.confirmed_at, organization.first_yes_by = now, None
    organization.reminded_on = organization.reminded_days = None
    organization.save()
    logos.publish_logo(organization, actor=actor, now=now)
    show(organization, actor=actor, now=now)
    return organization


def show(organization: Organization, *, actor: Actor, now: datetime) -> None:
    """Its public page as it stands now; a protected one has none."""
    if not organization.is_protected:
        publish(project(organization), actor=actor, now=now)


@transaction.atomic
def request_information(
    organization: Organization, *, reason: str, actor: Actor, now: datetime
) -> Organization:
    """Back to its members with a question."""
    return decided(
        locked(organization), OrganizationState.INFO_REQUESTED, reason, "information_requested", actor, now
    )


@transaction.atomic
def decline_organization(
    organization: Organization, *, reason: str, ground: str = "", actor: Actor, now: datetime
) -> Organization:
    """Not verified, with a ground and the reason; its members may correct the profile and send it again."""
    organization = locked(organization)
    organization.ground = require_ground(ground)
    return decided(organization, OrganizationState.DECLINED, reason, "declined", actor, now)


def require_ground(code: str) -> str:
    """Raises `Incomplete` for a code that is none."""
    if code not in grounds.CODES:
        raise Incomplete([Problem("ground", _("Choose why it is declined."))])
    return code


def missing(organization: Organization, *, is_shown: bool = False) -> list[Problem]:
    """What the secretariat needs before it can verify. `is_shown`: by files, or by others who vouch."""
    needed = {
        "name": _("Enter the name of the organization."),
        "type_code": _("Choose the kind of organization."),
        "country": _("Choose the country."),
        "description": _("Say in a few sentences what the organization does."),
        "evidence": _("Say how the secretariat can check that the organization exists."),
    }
    return [
        Problem(name, message)
        for name, message in needed.items()
        if not str(getattr(organization, name)).strip() and not (is_shown and name == "evidence")
    ]


def decided(
    organization: Organization,
    state: OrganizationState,
    reason: str,
    action: str,
    actor: Actor,
    now: datetime,
) -> Organization:
    """A moderator's decision about a locked row; only a yes does without a reason."""
    if not rules.may_review(actor, organization):
        raise NotAllowed(action)
    STATES.require(organization.state, state)
    if state != OrganizationState.VERIFIED and not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the members know what to correct."))])
    if state in REFUSALS and was_overruled(actor, organization):
        raise NotAllowed(action)
    organization.reason, organization.decided_at = reason.strip(), now
    organization.decided_by_id = actor.user_id
    if state != OrganizationState.DECLINED:
        organization.ground = ""
    if state in STATES.editable:
        organization.first_yes_by = None
    return moved(organization, state, action, actor, now)


def locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update().get(pk=organization.pk)


def moved(
    organization: Organization, state: OrganizationState, action: str, actor: Actor, now: datetime
) -> Organization:
    """The one door between states."""
    STATES.require(organization.state, state)
    organization.state = state.value
    organization.save()
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now)
    return organization
