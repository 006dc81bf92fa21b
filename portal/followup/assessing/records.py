"""Assessments as public records: what the public rooms show of them; `portal.records` reads it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from portal.common.countries import country_name
from portal.common.formatting import day
from portal.followup.addresses import path_of_body, path_of_cycle_slug
from portal.followup.assessing.columns import COLUMNS
from portal.followup.enums import Basis, Confidence
from portal.followup.models import Body
from portal.pledges import assessed
from portal.pledges.enums import Completion, ReportedStage
from portal.pledges.filters import OfPledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import Edge
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.filters import Choice, HiddenFilter, OrganizationNumber, Reader, RecordFilters, by_country
from portal.records.listing import organization_links
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.trace_links import foreign, link_to
from portal.records.types import Badge, Block, RecordType, Section, Shown

REPLY_DAYS = 30


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What a party says to it; `organization` is a key."""

    organization: str
    language: str
    on: str
    text: str


def replies_in(record: Record) -> list[PublicReply]:
    stated = str(record.facts.get("replies", ""))
    return [PublicReply(**row) for row in json.loads(stated)] if stated else []


def replies_until(record: Record) -> date:
    """The last day on which the parties may reply."""
    return (record.published_at + timedelta(days=REPLY_DAYS)).date()


class SlugIn(HiddenFilter):
    """Those whose fact is this slug."""

    pattern = r"[a-z0-9-]{1,60}"

    def __init__(self, name: str, description: str) -> None:
        super().__init__()
        self.fact, self.description = name, description

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return qs.filter(**{f"facts__{self.fact}": value}) if value else qs


def years(reader: Reader) -> Iterable[tuple[str, str]]:
    """Those in which somebody assessed, the newest first. One query."""
    rows = published(RecordKind.ASSESSMENT).order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in rows]


class AssessmentFilters(RecordFilters):
    completion = Choice(
        gettext_lazy("Completion"), choices=Completion.choices, field_name="facts__completion"
    )
    confidence = Choice(
        gettext_lazy("Confidence"), choices=Confidence.choices, field_name="facts__confidence"
    )
    claimed = Choice(
        gettext_lazy("What the parties claimed"), choices=ReportedStage.choices, field_name="facts__claimed"
    )
    year = Choice(
        gettext_lazy("Year"),
        offered=years,
        field_name="year",
        pattern="[0-9]{4}",
        description="Year in which it was submitted.",
    )
    country = by_country()
    pledge = OfPledge(Relation.ASSESSES)
    body = SlugIn("body", "Slug of a body, such as follow-up-commission.")
    cycle = SlugIn("cycle", "Slug of a review cycle, such as grf-2027.")
    organization = OrganizationNumber()


def completion_of(record: Record) -> Completion:
    return Completion(record.facts["completion"])


def claimed_of(record: Record) -> ReportedStage:
    return ReportedStage(record.facts["claimed"])


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """What it found, and beside it what the parties claimed."""
    completion = completion_of(record)
    claim = _("The parties claimed: %(stage)s") % {"stage": STAGES[claimed_of(record)]}
    return Badge(completion.label, assessed.TONES[completion]), Badge(claim)


STAGES = {
    ReportedStage.PLANNING: pgettext_lazy("claimed", "planning"),
    ReportedStage.IN_PROGRESS: pgettext_lazy("claimed", "in progress"),
    ReportedStage.FULFILLED: pgettext_lazy("claimed", "fulfilled"),
}


def rows(shown: Shown) -> list[dict[str, Any]]:
    record, language = shown.record, shown.language
    cycle = str(record.facts.get("cycle", ""))
    return [
        {"term": _("Pledge"), "links": [link_to(link, language) for link in shown.trace[Stage.PLEDGE]]},
        {"term": _("Assessed by"), "links": organization_links(record, language)},
        {"term": _("For"), "links": _body(str(record.facts["body"]), language)},
        {"term": _("Completion"), "value": completion_of(record).label},
        {"term": _("What the parties claimed"), "value": STAGES[claimed_of(record)]},
        {"term": _("Confidence"), "value": Confidence(record.facts["confidence"]).label},
        {"term": _("Evidence"), "value": Basis(record.facts["basis"]).label},
        {"term": _("Review cycle"), "value": cycle, "url": path_of_cycle_slug(cycle, language)},
        {"term": _("Country"), "value": country_name(record.country)},
    ]


def _body(slug: str, language: str) -> list[dict[str, Any]]:
    """One query."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        return []
    title, spoken = body.titled(language)
    url = path_of_body(body, language) if body.is_public else ""
    return [{"label": title, "url": url, "lang": foreign(spoken, language)}]


def replies(shown: Shown) -> dict[str, Any]:
    """Inputs of `followup/replies.html`. One query where there are any."""
    record, said = shown.record, replies_in(shown.record)
    keys = {row.organization for row in said}
    known = {
        str(row.source_key): row for row in published(RecordKind.ORGANIZATION).filter(source_key__in=keys)
    }
    until = replies_until(record)
    return {
        "rows": [
            {
                "author": known[row.organization].title if row.organization in known else "",
                "url": known[row.organization].path(shown.language) if row.organization in known else "",
                "text": row.text,
                "lang": foreign(row.language, shown.language),
                "on": day(date.fromisoformat(row.on)),
            }
            for row in said
        ],
        "until": day(until),
        "is_open": shown.now.date() <= until,
    }


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports."""
    return {
        "pledge": record.facts.get("pledge") or None,
        "cycle": record.facts.get("cycle") or None,
        "published_on": record.published_at.date().isoformat(),
        "replies_until": replies_until(record).isoformat(),
        "replies": len(replies_in(record)),
    }


def detail(record: Record, language: str) -> dict[str, Any]:
    """What the API adds to one: the replies in their own languages."""
    return {
        "reply_texts": [
            {"language": row.language, "on": row.on, "text": row.text} for row in replies_in(record)
        ]
    }


ASSESSMENT = RecordType(
    kind=RecordKind.ASSESSMENT,
    letter="V",
    path="assessments",
    texts=("text", "sources", "conflict"),
    columns=COLUMNS,
    exported=("text", "conflict"),
    facts=frozenset(
        {
            *("pledge", "body", "voice", "completion", "confidence", "basis", "claimed", "cycle"),
            "replies",
        }
    ),
    kept=frozenset({"replies"}),
    edges=(Edge(Relation.ASSESSES, RecordKind.PLEDGE), Edge(Relation.WEIGHS, RecordKind.REPORT)),
    label=gettext_lazy("Assessment"),
    plural=gettext_lazy("Assessments"),
    lead=gettext_lazy(
        "What bodies of the follow-up found of pledges to which they are no party. It stands beside what the "
        "parties report and is never added up with it."
    ),
    nothing=gettext_lazy("No assessment matches."),
    counted=lambda n: ngettext("%(number)s assessment", "%(number)s assessments", n),
    filters=AssessmentFilters,
    stage=Stage.REVIEW,
    section=Section(
        gettext_lazy("Assessments"),
        "",  # Only who holds a seat assesses.
        gettext_lazy("All %(number)s assessments"),
    ),
    headings={
        "sources": gettext_lazy("What it rests on"),
        "conflict": gettext_lazy("Conflict of interest"),
    },
    badges=badges,
    rows=rows,
    rows_tell=Stage.PLEDGE,
    blocks=(
        Block("followup/replies.html", replies),
        linked(Stage.REPORT, gettext_lazy("Progress reports that it weighs")),
        linked(Stage.QUESTION, gettext_lazy("Questions it goes back to")),
    ),
    facts_now=facts_now,
    detail=detail,
)
