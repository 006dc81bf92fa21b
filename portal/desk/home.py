"""What the desk's first page shows: a person's organizations and what they wrote. Its view calls it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.steps import TONES, moment
from portal.interventions import queries as interventions
from portal.interventions.enums import InterventionState
from portal.organizations import rules
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import organizations_of, with_role
from portal.pledges import queries as pledges
from portal.pledges.enums import PledgeLifecycle

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
class Home:
    """`can_write`: for at least one organization. `waits`: none of them may hand in yet."""

    organizations: list[Item]
    interventions: list[Item]
    pledges: list[Item]
    can_write: bool
    waits: bool


def home_of(actor: Actor) -> Home:
    """Three queries, whatever the number of lines (at most 100 of a kind, last saved first)."""
    rows = list(with_role(organizations_of(actor), actor, "pk").order_by("name"))
    return Home(
        organizations=[_organization(actor, row) for row in rows],
        interventions=[
            _written(row, InterventionState(row.state), "interventions_desk")
            for row in interventions.of_organizations(actor)[:LIMIT]
        ],
        pledges=[
            _written(row, PledgeLifecycle(row.lifecycle), "pledges_desk")
            for row in pledges.of_organizations(actor)[:LIMIT]
        ],
        can_write=any(rules.can_write_for(actor, row) for row in rows),
        waits=bool(rows) and not any(row.state == OrganizationState.VERIFIED for row in rows),
    )


def _organization(actor: Actor, row: Organization) -> Item:
    detail = reverse("organizations:detail", args=[row.key])
    todo = todo_url = ""
    if rules.can_send(actor, row):
        todo, todo_url = _("Complete the profile and send it"), _profile(row)
    elif row.state == OrganizationState.SUBMITTED:
        todo = _("The secretariat is checking it. You can write meanwhile.")
    state = OrganizationState(row.state)
    country = str(row.get_country_display())
    return Item(
        row.name, detail, row.language, [country], str(state.label), TONES.get(state, ""), todo, todo_url
    )


def _profile(row: Organization) -> str:
    return reverse("organizations:profile", args=[row.key])


def _written(row: Any, state: TextChoices, namespace: str) -> Item:
    detail = reverse(f"{namespace}:detail", args=[row.key])
    todo, todo_url = _next_step(row, str(state.value), detail)
    return Item(
        title=row.title or _("Untitled"),
        url=detail,
        lang=row.language if row.title else "",
        meta=[row.organization.name, _("saved at %(time)s") % {"time": moment(row.updated_at)}],
        state=str(state.label),
        tone=TONES.get(str(state.value), ""),
        todo=todo,
        todo_url=todo_url,
    )


def _next_step(row: Model, state: str, detail: str) -> tuple[str, str]:
    if state == "draft":
        return _("Go on writing"), detail
    if state == "returned":
        return _("Read why it came back, and mend it"), detail
    if state == "submitted":
        return _("The secretariat reads it next."), ""
    if state == "published" and row._meta.model_name == "intervention":
        return _("Link a pledge"), f"{reverse('pledges_desk:new')}?intervention={row.key}"  # type: ignore[attr-defined]
    return "", ""
