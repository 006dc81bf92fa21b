"""Recommendations as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.cms.queries import pages_by_key
from portal.conclusions.enums import PartKind
from portal.conclusions.public.columns import COLUMNS
from portal.conclusions.public.queries import heading_in, headings, of_kind
from portal.conclusions.public.recommendation_page import evidence_of, said_by, support_rows
from portal.conclusions.support import ALL, Force, read
from portal.interventions.records import by_consultation, keys_with_slug
from portal.plan.blocks import led_to
from portal.plan.filters import ActionKey, has_action
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import ACTION, CODE, Edge
from portal.publication.models import Record
from portal.publication.queries import targets, with_link
from portal.records.filters import Choice, Reader, RecordFilters
from portal.records.marks import by_mark
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import Badge, Block, RecordType, Shown
from portal.taxonomy.queries import organization_type_names

KEY = "[0-9a-f-]{36}"
PLENARY = "plenary"
PARTS = {"segment": PartKind.SEGMENT, "priority_area": PartKind.PRIORITY_AREA}


def of_consultation(rows: QuerySet[Record], name: str, slug: str) -> QuerySet[Record]:
    return rows.filter(facts__consultation__in=keys_with_slug(slug))


def asking(rows: QuerySet[Record], name: str, addressee: str) -> QuerySet[Record]:
    return with_link(rows, Relation.ADDRESSES, [addressee])


def supported(rows: QuerySet[Record], name: str, force: str) -> QuerySet[Record]:
    """Where nothing was counted, as for what the plenary made by itself, nobody was "none heard"."""
    rows = rows.filter(facts__force=force)
    return rows.exclude(facts__origin=PLENARY) if force == Force.NONE else rows


class RecommendationFilters(RecordFilters):
    consultation = by_consultation(of_consultation)
    segment = Choice(
        gettext_lazy("Segment"), field_name="facts__segment", pattern=KEY, description="As rows tell it."
    )
    priority_area = Choice(
        gettext_lazy("Priority area"),
        field_name="facts__priority_area",
        pattern=KEY,
        description="As rows tell it.",
    )
    addressee = Choice(
        gettext_lazy("Addressed to"),
        offered=lambda reader: (reader.type_names or organization_type_names(reader.language)).items(),
        method=asking,
        pattern="[a-z_]{1,40}",
        description="Code of an organization type, such as municipality.",
    )
    marks = by_mark()
    force = Choice(gettext_lazy("Force of support"), choices=Force.choices, method=supported)
    origin = Choice(
        gettext_lazy("Origin"),
        choices=[(PLENARY, gettext_lazy("From the plenary"))],
        field_name="facts__origin",
    )

    has_action = has_action(Relation.LEADS_TO)
    action = ActionKey(Relation.LEADS_TO)

    def __init__(
        self,
        query: Mapping[str, str],
        queryset: QuerySet[Record],
        reader: Reader,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        """Segments and areas are read together, in two queries."""
        super().__init__(query, queryset, reader, only=only)
        wanted = PARTS.keys() & self.filters.keys()
        parts = headings(reader.language) if wanted else []
        pages = pages_by_key({row.consultation for row in parts}, reader.language)
        titles = {key: page.title for key, page in pages.items()}
        self.titles = {str(key): title for key, title in titles.items()}
        self.segments = {row.key: row.label for row in parts}
        for name in wanted:
            self.filters[name].extra["choices"] = of_kind(parts, PARTS[name], titles)


def listed(record: Record, filters: RecordFilters) -> tuple[str, ...]:
    """Its number, consultation, segment and addressees, in a list; named as its filters name them."""
    assert isinstance(filters, RecommendationFilters)  # noqa: S101  # this type's own
    facts, names = record.facts, dict(filters.filters["addressee"].extra["choices"])
    addressees = ", ".join(str(names.get(code, code)) for code in addressees_of(record))
    segment = filters.segments.get(facts.get("segment", ""), "")
    told = (
        record.public_id,
        filters.titles.get(facts.get("consultation", ""), ""),
        _("Segment: %(names)s") % {"names": segment} if segment else "",
        _("Addressed to: %(names)s") % {"names": addressees} if addressees else "",
    )
    return tuple(filter(None, told))


def force_of(record: Record) -> Force:
    """Over all categories together."""
    code = record.facts.get("force", "")
    return Force(code) if code in Force.values else Force.NONE


def addressees_of(record: Record) -> list[str]:
    """Codes of organization types."""
    return str(record.facts.get("addressees", "")).split()


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """How strong the support was, of what was supported or judged by the editors; that it came from the
    plenary. The page says where nobody supports it, and what else it rests on."""
    force = force_of(record)
    made = (Badge(_("From the plenary")),) if record.facts.get("origin") else ()
    if force == Force.NONE and not _is_set(record):
        return made
    return (Badge(_("Support: %(force)s") % {"force": force.label}, "brand"), *made)


def _is_set(record: Record) -> bool:
    """Whether the editors set the force over all categories."""
    return any(row.is_set for row in read(str(record.facts.get("support", ""))) if row.category == ALL)


def rows(shown: Shown) -> list[dict[str, Any]]:
    """One query for the consultation."""
    record = shown.record
    key = record.facts.get("consultation")
    pages = pages_by_key([key] if key else [], shown.language).values()
    conclusions = [
        {
            "label": page.title,
            "url": f"{page.url}conclusions/",
            "lang": foreign(page.language, shown.language),
        }
        for page in pages
    ]
    whole = conclusions[0]["url"] if conclusions else ""
    parts = [
        {"term": term, "links": [{**_named(shown, name), "url": _part_url(whole, record, name)}]}
        for name, term in (("segment", _("Segment")), ("priority_area", _("Priority area")))
        if record.facts.get(name) or shown.reading.texts.get(name)
    ]
    return [
        {"term": _("Conclusions of"), "links": conclusions},
        *parts,
        {"term": _("Place in the document"), "value": record.facts.get("place", "")},
        {
            "term": _("Addressed to"),
            "links": [{"label": shown.type_names.get(code, code)} for code in addressees_of(record)],
        },
    ]


def _named(shown: Shown, name: str) -> dict[str, str]:
    """A segment or area as the document calls it in the reader's language, also where the recommendation
    itself is not translated. One query where it is not."""
    reading = shown.reading
    label = str(reading.texts.get(name, ""))
    if label and reading.language == shown.language:
        return {"label": label, "lang": ""}
    key = str(shown.record.facts.get("consultation", ""))
    named = heading_in(key, str(shown.record.facts.get(name, "")), shown.language)
    return (
        {"label": named, "lang": ""}
        if named
        else {"label": label, "lang": foreign(reading.language, shown.language)}
    )


def _part_url(whole: str, record: Record, name: str) -> str:
    """The part of the conclusions that it stands in; empty where they have no page."""
    key = record.facts.get(name, "")
    return f"{whole}#part-{key}" if whole and key else ""


RECOMMENDATION = RecordType(
    kind=RecordKind.RECOMMENDATION,
    letter="R",
    path="recommendations",
    texts=("text", "segment", "priority_area", "footnotes"),
    facts=frozenset(
        {
            "consultation",
            "place",
            "segment",
            "segment_number",
            "priority_area",
            "addressees",
            "origin",
            "force",
            "support",
        }
    ),
    edges=(
        Edge(Relation.DRAWS_ON, RecordKind.INTERVENTION),
        Edge(Relation.ADDRESSES, CODE),
        Edge(Relation.LEADS_TO, ACTION, is_later=True),
    ),
    columns=COLUMNS,
    is_marked=True,
    label=gettext_lazy("Recommendation"),
    plural=gettext_lazy("Recommendations"),
    lead=gettext_lazy(
        "What the consultations recommend, each with who supported it and the passages it comes from."
    ),
    nothing=gettext_lazy("No recommendation matches."),
    counted=lambda n: ngettext("%(number)s recommendation", "%(number)s recommendations", n),
    filters=RecommendationFilters,
    stage=Stage.RECOMMENDATION,
    facets=lambda record: {
        **{name: (key,) for name in ("consultation", "priority_area") if (key := record.facts.get(name))},
        "addressee": tuple(addressees_of(record)),
        "plan_action": tuple(targets(record, Relation.LEADS_TO)),
    },
    exported=("text", "segment", "priority_area"),
    badges=badges,
    listed=listed,
    rows=rows,
    detail=lambda record, language: {
        "evidence": evidence_of(record, language),
        "leads_to": [
            {"id": link.target, "confirmed": link.is_confirmed}
            for link in record.links.all()
            if link.relation == Relation.LEADS_TO
        ],
    },
    blocks=(
        Block("conclusions/support.html", support_rows),
        Block("conclusions/quotes.html", said_by),
        Block("records/linked.html", led_to),
        linked(
            Stage.PLEDGE,
            gettext_lazy("Pledges that go back to it"),
            gettext_lazy("No plan action or pledge goes back to it yet."),
            apart=(
                gettext_lazy("They name this recommendation"),
                gettext_lazy("Through an action of the plan"),
            ),
        ),
    ),
    template="conclusions/recommendation.html",
)
