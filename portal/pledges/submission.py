"""The declaration of pledges for the desk and for moderation; the app's configuration names it."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.states import MASCULINE
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields, link_problems, pledge_problems, unstorable
from portal.pledges.forms import LinksForm, PledgeForm
from portal.pledges.models import Pledge
from portal.pledges.projection import project
from portal.pledges.queries import outcomes_and_sources
from portal.pledges.sent import FIELDS, replace, sent
from portal.submissions.decisions import DECISIONS
from portal.submissions.forms import as_keys
from portal.submissions.queries import visible_to
from portal.submissions.types import Phrases, Start, Step, SubmissionType


def _start(asked: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?intervention=` is what the pledge follows from; its organization is the pledge's."""
    wanted = as_keys(asked.getlist("intervention"))
    rows = visible_to(Intervention, actor).filter(key__in=wanted, organization__in=organizations)
    sources = list(rows) if wanted else []
    if sources:
        organizations = organizations.filter(pk=sources[0].organization_id)
    keys = tuple(source.key for source in sources)
    return Start(
        organizations,
        fields=lambda organization: PledgeFields(country=organization.country, intervention_keys=keys),
        context=lambda: {"sources": sources},
    )


PLEDGE = SubmissionType(
    kind="pledge",
    label=_("Pledge"),
    gender=MASCULINE,
    model=Pledge,
    path="pledges",
    decisions=DECISIONS,
    fields=FIELDS,
    phrases=Phrases(
        plural=_("Pledges"),
        new=_("New pledge"),
        start=_("Register a pledge"),
        begin=_("Start"),
        none=_(
            "No pledge yet. Register one that your organization made at a Global Refugee Forum, and link it "
            "to what you said."
        ),
        of_organization=_("Pledge of %(organization)s"),
        received=_("We have received your pledge"),
        declaration=_(
            "By submitting this pledge you confirm that your organization supports it and agrees to "
            "its publication, under the organization's name, once the secretariat has read it."
        ),
        link=_("Link a pledge"),
        link_to_it=_("Link a pledge to it"),
    ),
    start=_start,
    start_inside="pledges/desk/start_fields.html",
    starts_from=("intervention",),
    steps=(
        Step(
            name="pledge",
            title=_("The pledge"),
            form=PledgeForm,
            problems=lambda pledge, related: pledge_problems(pledge),
            is_started=lambda pledge, related: bool(pledge.title or pledge.description),
            corrects=frozenset(PledgeForm.base_fields),
        ),
        Step(
            name="links",
            title=_("What it is linked to"),
            form=LinksForm,
            problems=lambda pledge, related: link_problems(related.outcomes),
            is_started=lambda pledge, related: bool(related.outcomes),
            corrects=frozenset({"outcomes", "interventions"}),
        ),
    ),
    plain=("external_id", "forum", "title", "description", "stage", "language", "country"),
    prefetch=("outcomes", "sources"),
    related=lambda pledge: outcomes_and_sources(pledge.pk),
    unstorable=unstorable,
    replace=replace,
    sent=sent,
    project=project,
)
