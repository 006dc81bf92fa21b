"""Observations as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.ids import parse_public_id
from portal.followup.addresses import path_of_body
from portal.followup.assessing.filters import SlugIn
from portal.followup.cycles.naming import cycle_links
from portal.followup.enums import BodyKind, Voice
from portal.followup.models import Body
from portal.followup.observing.columns import COLUMNS
from portal.followup.observing.drafts import addresses_in, is_address
from portal.followup.observing.subjects import observable, subject_called
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import CODE, Edge
from portal.publication.models import Record
from portal.publication.queries import counted_by, linking_to
from portal.records.filters import (
    Choice,
    HiddenFilter,
    OrganizationNumber,
    Reader,
    RecordFilters,
    by_country,
    by_type,
)
from portal.records.listing import organization_links
from portal.records.places import country_row
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import Badge, Block, RecordType, Section, Shown

REFUGEE_LED = "refugee_led"


class SubjectIdentity(HiddenFilter):
    """The observations of one thing, by the number of a record or the key of an action."""

    pattern = r"([A-Z]-[0-9]{1,9}|[a-z0-9-]{1,30}:[A-Za-z0-9._-]{1,40})"
    description = "Number of a record or key of a plan action, such as P-00007 or chile-2024:1.1."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        return qs.filter(facts__subject=normal(value)) if value else qs


def normal(identity: str) -> str:
    """`p-7` is `P-00007`."""
    number = parse_public_id(identity)
    return f"{number[0]}-{number[1]:05d}" if number else identity


def years(reader: Reader) -> Iterable[tuple[str, str]]:
    """Those in which somebody observed, the newest first. One query."""
    rows = sorted(counted_by(RecordKind.OBSERVATION, "year"), reverse=True)
    return [(str(year), str(year)) for year in rows]


class ObservationFilters(RecordFilters):
    subject_kind = Choice(
        gettext_lazy("What it is about"),
        offered=lambda reader: observable().items(),
        field_name="facts__subject_kind",
        pattern="[a-z_]{1,40}",
        description="Kind of record, such as pledge, or plan_action.",
    )
    voice = Choice(gettext_lazy("Who observes"), choices=Voice.choices, field_name="facts__voice")
    type = by_type()
    year = Choice(
        gettext_lazy("Year"),
        offered=years,
        field_name="year",
        pattern="[0-9]{4}",
        description="Year in which it was submitted.",
    )
    country = by_country()
    subject = SubjectIdentity()
    cycle = SlugIn("cycle", "Slug of a review cycle, such as grf-2027.")
    body = SlugIn("body", "Slug of an observatory, such as regional-observatory.")
    organization = OrganizationNumber()


def is_note(record: Record) -> bool:
    """Whether the observatory says it."""
    return record.facts.get("voice") == Voice.OBSERVATORY


def badges(record: Record, now: datetime | None = None) -> tuple[Badge, ...]:
    """For whom it speaks, and that those it is about lead it."""
    note = (Badge(_("Note of the observatory"), "brand"),) if is_note(record) else ()
    led = (Badge(_("Refugee-led organization"), "good"),) if record.type_code == REFUGEE_LED else ()
    return (*note, *led)


def subject_words(record: Record) -> str:
    """`Pledge P-00007`."""
    kind, identity = str(record.facts.get("subject_kind", "")), str(record.facts.get("subject", ""))
    return f"{observable().get(kind, kind)} {identity}"


def listed(record: Record, filters: RecordFilters) -> tuple[str, ...]:
    return (record.public_id, _("On: %(subject)s") % {"subject": subject_words(record)})


def rows(shown: Shown) -> list[dict[str, Any]]:
    """Four queries at most."""
    record, language = shown.record, shown.language
    cycle, body = (str(record.facts.get(name, "")) for name in ("cycle", "body"))
    subject = subject_called(str(record.facts["subject"]))
    about = subject.link(language) if subject else None
    label = f"{about['kind']} {record.facts['subject']}" if about else ""
    return [
        {"term": _("It is about"), "links": [about] if about else [], "note": label},
        {"term": _("Observed by"), "links": organization_links(record, language)},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        {"term": _("For"), "links": _body(body, language)},
        {"term": _("Review cycle"), "links": cycle_links(cycle, language)},
        country_row(record, language, is_about=True),
    ]


def _body(slug: str, language: str) -> list[dict[str, Any]]:
    """One query."""
    body = Body.objects.filter(slug=slug).first() if slug else None
    if body is None:
        return []
    title, spoken = body.titled(language)
    url = path_of_body(body, language) if body.is_public else ""
    return [{"label": title, "url": url, "lang": foreign(spoken, language)}]


def sources(shown: Shown) -> dict[str, Any]:
    """Inputs of `followup/observation.html`: what it rests on, and the conflict of interest."""
    texts = shown.reading.texts
    return {
        "lines": [pieces(line) for line in texts.get("sources", [])],
        "conflict": texts.get("conflict", ""),
        "lang": foreign(shown.reading.language, shown.language),
    }


def pieces(line: str) -> list[dict[str, str]]:
    """A line in parts, those that are addresses with their `url`."""
    told: list[dict[str, str]] = []
    for address in addresses_in(line):
        before, _address, line = line.partition(address)
        told += [{"text": before}, {"text": address, "url": address if is_address(address) else ""}]
    return [*told, {"text": line}]


def own_reading(shown: Shown) -> dict[str, Any]:
    """The observatory's assessments of the pledge that its note is about. One query, none without a note."""
    record = shown.record
    keys = [link.target for link in record.links.all() if link.relation == Relation.OBSERVES]
    if not is_note(record) or record.facts.get("subject_kind") != RecordKind.PLEDGE:
        return {"rows": []}
    readings = linking_to(Relation.ASSESSES, keys).filter(facts__voice=BodyKind.OBSERVATORY.value)
    return {
        "anchor": Stage.REVIEW.value,
        "title": _("The observatory’s own assessment"),
        "rows": [
            {
                "label": row.title,
                "url": row.path(shown.language),
                "lang": foreign(row.language, shown.language),
            }
            | {"note": row.public_id}
            for row in readings
        ],
    }


def beside(record: Record) -> tuple[str, str]:
    """Kind and key of what it is about, whose trace stands on its page."""
    keys = [link.target for link in record.links.all() if link.relation == Relation.OBSERVES]
    return str(record.facts["subject_kind"]), keys[0]


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports."""
    return {
        "subject": record.facts.get("subject") or None,
        "subject_kind": record.facts.get("subject_kind") or None,
        "voice": record.facts.get("voice") or None,
        "body": record.facts.get("body") or None,
        "cycle": record.facts.get("cycle") or None,
        "is_refugee_led": record.type_code == REFUGEE_LED,
        "published_on": record.published_at.date().isoformat(),
    }


OBSERVATION = RecordType(
    kind=RecordKind.OBSERVATION,
    letter="N",
    path="observations",
    columns=COLUMNS,
    of_another=True,
    texts=("text", "sources", "conflict"),
    drawn=frozenset({"sources", "conflict"}),
    exported=("text", "conflict"),
    facts=frozenset({"subject", "subject_kind", "voice", "body", "cycle"}),
    edges=(Edge(Relation.OBSERVES, CODE),),
    label=gettext_lazy("Observation"),
    plural=gettext_lazy("Observations"),
    lead=gettext_lazy(
        "What organizations that are no party see of pledges and plan actions while a review cycle is open, "
        "and notes of the observatory. They stand beside reports and assessments; no figure counts them."
    ),
    nothing=gettext_lazy("No observation matches."),
    counted=lambda n: ngettext("%(number)s observation", "%(number)s observations", n),
    filters=ObservationFilters,
    section=Section(
        gettext_lazy("Observations"),
        "",  # Few organizations observe.
        gettext_lazy("All %(number)s observations"),
    ),
    called=lambda record: _("Note of the observatory") if is_note(record) else _("Observation"),
    badges=badges,
    listed=listed,
    rows=rows,
    blocks=(Block("followup/observation.html", sources), Block("records/linked.html", own_reading)),
    facts_now=facts_now,
    beside=beside,
)
