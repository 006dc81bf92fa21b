"""Reads of merges; verbs and the desk ask here."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from portal.organizations.enums import MergeState
from portal.organizations.merging.parts import Part, Side, parts
from portal.organizations.models import Merge, Organization
from portal.publication.enums import RecordKind
from portal.publication.models import Record


def merges() -> QuerySet[Merge]:
    """All of them without their journals, what waits first, then the newest."""
    rows = Merge.objects.select_related("merged", "kept", "proposed_by", "decided_by", "parted_by")
    waiting = Q(state=MergeState.PROPOSED)
    return rows.defer("journal").order_by(~waiting, "-proposed_at", "-pk")


def proposed_of(one: Organization, other: Organization) -> QuerySet[Merge]:
    """What waits or stands between the two, whichever of them stays."""
    pair = (one, other)
    open_ = Q(state__in=[MergeState.PROPOSED, MergeState.MERGED])
    return merges().filter(open_, merged__in=pair, kept__in=pair)


def merged_later(merge: Merge) -> Merge | None:
    """A later merge of one of the two, which has to be parted first. One query."""
    pair = (merge.merged_id, merge.kept_id)
    rows = Merge.objects.filter(state=MergeState.MERGED, decided_at__gte=merge.decided_at)
    rows = rows.filter(Q(merged__in=pair) | Q(kept__in=pair)).exclude(pk=merge.pk)
    return rows.select_related("merged", "kept").order_by("-decided_at", "-pk").first()


def side_of(organization: Organization) -> Side:
    """With its public record, if it ever had one. One query."""
    rows = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key=organization.key)
    return Side(organization, rows.first())


def numbers_of(side: Side) -> Mapping[str, int]:
    """How many rows there are, by relation of what goes along. One query for each relation."""
    return {part.relation: number for part in going_along() if (number := part.rows(side).count())}


def going_along() -> tuple[Part, ...]:
    return tuple(part for part in parts() if not part.stays)
