"""What became of all that an organization said, by consultation: a block of its page, and a word on each.

The configuration of the app declares both.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, ngettext

from portal.cms.queries import PublicPage, pages_by_key
from portal.conclusions.enums import TONES, Outcome
from portal.conclusions.public.queries import public_dispositions
from portal.consultations.page_queries import consultations_by_target
from portal.consultations.question_interventions import contributed_kinds
from portal.publication.enums import RecordState, Relation
from portal.publication.models import Record, RecordLink
from portal.records.trace_links import foreign
from portal.records.types import Badge, Block, Shown

NOTHING = gettext_lazy("It has not taken part in a consultation yet.")


def by_consultation(shown: Shown) -> dict[str, Any]:
    """How much it said in each public consultation and what became of it, the newest contribution first.

    Three queries, and those of the figures.
    """
    said = _said(shown.record)
    pages = pages_by_key([*said], shown.language)
    outcomes = _outcomes({key for keys in said.values() for key in keys.values()})
    return {
        "anchor": "consultations",
        "title": gettext_lazy("Part in consultations"),
        "rows": [
            _row(pages[key], keys, outcomes, shown) for key, keys in said.items() if keys and key in pages
        ],
        "nothing": NOTHING,
    }


def outcomes_of(keys: Collection[UUID]) -> dict[UUID, Badge]:
    """What became of interventions, as a word on each, by their keys. One query, none without any."""
    return {
        key: Badge(Outcome(outcome).label, TONES.get(Outcome(outcome), ""))
        for (_consultation, key), outcome in (_outcomes(keys) if keys else {}).items()
    }


def _said(author: Record) -> dict[UUID, dict[int, UUID]]:
    """By consultation the contributions by their rows, with their keys. One query."""
    asked_in, said = consultations_by_target(), defaultdict[UUID, dict[int, UUID]](dict)
    rows = RecordLink.objects.filter(
        relation__in=(Relation.ANSWERS, Relation.ABOUT),
        record__organization=author,
        record__state=RecordState.PUBLISHED,
        record__kind__in=contributed_kinds(),
    ).order_by("-record__published_at", "-record")
    for target, row, key in rows.values_list("target", "record_id", "record__source_key"):
        if target in asked_in:
            said[asked_in[target]][row] = key
    return said


def _outcomes(keys: Collection[UUID]) -> dict[tuple[UUID, UUID], str]:
    """By consultation and intervention, as the conclusions that are public now say it. One query."""
    rows = public_dispositions().filter(intervention_key__in=keys, conclusions__is_current=True)
    told = rows.values_list("conclusions__consultation_key", "intervention_key", "outcome")
    return {(consultation, key): outcome for consultation, key, outcome in told}


def _row(
    page: PublicPage, keys: Mapping[int, UUID], outcomes: Mapping[tuple[UUID, UUID], str], shown: Shown
) -> dict[str, Any]:
    told = Counter(outcomes[page.key, key] for key in keys.values() if (page.key, key) in outcomes)
    number = ngettext("%(number)s contribution", "%(number)s contributions", len(keys))
    return {
        "label": page.title,
        "url": page.url,
        "lang": foreign(page.language, shown.language),
        "number": number % {"number": len(keys)},
        "outcomes": list(_counted(told)),
        "conclusions": f"{page.url}conclusions/" if told else "",
    }


def _counted(told: Mapping[str, int]) -> Iterator[Badge]:
    for outcome in Outcome:
        if number := told.get(outcome):
            yield Badge(f"{outcome.label}: {number}", TONES.get(outcome, ""))


CONTRIBUTED = Block("conclusions/contributed.html", by_consultation)
