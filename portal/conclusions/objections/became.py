"""What became of the contributions of a person's organizations, each with its way; the view calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse

from portal.cms.queries import PublicPage, pages_by_key
from portal.common.actors import Actor
from portal.common.states import FEMININE
from portal.conclusions.enums import TONES, Outcome
from portal.conclusions.models import Objection, PublicDisposition
from portal.conclusions.objections import rules
from portal.conclusions.objections.queries import current_dispositions, of_organizations
from portal.conclusions.public.queries import drawn_on, reason_of
from portal.conclusions.public.records import force_of
from portal.conclusions.states import OBJECTION_STATES, objections_until
from portal.interventions.models import Intervention
from portal.organizations.queries import organization_ids, with_role
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign

PAGE_SIZE = 50
Linked = dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What conclusions say of one intervention. `objection` is an address, `standing` where it stands.

    A recommendation that it went into has its `force` beside the link.
    """

    conclusions: Linked | None
    outcome: str
    tone: str
    reason: str
    lang: str
    changed_at: datetime | None
    recommendations: list[Linked]
    objection: str
    standing: str
    standing_tone: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """An intervention: what was asked, what the organization said, what became of it."""

    organization: str
    questions: list[Linked]
    said: Linked
    told: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the lines of one page need, read once."""

    language: str
    now: datetime
    records: Mapping[UUID, Record]
    pages: Mapping[UUID, PublicPage]
    objections: Mapping[tuple[UUID, UUID], Objection]
    drawn: Mapping[tuple[UUID, UUID], Sequence[UUID]]


def lines_of(actor: Actor, language: str, *, page: str | None, now: datetime) -> tuple[list[Line], Page[Any]]:
    """Published interventions, the newest first. Nine queries, whatever their number."""
    part = Paginator(_interventions(actor), PAGE_SIZE).get_page(page)
    rows = list(part)
    dispositions = list(current_dispositions([row.key for row in rows]))
    beside = _beside(actor, rows, dispositions, language, now)
    told: dict[UUID, list[PublicDisposition]] = {}
    for row in dispositions:
        told.setdefault(row.intervention_key, []).append(row)
    lines = [
        Line(
            organization=row.organization.name,
            questions=[_page(beside, asked.question_key) for asked in row.answers.all()],
            said=_record(beside, row.key) or {},
            told=[_told(each, row, actor, beside) for each in told.get(row.key, ())],
        )
        for row in rows
    ]
    return lines, part


def _interventions(actor: Actor) -> Any:
    public = Record.objects.filter(kind=RecordKind.INTERVENTION, state=RecordState.PUBLISHED)
    rows = Intervention.objects.filter(
        organization_id__in=organization_ids(actor), key__in=public.values("source_key")
    )
    rows = rows.select_related("organization").prefetch_related("answers").order_by("-submitted_at", "-pk")
    return with_role(rows, actor)


def _beside(
    actor: Actor,
    rows: list[Intervention],
    dispositions: list[PublicDisposition],
    language: str,
    now: datetime,
) -> _Beside:
    keys = {row.key for row in rows}
    consultations = {row.conclusions.consultation_key for row in dispositions}
    drawn = drawn_on(consultations, keys)
    recommendations = {row.recommendation_key for row in dispositions if row.recommendation_key}
    recommendations |= {*chain.from_iterable(drawn.values())}
    kinds = (RecordKind.INTERVENTION, RecordKind.RECOMMENDATION)
    records = published().filter(kind__in=kinds, source_key__in=keys | recommendations)
    asked = {each.question_key for row in rows for each in row.answers.all()}
    return _Beside(
        language=language,
        now=now,
        records={record.source_key: record for record in in_language(records, language)},
        pages=pages_by_key(asked | consultations, language),
        objections=of_organizations(actor, keys),
        drawn=drawn,
    )


def _told(row: PublicDisposition, said: Intervention, actor: Actor, beside: _Beside) -> Told:
    outcome, consultation = Outcome(row.outcome), row.conclusions.consultation_key
    reason, told_in = reason_of(row, row.conclusions.language, beside.language)
    objection = beside.objections.get((consultation, said.key))
    until = objections_until(row.conclusions.published_at)
    may_object = objection is None and beside.now < until and rules.may_object(actor, said)
    page = beside.pages.get(consultation)
    return Told(
        conclusions=_link(page.title, f"{page.url}conclusions/", page.language, beside) if page else None,
        outcome=str(outcome.label),
        tone=TONES.get(outcome, ""),
        reason=reason,
        lang=foreign(told_in, beside.language),
        changed_at=row.changed_at,
        recommendations=_recommendations(row, beside),
        objection=_address(consultation, said.key) if objection or may_object else "",
        standing=OBJECTION_STATES.label(objection.state, FEMININE) if objection else "",
        standing_tone=OBJECTION_STATES[objection.state].tone if objection else "",
        until=until if may_object else None,
    )


def _recommendations(row: PublicDisposition, beside: _Beside) -> list[Linked]:
    """The one that was named, then all others that it went into."""
    drawn = beside.drawn.get((row.conclusions.consultation_key, row.intervention_key), ())
    keys = dict.fromkeys(key for key in (row.recommendation_key, *drawn) if key is not None)
    shown = [(link, beside.records[key]) for key in keys if (link := _record(beside, key))]
    return [link | {"force": str(force_of(record).label)} for link, record in shown]


def _address(consultation: UUID, intervention: UUID) -> str:
    return reverse("became:objection", args=[consultation, intervention])


def _page(beside: _Beside, key: UUID) -> Linked:
    """A question; empty where it is not public any more."""
    page = beside.pages.get(key)
    return _link(page.title, page.url, page.language, beside) if page else {}


def _record(beside: _Beside, key: UUID) -> Linked | None:
    record = beside.records.get(key)
    if record is None:
        return None
    title, language = titled(record, beside.language)
    link = _link(title, record.path(beside.language), language, beside)
    return link | {"number": record.facts.get("place") or record.public_id}


def _link(label: str, url: str, language: str, beside: _Beside) -> Linked:
    return {"label": label, "url": url, "lang": foreign(language, beside.language)}
