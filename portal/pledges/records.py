"""Pledges as public records: what the public rooms show of them; `portal.records` reads it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.languages import DEFAULT
from portal.plan.filters import ActionKey, has_action
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.voices import voices
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ACTION, CODE, Edge
from portal.publication.models import Record
from portal.publication.queries import targets, with_link
from portal.records.filters import Choice, OrganizationNumber, RecordFilters, by_country
from portal.records.listing import organization_links
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.types import Block, RecordType, Section, Shown
from portal.taxonomy.enums import Outcome


def serving(rows: QuerySet[Record], name: str, outcome: str) -> QuerySet[Record]:
    return with_link(rows, Relation.SERVES, [outcome])


class PledgeFilters(RecordFilters):
    outcome = Choice(
        gettext_lazy("Outcome of the multi-stakeholder pledge"), choices=Outcome.choices, method=serving
    )
    stage = Choice(gettext_lazy("Reported stage"), choices=ReportedStage.choices, field_name="facts__stage")
    country = by_country()
    organization = OrganizationNumber()
    has_action = has_action(Relation.CARRIES_OUT)
    action = ActionKey(Relation.CARRIES_OUT)


def outcome_links(record: Record) -> list[dict[str, Any]]:
    """The outcomes it serves, each with the list of the pledges that serve it too."""
    every = PLEDGE.address(get_language() or DEFAULT)
    served = [Outcome(code) for code in targets(record, Relation.SERVES) if code in Outcome.values]
    return [{"label": row.label, "url": f"{every}?outcome={row.value}"} for row in served]


def crumbs(record: Record) -> list[dict[str, Any]]:
    return [{"title": row["label"], "url": row["url"]} for row in outcome_links(record)[:1]]


def eyebrow(record: Record) -> list[str]:
    number = record.facts.get("external_id") or record.public_id
    forum = record.facts.get("forum")
    parts = [_("Pledge %(number)s") % {"number": number}]
    if forum:
        parts.append(_("Global Refugee Forum %(year)s") % {"year": forum})
    return parts


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    return [
        {"term": _("Pledging"), "links": organization_links(record, shown.language)},
        {"term": _("Country"), "value": country_name(record.country)},
        {"term": _("Serves"), "links": outcome_links(record)},
        {"term": _("Number here"), "value": record.public_id},
    ]


PLEDGE = RecordType(
    kind=RecordKind.PLEDGE,
    letter="P",
    path="pledges",
    texts=("description",),
    facts=frozenset({"external_id", "stage", "forum", "last_report_on"}),
    edges=(
        Edge(Relation.FOLLOWS, RecordKind.INTERVENTION),
        Edge(Relation.SERVES, CODE),
        Edge(Relation.CARRIES_OUT, ACTION),
        Edge(Relation.TAKES_UP, RecordKind.RECOMMENDATION),
    ),
    label=gettext_lazy("Pledge"),
    plural=gettext_lazy("Pledges"),
    lead=gettext_lazy(
        "Pledges of the Global Refugee Forum that serve the process. What the parties report, how fresh it "
        "is and what others found are separate facts."
    ),
    nothing=gettext_lazy("No pledge matches."),
    counted=lambda n: ngettext("%(number)s pledge", "%(number)s pledges", n),
    filters=PledgeFilters,
    stage=Stage.PLEDGE,
    section=Section(
        gettext_lazy("Pledges"),
        gettext_lazy("No pledge published yet."),
        gettext_lazy("All %(number)s pledges"),
    ),
    found_by=("external_id",),
    facets=lambda record: {"plan_action": tuple(targets(record, Relation.CARRIES_OUT))},
    badges=facts.badges,
    crumbs=crumbs,
    eyebrow=eyebrow,
    rows=rows,
    blocks=(
        Block("pledges/voices.html", lambda shown: {"voices": voices(shown.record, shown.now)}),
        linked(Stage.PLAN_ACTION, gettext_lazy("Actions of the plan that it carries out")),
        linked(Stage.RECOMMENDATION, gettext_lazy("Recommendations that it goes back to")),
        linked(
            Stage.INTERVENTION,
            gettext_lazy("What it follows from"),
            gettext_lazy("The parties have not linked it to a contribution."),
        ),
        linked(Stage.QUESTION, gettext_lazy("Questions it goes back to")),
    ),
    kept=frozenset({"last_report_on"}),
    facts_now=facts.facts_now,
)
