"""Pledges as public records: what the public rooms show of them; `portal.records` reads it."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.pledges import assessed, facts, page_parts, public_facts
from portal.pledges.columns import COLUMNS
from portal.pledges.filters import PledgeFilters
from portal.pledges.public_targets import records_of_keys
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ACTION, CODE, Edge
from portal.publication.models import Record
from portal.publication.queries import targets
from portal.records.listing import organization_links
from portal.records.parts import linked
from portal.records.places import country_row
from portal.records.stages import Stage
from portal.records.types import Block, RecordType, Section, Shown
from portal.taxonomy.enums import Outcome

APART = (
    gettext_lazy("Named in the pledge itself"),
    gettext_lazy("Through an action of the plan or a recommendation"),
)
# Facts that hold several parts: the API tells them one by one.
PARTS = ("parties", "goals", "said", "changes", "assessed")


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
        country_row(record, shown.language),
        {"term": _("Serves"), "links": outcome_links(record)},
        *page_parts.frame_rows(shown),
        {"term": _("Number here"), "value": record.public_id},
    ]


def detail(record: Record, language: str) -> dict[str, Any]:
    """What the API adds to one pledge: its parts as they are, organizations by their numbers."""
    parties = public_facts.parties_in(record.facts)
    known = records_of_keys(
        RecordKind.ORGANIZATION, [row.organization for row in parties if row.organization]
    )
    return {
        "parties": [
            {
                "organization": known[str(row.organization)].public_id if row.organization else "",
                "name": known[str(row.organization)].title if row.organization else row.name,
                "role": row.role,
                "state": row.state,
                "named_by": "source" if row.is_from_source else "organization",
            }
            for row in parties
            if not row.organization or str(row.organization) in known
        ],
        "goals": [
            row.as_json() | {"assessments": assessed.numbers_of_goal(record.facts, row.key)}
            for row in public_facts.goals_in(record.facts, record.texts)
        ],
        "places": [
            {"country": row.country, "role": row.role} for row in public_facts.places_in(record.facts)
        ],
        "changes": public_facts.changes_in(record.facts),
        **_help(record),
        "links": _links(record),
    }


def _links(record: Record) -> list[dict[str, str]]:
    """Actions by their key, records by their number; none that is not public. Two queries at most."""
    said = public_facts.links_in(record.facts)
    kinds = {Relation.TAKES_UP: RecordKind.RECOMMENDATION, Relation.RELATED: RecordKind.PLEDGE}
    known: dict[str, str] = {}
    for relation, kind in kinds.items():
        rows = records_of_keys(kind, [row.target for row in said if row.relation == relation])
        known |= {key: row.public_id for key, row in rows.items()}
    return [
        {
            "relation": row.relation,
            "target": known.get(row.target, row.target),
            "asserted_by": row.asserted_by,
            "confirmed_by": row.confirmed_by,
        }
        for row in said
        if row.relation not in kinds or row.target in known
    ]


def _help(record: Record) -> dict[str, list[str]]:
    """Numbers of the pledges that it helps, and of those that help it. One query, none without any."""
    ends = {name: targets(record, name) for name in (Relation.HELPS, Relation.HELPED_BY)}
    known = records_of_keys(RecordKind.PLEDGE, [key for keys in ends.values() for key in keys])
    return {name: [known[key].public_id for key in keys if key in known] for name, keys in ends.items()}


def facets(record: Record) -> dict[str, tuple[str, ...]]:
    """Each pledge counts once for a value, however many parties it has."""
    return {
        "plan_action": tuple(targets(record, Relation.CARRIES_OUT)),
        "forum": (forum,) if (forum := str(record.facts.get("forum") or "")) else (),
        "stage": (facts.stage_of(record).value,),
    }


PLEDGE = RecordType(
    kind=RecordKind.PLEDGE,
    letter="P",
    path="pledges",
    texts=("description", "goals", "means"),
    drawn=frozenset({"goals", "means"}),
    facts=frozenset(
        {
            *("external_id", "stage", "forum", "last_report_on", "reported_by", "pledge_kind", "numbers"),
            *("contributions", "needs", "starts_on", "ends_on", "amount", "currency", "places"),
            *PARTS,
        }
    ),
    who=frozenset({"external_id", "numbers"}),
    where=frozenset({"places"}),
    edges=(
        Edge(Relation.FOLLOWS, RecordKind.INTERVENTION),
        Edge(Relation.SERVES, CODE),
        Edge(Relation.CARRIES_OUT, ACTION),
        Edge(Relation.TAKES_UP, RecordKind.RECOMMENDATION),
        # Parties, the umbrella and related pledges are no steps of the trace.
        Edge(Relation.PARTY, CODE),
        Edge(Relation.PART_OF, CODE),
        # Set once both organizations have said it (`portal.matching`).
        Edge(Relation.HELPS, CODE, is_later=True),
        Edge(Relation.HELPED_BY, CODE, is_later=True),
        Edge(Relation.RELATED, CODE),
    ),
    columns=COLUMNS,
    is_marked=True,
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
    found_by=("external_id", "numbers"),
    facets=facets,
    badges=facts.badges,
    crumbs=crumbs,
    eyebrow=eyebrow,
    rows=rows,
    blocks=(
        Block("pledges/goals.html", page_parts.goals),
        Block("pledges/links.html", page_parts.parties),
        Block("pledges/links.html", page_parts.members),
        Block("pledges/links.html", page_parts.related),
        Block("pledges/stated.html", page_parts.stated),
        Block("pledges/changes.html", page_parts.changes),
        Block("pledges/links.html", page_parts.said_by),
        linked(Stage.PLAN_ACTION, gettext_lazy("Actions of the plan that it carries out")),
        linked(Stage.RECOMMENDATION, gettext_lazy("Recommendations that it goes back to"), apart=APART),
        linked(
            Stage.INTERVENTION,
            gettext_lazy("What it follows from"),
            gettext_lazy("The parties have not linked it to a contribution."),
            apart=APART,
        ),
        linked(Stage.QUESTION, gettext_lazy("Questions it goes back to")),
    ),
    kept=frozenset({"last_report_on", *PARTS}),
    facts_now=facts.facts_now,
    detail=detail,
)
