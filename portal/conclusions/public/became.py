"""The block of an intervention's page that says what became of it; the app's configuration declares it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from portal.cms.queries import pages_by_key
from portal.conclusions.enums import TONES
from portal.conclusions.public.queries import Became, became
from portal.records.stages import Stage
from portal.records.trace_links import TraceLink, foreign, link_to
from portal.records.types import Block, Shown

NOTHING = gettext_lazy("No conclusions say yet what became of it.")


def what_became(shown: Shown) -> dict[str, Any]:
    """What conclusions say of it, then what quotes it all the same. One query, or two."""
    rows = became(shown.record, shown.language)
    recommendations = {link.id: link for link in shown.trace[Stage.RECOMMENDATION]}
    pages = pages_by_key([row.consultation_key for row in rows], shown.language)
    others = [link for number, link in recommendations.items() if number not in {row.number for row in rows}]
    # Where one version of conclusions speaks of it, all that it went into stands with what became of it.
    with_it = others if len(rows) == 1 else []
    return {
        "anchor": Stage.RECOMMENDATION.value,
        "rows": [
            _row(row, [*filter(None, [recommendations.get(row.number)]), *with_it], shown)
            | {"conclusions": _conclusions(pages.get(row.consultation_key), shown)}
            for row in rows
        ],
        "others": [link_to(link, shown.language) for link in others if link not in with_it],
        "nothing": NOTHING,
    }


def _row(row: Became, recommendations: Sequence[TraceLink], shown: Shown) -> dict[str, Any]:
    return {
        "outcome": row.outcome.label,
        "tone": TONES.get(row.outcome, ""),
        "recommendations": [link_to(link, shown.language) for link in recommendations],
        "reason": row.reason,
        "lang": foreign(row.language, shown.language),
        "changed_at": row.changed_at,
    }


def _conclusions(page: Any, shown: Shown) -> dict[str, str] | None:
    if page is None:
        return None
    lang = foreign(page.language, shown.language)
    return {"label": page.title, "url": f"{page.url}conclusions/", "lang": lang}


BECAME = Block("conclusions/became.html", what_became)
