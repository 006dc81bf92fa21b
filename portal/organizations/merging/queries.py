"""Reads of merges; verbs and the desk ask here."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F, Q, QuerySet

from portal.common.actors import Actor
from portal.common.ids import parse_public_id
from portal.organizations.directory import named_like
from portal.organizations.enums import MergeState, OrganizationState
from portal.organizations.merging.parts import Part, Side, parts
from portal.organizations.models import Merge, Organization
from portal.organizations.queries import organizations_of
from portal.publication.enums import RecordKind
from portal.publication.models import Record


def merges() -> QuerySet[Merge]:
    """All of them without their journals, what waits first, then the newest."""
    rows = Merge.objects.select_related("merged", "kept", "proposed_by", "decided_by", "parted_by")
    newest = F("decided_at").desc(nulls_first=True)
    return rows.defer("journal").order_by(newest, "-proposed_at", "-pk")


def waiting_merges() -> QuerySet[Merge]:
    """Those that wait for a second yes."""
    return merges().filter(state=MergeState.PROPOSED)


def proposed_of(one: Organization, other: Organization) -> QuerySet[Merge]:
    """What waits or stands between the two, whichever of them stays."""
    pair = (one, other)
    open_ = Q(state__in=[MergeState.PROPOSED, MergeState.MERGED])
    return merges().filter(open_, merged__in=pair, kept__in=pair)


def goes_elsewhere(row: Organization) -> bool:
    """Whether it is proposed already that it goes into another one. One query."""
    return Merge.objects.filter(merged=row, state=MergeState.PROPOSED).exists()


def open_of(row: Organization) -> QuerySet[Merge]:
    """What waits or stands and names it, on whichever side."""
    open_ = Q(state__in=[MergeState.PROPOSED, MergeState.MERGED])
    return merges().filter(open_, Q(merged=row) | Q(kept=row))


def called(rows: QuerySet[Organization], words: str) -> list[Organization]:
    """Those with these words in one of their names, or of this public number; none without words.

    A number tells nothing of one whose name is withheld since.
    """
    parsed = parse_public_id(words)
    if parsed is not None:
        known = Record.objects.filter(kind=RecordKind.ORGANIZATION, pk=parsed[1])
        named = rows.filter(is_protected=False)
        return list(named.filter(key__in=known.values("source_key")).distinct())
    return list(named_like(rows.distinct(), words)) if words.strip() else []


def merged_later(merge: Merge) -> Merge | None:
    """A later merge of one of the two, which has to be parted first. One query."""
    pair = (merge.merged_id, merge.kept_id)
    later = Q(decided_at__gt=merge.decided_at) | Q(decided_at=merge.decided_at, pk__gt=merge.pk)
    rows = Merge.objects.filter(later, Q(merged__in=pair) | Q(kept__in=pair), state=MergeState.MERGED)
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


def own_instead(actor: Actor, key: UUID) -> Organization | None:
    """That of the person into which the one with this key was merged, however often that was in its turn.

    One query for each merge, and one more.
    """
    merge = Merge.objects.filter(state=MergeState.MERGED, merged__key=key).select_related("kept").first()
    kept = kept_instead(merge.kept) if merge else None
    return organizations_of(actor).filter(pk=kept.pk).first() if kept else None


def kept_instead(organization: Organization) -> Organization | None:
    """The one that it was merged into, however often; itself where it is not merged. One query for each."""
    merged = Merge.objects.filter(state=MergeState.MERGED).select_related("kept")
    kept: Organization | None = organization
    while kept is not None and kept.state == OrganizationState.MERGED:
        merge = merged.filter(merged=kept).first()
        kept = merge.kept if merge else None
    return kept
