"""What belongs to a consultation, segment or question and what came of it: for its page and for lists.

A list asks with the key of the page, `?part=`; number and list come from the same rows.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.consultations.page_queries import CONSULTATION, QUESTION, SEGMENT, Summary
from portal.consultations.question_interventions import contributed_kinds
from portal.library.enums import Facet
from portal.library.models import DocumentTag
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import counted_once
from portal.publication.models import Record, RecordLink
from portal.publication.queries import published
from portal.publication.wholes import WholeKind, whole_code
from portal.records.filters import PAGE_KEY, HiddenFilter
from portal.records.types import record_types

OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())
_WHOLES = {CONSULTATION: WholeKind.CONSULTATION, SEGMENT: WholeKind.SEGMENT}
_KINDS_OF_PAGES: dict[str | None, WholeKind] = {
    label.split(".")[1].lower(): kind for label, kind in _WHOLES.items()
}
_QUESTION = QUESTION.split(".")[1].lower()
_FACETS = {CONSULTATION: Facet.CONSULTATION, SEGMENT: Facet.SEGMENT}


@dataclass(frozen=True, slots=True)
class CameOf:
    """Numbers of public records: contributions by kind, what draws on them and what follows."""

    contributions: tuple[tuple[str, int], ...]
    recommendations: int
    pledges: int


class PartOfConsultation(HiddenFilter):
    """What is on a consultation, segment or question, by the key of its page; nothing for what is none."""

    pattern = PAGE_KEY
    description = "Key of a consultation, segment or guiding question."

    def filter(self, qs: QuerySet[Record], value: str) -> QuerySet[Record]:
        if not value:
            return qs
        return qs.filter(pk__in=self.rows(value)) if re.fullmatch(PAGE_KEY, value) else qs.none()

    def rows(self, key: str) -> QuerySet[Any]:
        return contributed_at(key)


class CameOfPart(PartOfConsultation):
    """Pledges that follow from what is on it, or take up what was recommended on it."""

    def rows(self, key: str) -> QuerySet[Any]:
        return pledged_at(key)


class RecommendedOnPart(PartOfConsultation):
    """Recommendations of it, or that draw on what is on it."""

    def rows(self, key: str) -> QuerySet[Any]:
        return recommended_at(key).order_by().values("pk")


def contributed_at(key: str | UUID) -> QuerySet[Any]:
    """Rows, by their keys, of the links of what is on the page or below it. One query before that asked."""
    return linked_to(targets_at(Page.objects.filter(translation_key=key)))


def linked_to(named: Mapping[str, Collection[str]]) -> QuerySet[Any]:
    """Rows, by their keys, of the links that name any of the targets by their relation."""
    links = (Q(relation=relation, target__in=targets) for relation, targets in named.items())
    return RecordLink.objects.filter(reduce(or_, links)).order_by().values("record")


def targets_at(pages: QuerySet[Any]) -> dict[str, list[str]]:
    """By relation what a contribution to one of the pages names: live questions below, by key, and
    consultations and segments as a whole, by code. One query."""
    above = pages.annotate(below=OUTER_PATH).filter(below__startswith=F("path"))
    rows = Page.objects.filter(Exists(above), depth__gt=1).order_by()
    targets: dict[str, list[str]] = {Relation.ANSWERS: [], Relation.ABOUT: []}
    for key, model, live in rows.values_list("translation_key", "content_type__model", "live").distinct():
        if model == _QUESTION and live:
            targets[Relation.ANSWERS].append(str(key))
        elif model in _KINDS_OF_PAGES:
            targets[Relation.ABOUT].append(whole_code(_KINDS_OF_PAGES[model], key))
    return targets


def recommended_at(key: str | UUID) -> QuerySet[Record]:
    """Recommendations of the consultation, and those that draw on what is on the page."""
    said = _source_keys(published().filter(pk__in=contributed_at(key)))
    drawing = RecordLink.objects.filter(relation=Relation.DRAWS_ON, target__in=said).values("record")
    own = Q(facts__consultation=str(key))
    return published(RecordKind.RECOMMENDATION).filter(own | Q(pk__in=drawing))


def pledged_at(key: str | UUID) -> QuerySet[Any]:
    """Rows, by their keys, of the links of pledges that come from the page."""
    said = _source_keys(published().filter(pk__in=contributed_at(key)))
    asked = _source_keys(recommended_at(key))
    follows = Q(relation=Relation.FOLLOWS, target__in=said)
    takes_up = Q(relation=Relation.TAKES_UP, target__in=asked)
    rows = RecordLink.objects.filter(follows | takes_up, record__kind=RecordKind.PLEDGE)
    return rows.order_by().values("record")


@counted_once
def came_of(key: UUID) -> CameOf:
    """One query while nothing public changes."""
    on_it = published().filter(kind__in=contributed_kinds(), pk__in=contributed_at(key))
    kinds = Counter(on_it.order_by().values_list("kind", flat=True))
    return CameOf(
        contributions=tuple(sorted(kinds.items())),
        recommendations=recommended_at(key).count(),
        pledges=published(RecordKind.PLEDGE).filter(pk__in=pledged_at(key)).count(),
    )


def ways_on(key: UUID, language: str, *, of: str, consultation: Summary | None) -> list[dict[str, str]]:
    """Rows of `components/rows.html` that lead from a page to what belongs to it, with numbers. Two queries.

    `of` is the label of its type, `consultation` the one that it is or stands in. A question's page lists
    what is said on it and what was recommended.
    """
    told, types = came_of(key), {known.kind: known for known in record_types()}
    rows = []
    if of != QUESTION:
        rows += [
            _row(types[kind].plural, f"{types[kind].address(language)}?part={key}", number)
            for kind, number in told.contributions
        ]
    if consultation and consultation.questions:
        rows.append(_row(_("Coverage of the questions"), f"{consultation.page.url}coverage/"))
    if number := _documents(key, of):
        rows.append(_row(_("Documents"), f"/{language}/library/?{_FACETS[of]}={key}", number))
    if consultation and consultation.conclusions_url:
        rows.append(_row(_("Conclusions"), consultation.conclusions_url))
    if told.recommendations and of != QUESTION:
        kind = types[RecordKind.RECOMMENDATION]
        rows.append(_row(kind.plural, f"{kind.address(language)}?part={key}", told.recommendations))
    if told.pledges:
        address = types[RecordKind.PLEDGE].address(language)
        rows.append(_row(_("Pledges that came of it"), f"{address}?part={key}", told.pledges))
    return rows


def _documents(key: UUID, of: str) -> int:
    """How many public documents are filed under the page. One query."""
    if of not in _FACETS:
        return 0
    tags = DocumentTag.objects.filter(facet=_FACETS[of], value=str(key), document__live=True)
    return tags.values("document").distinct().count()


def _row(label: Any, url: str, number: int = 0) -> dict[str, str]:
    return {"label": str(label), "url": url, "badge": str(number) if number else ""}


def _source_keys(rows: QuerySet[Record]) -> list[str]:
    return [str(key) for key in rows.order_by().values_list("source_key", flat=True)]
