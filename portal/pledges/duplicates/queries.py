"""Reads of pairs of pledges that look alike; job, verbs and desk ask here."""

from django.db.models import Exists, OuterRef, QuerySet

from portal.pledges.duplicate_models import ComparedPledge, PledgePair
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.queries import published


def pairs() -> QuerySet[PledgePair]:
    return PledgePair.objects.select_related("one", "other", "survivor", "decided_by").defer("journal")


def proposed() -> QuerySet[PledgePair]:
    """What nobody has decided, the likeliest first; only while both are public."""
    return pairs().filter(_is_public("one"), _is_public("other"), decision="")


def decided() -> QuerySet[PledgePair]:
    """The last decision first."""
    return pairs().exclude(decision="").order_by("-decided_at", "-pk")


def changed() -> QuerySet[Record]:
    """Public pledges that were not compared as they are now."""
    known = ComparedPledge.objects.filter(pledge__key=OuterRef("source_key"), version=OuterRef("version"))
    return published(RecordKind.PLEDGE).filter(~Exists(known))


def _is_public(side: str) -> Exists:
    rows = Record.objects.filter(kind=RecordKind.PLEDGE, state=RecordState.PUBLISHED)
    return Exists(rows.filter(source_key=OuterRef(f"{side}__key")))
