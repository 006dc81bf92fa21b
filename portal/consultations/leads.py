"""Networks that lead segments, both ways; pages, API and the networks' own pages ask here.

Who leads on which days stands with the networks; here it meets the public pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cms.queries import PublicPage, pages_by_key, public_branches
from portal.consultations.page_queries import CONSULTATION_AT, SEGMENT, Numbers, Part
from portal.networks.addresses import path_of
from portal.networks.leads import LedSegment
from portal.networks.models import Network
from portal.networks.queries import Lead, leading_networks, segments_led
from portal.networks.words import days
from portal.records.trace_links import foreign


def segments_to_lead(language: str) -> list[LedSegment]:
    """All public segments, in the order of their consultations. Four queries."""
    return list(_segments(None, language).values())


def led_by_network(network: Network, language: str) -> dict[str, Any]:
    """A block of the public page of a network: what it leads today. One query, five more where it does."""
    leads = segments_led(network, timezone.now().date())
    known = _segments([lead.segment_key for lead in leads], language) if leads else {}
    return {
        "anchor": "leads",
        "title": _("Segments that it leads"),
        "rows": [
            {
                "label": known[lead.segment_key].title,
                "url": known[lead.segment_key].url,
                "lang": foreign(known[lead.segment_key].language, language),
                "note": ", ".join(
                    filter(None, (known[lead.segment_key].consultation, days(lead.since, lead.until)))
                ),
            }
            for lead in leads
            if lead.segment_key in known
        ],
    }


def who_leads(key: UUID, counts: Numbers, language: str) -> list[dict[str, str]]:
    """The networks that lead a segment today, as links. One query, none where nobody does."""
    leads = counts.leads.get(key, ())
    return _named(leads, leading_networks(leads, _today()), language)


def with_leads(parts: Sequence[Part], counts: Numbers, language: str) -> list[Part]:
    """Segments with who leads each today. One query, none where nobody leads any."""
    leads = {part.page.key: counts.leads.get(part.page.key, ()) for part in parts}
    known = leading_networks([lead for each in leads.values() for lead in each], _today())
    return [replace(part, leads=_named(leads[part.page.key], known, language)) for part in parts]


def slugs_by_segment(counts: Numbers) -> dict[UUID, list[str]]:
    """For the read API: who leads each today. One query, none where nobody does."""
    today = _today()
    known = leading_networks([lead for each in counts.leads.values() for lead in each], today)
    return {
        key: [known[pk].slug for pk in _today_in(leads, known, today)] for key, leads in counts.leads.items()
    }


def _named(leads: Sequence[Lead], known: Mapping[int, Network], language: str) -> list[dict[str, str]]:
    return [
        {"label": known[pk].name(language), "url": path_of(known[pk])}
        for pk in _today_in(leads, known, _today())
    ]


def _today_in(leads: Sequence[Lead], known: Mapping[int, Network], today: date) -> list[int]:
    """Rows of networks, each once, in the order of the leads."""
    rows = (lead.network for lead in leads if lead.holds_on(today))
    return [pk for pk in dict.fromkeys(rows) if pk in known]


def _segments(keys: Sequence[UUID] | None, language: str) -> dict[UUID, LedSegment]:
    segments = public_branches([SEGMENT], language, keys=keys)[SEGMENT]
    above = {page.ancestors[CONSULTATION_AT] for page in segments if len(page.ancestors) > CONSULTATION_AT}
    titles = pages_by_key(above, language)
    return {page.key: _led(page, titles) for page in segments if page.ancestors[CONSULTATION_AT] in titles}


def _led(segment: PublicPage, titles: dict[UUID, PublicPage]) -> LedSegment:
    above = titles[segment.ancestors[CONSULTATION_AT]]
    number = f"{segment.number}. " if segment.number else ""
    return LedSegment(segment.key, f"{number}{segment.title}", above.title, segment.url, segment.language)


def _today() -> date:
    return timezone.now().date()
