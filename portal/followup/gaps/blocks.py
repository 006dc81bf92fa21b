"""What the page of a mechanism says of those that work on the same; the app's configuration declares it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.followup.gaps.overlap import NOTHING, Overlap, Shared, Work, overlap, shared
from portal.followup.gaps.paths import path_of_overlap
from portal.networks.enums import NetworkKind
from portal.networks.models import Network
from portal.records.stages import Stage, counted


def shares(network: Network, language: str) -> dict[str, Any]:
    """Each other mechanism with what both work on; nothing for what is no mechanism. Three queries."""
    every = overlap(timezone.now().date()) if network.kind == NetworkKind.MECHANISM else NOTHING
    own = every.work_of(network.slug)
    pairs = [shared(own, work) for work in every.works if work is not own] if own else []
    return {
        "anchor": "shared",
        "title": _("What other mechanisms work on too"),
        "rows": [_row(pair, language) for pair in pairs if pair.actions],
        "more": _whole(own, every) if own else "",
    }


def _whole(own: Work, every: Overlap) -> str:
    """How much of its own is shared at all, once each."""
    also = every.shared_by([own], is_pledged=False), every.shared_by([own], is_pledged=True)
    return _(
        "Of %(actions)s that it works on others share %(shared)s, of %(pledges)s that carry these out "
        "%(both)s: one report should do for all."
    ) % {
        "actions": counted(Stage.PLAN_ACTION, len(own.actions)),
        "shared": len(also[0]),
        "pledges": counted(Stage.PLEDGE, len(own.pledges)),
        "both": len(also[1]),
    }


def _row(pair: Shared, language: str) -> dict[str, Any]:
    numbers = (
        counted(Stage.PLAN_ACTION, len(pair.actions)),
        counted(Stage.PLEDGE, len(pair.pledges)),
    )
    return {
        "label": pair.other.name(language),
        "url": path_of_overlap(language, pair.one.slug, pair.other.slug),
        "note": ", ".join(numbers),
    }
