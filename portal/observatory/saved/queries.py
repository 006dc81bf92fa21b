"""Reads of saved searches: only ever one person's own."""

from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.observatory.saved.models import BatchSearch, Match, SavedSearch

NEWEST = 50
_FRESH = Q(matches__is_current=True, matches__found_at__gt=F("opened_at"))


def visible_to(actor: Actor) -> QuerySet[SavedSearch]:
    """A person's own; staff see nobody else's, and the system none through this door."""
    return SavedSearch.objects.filter(owner_id=actor.user_id or 0).defer("found")


def listed(actor: Actor) -> QuerySet[SavedSearch]:
    """Those with the number of things new since they were last opened as `new`, the fullest first."""
    return (
        visible_to(actor)
        .annotate(new=Count("matches", filter=_FRESH))
        .order_by("-new", alphabetical("name"), "pk")
    )


def number_of(actor: Actor) -> int:
    return visible_to(actor).count()


def newest_matches(search: SavedSearch, *, since: datetime | None = None) -> QuerySet[Match]:
    """What it has newly found and still finds, the latest first."""
    rows = search.matches.filter(is_current=True)
    if since is not None:
        rows = rows.filter(found_at__gt=since)
    return rows.select_related("document").order_by("-found_at", "-pk")


def batches_visible_to(actor: Actor) -> QuerySet[BatchSearch]:
    """A person's own, the latest first."""
    return BatchSearch.objects.filter(owner_id=actor.user_id or 0).order_by("-created_at", "-pk")
