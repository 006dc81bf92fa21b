"""What the desk's first page shows: a person's organizations and what they wrote. Its view calls it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.formatting import moment
from portal.conclusions.objections.queries import waiting
from portal.conclusions.objections.rules import may_read_objections
from portal.conclusions.rules import may_draft
from portal.followup.rules import may_follow_up
from portal.interventions.rules import may_read_entered
from portal.moderation.queries import number_waiting
from portal.moderation.rules import may_read_queue
from portal.networks.rules import may_edit_networks
from portal.organizations import rules
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization, OrganizationClaim
from portal.organizations.queries import claims_of, organizations_of, with_role
from portal.organizations.states import CLAIM_STATES, STATES
from portal.pledges.rules import may_link
from portal.pledges.uploads import may_import
from portal.submissions import rules as submission_rules
from portal.submissions.models import Submission
from portal.submissions.queries import of_organizations
from portal.submissions.types import SubmissionType, start_address, starting_from, submission_types

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what it is, where it stands, what one can do next."""

    title: str
    url: str
    lang: str
    meta: list[str]
    state: str
    tone: str
    todo: str = ""
    todo_url: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What an organization has written of one type, and where to start another one."""

    of: SubmissionType
    items: list[Item]
    new_url: str


@dataclass(frozen=True, slots=True)
class Home:
    """`can_write`: for at least one organization. `waits`: none of them may submit yet.

    `to_decide` is the number of what waits for a moderator, `objections` that of objections that wait, None
    for everybody else. `may_draft`: the conclusions of consultations.
    `may_read_room`: what was made in the room. `may_list`: organizations that have not
    signed up. `may_connect`: networks. `may_import`: tables of pledges. `may_follow_up`: who holds a seat.
    """

    organizations: list[Item]
    claims: list[Item]
    rooms: list[Room]
    can_write: bool
    waits: bool
    to_decide: int | None
    may_draft: bool
    may_read_room: bool
    objections: int | None
    may_list: bool
    may_connect: bool
    may_import: bool
    may_link: bool
    may_follow_up: bool


def home_of(actor: Actor) -> Home:
    """Three queries, and one for each type, whatever the number of lines (at most 100, last saved first)."""
    rows = list(with_role(organizations_of(actor), actor, "pk").order_by("name"))
    return Home(
        organizations=[_organization(actor, row) for row in rows],
        claims=[_claim(row) for row in claims_of(actor)[:LIMIT]],
        rooms=[_room(of, actor) for of in submission_types() if of.is_offered(actor)],
        can_write=any(rules.may_write_for(actor, row) for row in rows),
        waits=bool(rows) and not any(row.state == OrganizationState.VERIFIED for row in rows),
        to_decide=number_waiting() if may_read_queue(actor) else None,
        may_draft=may_draft(actor),
        may_read_room=may_read_entered(actor),
        objections=waiting().count() if may_read_objections(actor) else None,
        may_list=rules.may_list(actor),
        may_connect=may_edit_networks(actor),
        may_import=may_import(actor),
        may_link=may_link(actor),
        may_follow_up=may_follow_up(actor, timezone.now().date()),
    )


def _organization(actor: Actor, row: Organization) -> Item:
    state, todo = STATES[row.state], ""
    if rules.can_submit(actor, row) or state.is_waiting:
        todo = str(state.next_step)
    can_submit = rules.can_submit(actor, row)
    return Item(
        title=row.name,
        url=reverse("organizations:detail", args=[row.key]),
        lang=row.language,
        meta=[str(row.get_country_display())],
        state=STATES.label(row.state),
        tone=state.tone,
        todo=todo,
        todo_url=reverse("organizations:profile", args=[row.key]) if can_submit else "",
    )


def _claim(row: OrganizationClaim) -> Item:
    state = CLAIM_STATES[row.state]
    return Item(
        title=str(row),
        url=reverse("organizations:claimed", args=[row.key]),
        lang=row.language,
        meta=[_("Claim of a listed organization")],
        state=CLAIM_STATES.label(row.state),
        tone=state.tone,
        todo=str(state.next_step),
    )


def _room(of: SubmissionType, actor: Actor) -> Room:
    rows = of_organizations(of.model, actor)[:LIMIT]
    return Room(of, [_written(of, row, actor) for row in rows], of.address("new"))


def _written(of: SubmissionType, row: Submission, actor: Actor) -> Item:
    todo, todo_url = _next_step(of, row, actor)
    return Item(
        title=row.title or _("Untitled"),
        url=of.address("detail", row.key),
        lang=row.language if row.title else "",
        meta=[
            row.organization.name,
            *map(str, of.brief(row)),
            _("saved at %(time)s") % {"time": moment(row.updated_at)},
        ],
        state=of.state_label(row),
        tone=of.states[row.state].tone,
        todo=todo,
        todo_url=todo_url,
    )


def _next_step(of: SubmissionType, row: Submission, actor: Actor) -> tuple[str, str]:
    """What its state says; of something public, what can start from it, of several the one furthest along the
    trace. To do only for who may do it."""
    state = of.states[row.state]
    may_write = submission_rules.may_write_for(actor, row)
    if state.is_public and may_write:
        for other in reversed(starting_from(of.kind)):
            return str(other.phrases.link), start_address(other, of.kind, row.key)
    if state.is_editable:
        return (str(state.next_step), of.address("detail", row.key)) if may_write else ("", "")
    return str(state.next_step), ""
