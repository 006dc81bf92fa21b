"""What the ledger holds on guiding questions: who spoke, from where, and what came of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import RecordLink
from portal.publication.queries import in_language, linking_to, published
from portal.records.listing import ListItem, list_item
from portal.records.lists import PAGE_SIZE
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import types_at
from portal.taxonomy.queries import organization_type_names

REFUGEE_LED = "refugee_led"
NAMED_COUNTRIES = 3
NEWEST = 5


@dataclass(frozen=True, slots=True)
class QuestionInterventions:
    """`silent` are countries that take part elsewhere on the portal but not here."""

    count: int
    countries: int
    refugee_led: int
    recommendations: list[dict[str, str]]
    pledges: list[dict[str, str]]
    by_type: list[dict[str, Any]]
    page: Page
    items: list[ListItem] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    silent_more: int = 0


@dataclass(frozen=True, slots=True)
class _Fact:
    pk: int
    source_key: UUID
    type_code: str
    country: str


def contributed_kinds() -> frozenset[str]:
    """The kinds whose records say something on guiding questions."""
    return frozenset(known.kind for known in types_at(Stage.INTERVENTION))


def interventions_on(
    keys: Collection[UUID], language: str, *, page: str | None = None
) -> QuestionInterventions:
    """What was contributed on any of the questions, one part of the list in full. At most six queries."""
    rows = linking_to(Relation.ANSWERS, keys).filter(kind__in=contributed_kinds())
    facts = [_Fact(*row) for row in rows.values_list("pk", "source_key", "type_code", "country")]
    part = Paginator([fact.pk for fact in facts], PAGE_SIZE).get_page(page)
    names = organization_type_names(language)
    silent = _silent_countries({fact.country for fact in facts}) if facts else []
    came = _what_came([fact.source_key for fact in facts], language) if facts else {}
    return QuestionInterventions(
        count=len(facts),
        countries=len({fact.country for fact in facts if fact.country}),
        refugee_led=sum(fact.type_code == REFUGEE_LED for fact in facts),
        recommendations=came.get(RecordKind.RECOMMENDATION, []),
        pledges=came.get(RecordKind.PLEDGE, []),
        by_type=bars_by_type(Counter(fact.type_code for fact in facts), names),
        page=part,
        items=_items(list(part), language, names),
        silent=silent[:NAMED_COUNTRIES],
        silent_more=max(0, len(silent) - NAMED_COUNTRIES),
    )


def contributed_about(code: str, language: str) -> list[ListItem]:
    """The newest of what is about something as a whole. Four queries."""
    keys = (
        linking_to(Relation.ABOUT, [code]).filter(kind__in=contributed_kinds()).values_list("pk", flat=True)
    )
    return _items(list(keys[:NEWEST]), language, organization_type_names(language))


def bars_by_type(counts: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of a bar chart, the longest first."""
    rows = [{"label": names[code], "value": number} for code, number in counts.items() if code in names]
    return sorted(in_order(rows, itemgetter("label")), key=itemgetter("value"), reverse=True)


def _items(keys: list[int], language: str, names: Mapping[str, str]) -> list[ListItem]:
    now = timezone.now()
    rows = {row.pk: row for row in in_language(published().filter(pk__in=keys), language)} if keys else {}
    return [
        list_item(
            row,
            language,
            type_names=names,
            badges_at=now,
            with_kind=row.kind != RecordKind.INTERVENTION,
        )
        for pk in keys
        if (row := rows.get(pk))
    ]


def _what_came(keys: list[UUID], language: str) -> dict[str, list[dict[str, str]]]:
    """By kind, links to what goes back to any of the interventions, newest first. One query."""
    targets = [str(key) for key in keys]
    links = RecordLink.objects.filter(relation__in=(Relation.DRAWS_ON, Relation.FOLLOWS), target__in=targets)
    into = FilteredRelation("translations", condition=Q(translations__language=language))
    rows = published().filter(pk__in=links.values("record")).select_related(None)
    came: dict[str, list[dict[str, str]]] = {}
    for row in rows.annotate(shown=into, shown_title=F("shown__title")).only(
        "pk", "kind", "language", "title"
    ):
        is_translated = row.shown_title is not None and row.language != language
        link = {
            "label": row.shown_title if is_translated else row.title,
            "url": row.path(language),
            "lang": "" if is_translated else foreign(row.language, language),
        }
        came.setdefault(row.kind, []).append(link)
    return came


def _silent_countries(heard: set[str]) -> list[str]:
    codes = published(RecordKind.ORGANIZATION).order_by().values_list("country", flat=True).distinct()
    return in_order((str(country_name(code)) for code in codes if code not in {*heard, "", "XX"}), str)
