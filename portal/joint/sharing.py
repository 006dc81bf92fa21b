"""Drafts that their organization shows to the lead of a network, as verbs and reads; desk views call them.

Each time somebody reads, everything is asked anew: that the network leads a segment today, that the author's
organization is verified and belongs to it today, and that the reader's organization leads the network today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor, system
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.joint import rules
from portal.joint.models import DraftShare
from portal.joint.queries import locked, networks_of
from portal.networks.enums import NetworkRole
from portal.networks.models import Network, NetworkMembership
from portal.networks.queries import memberships_on, networks_leading
from portal.organizations.enums import OrganizationState
from portal.organizations.queries import organization_ids
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.rules import may_speak_for
from portal.submissions.types import SubmissionType, submission_type


@dataclass(frozen=True, slots=True)
class SharedDraft:
    """One that somebody may read now."""

    share: DraftShare
    of: SubmissionType
    row: Any


def leading(row: Submission, today: date) -> list[Network]:
    """The networks of its organization that lead a segment today: with those a draft can be shared."""
    leads = networks_leading(today)
    return [network for network in networks_of(row, today) if network.pk in leads]


def shares_of(row: Submission) -> QuerySet[DraftShare]:
    rows = DraftShare.objects.filter(kind=row.kind, submission_key=row.key)
    return rows.select_related("network").order_by("network__slug")


def leads_of(network: Network, today: date) -> list[NetworkMembership]:
    """The memberships of who leads a network today: their people read what is shared. One query."""
    rows = memberships_on(today).filter(network=network, role=NetworkRole.LEAD)
    return list(rows.select_related("organization").order_by("pk"))


@transaction.atomic
def share(row: Submission, network: Network, *, actor: Actor, now: datetime) -> DraftShare:
    """Again for the same network changes nothing."""
    row = locked(row)
    if not rules.can_share(actor, row):
        raise NotAllowed("share a draft")
    if network not in leading(row, now.date()) or row.organization.state != OrganizationState.VERIFIED:
        told = _("A verified organization shares with a network that it belongs to and that leads a segment.")
        raise Incomplete([Problem("network", told)])
    shared, is_new = DraftShare.objects.get_or_create(
        kind=row.kind,
        submission_key=row.key,
        network=network,
        defaults={"shared_at": now, "shared_by_id": actor.user_id},
    )
    if is_new:
        _record("shared", shared, actor, now)
    return shared


@transaction.atomic
def end_share(row: Submission, key: UUID, *, actor: Actor, now: datetime) -> None:
    """From now on the lead reads nothing of it; one that has ended already stays so."""
    row = locked(row)
    if not may_speak_for(actor, row):
        raise NotAllowed("end a share")
    for shared in shares_of(row).filter(key=key):
        _end(shared, actor, now)


def end_shares(row: Submission, version: SubmittedVersion) -> None:
    """With submitting, for good: a draft again, it is shared again or not. Declared as `after_submission`."""
    for shared in shares_of(row):
        _end(shared, system("submission"), version.submitted_at)


def _end(shared: DraftShare, actor: Actor, now: datetime) -> None:
    _record("ended", shared, actor, now)
    shared.delete()


def shared_with(actor: Actor, today: date, key: UUID | None = None) -> list[SharedDraft]:
    """What the actor may read of others, or the one of this share; the last one shared first."""
    led = memberships_on(today).filter(role=NetworkRole.LEAD, organization_id__in=organization_ids(actor))
    rows = DraftShare.objects.filter(network__in=led.values("network"), network__is_public=True)
    rows = rows.select_related("network")
    told = rows.filter(key=key) if key is not None else rows
    return list(_readable(list(told), today))


def _readable(shares: list[DraftShare], today: date) -> Iterator[SharedDraft]:
    if not shares:
        return
    leads = networks_leading(today)
    drafts = _drafts(shares)
    members = set(
        memberships_on(today)
        .filter(network__in=leads, organization__in={row.organization_id for row in drafts.values()})
        .values_list("network_id", "organization_id")
    )
    for shared in shares:
        row = drafts.get(shared.submission_key)
        if row is not None and (shared.network_id, row.organization_id) in members:
            yield SharedDraft(shared, submission_type(shared.kind), row)


def _drafts(shares: list[DraftShare]) -> dict[UUID, Any]:
    """Those that are still drafts of verified organizations. One query for each kind."""
    drafts: dict[UUID, Any] = {}
    for kind in sorted({row.kind for row in shares}):
        of = submission_type(kind)
        keys = [row.submission_key for row in shares if row.kind == kind]
        rows = of.model._default_manager.filter(
            key__in=keys, state__in=rules.SHARED, organization__state=OrganizationState.VERIFIED
        )
        drafts |= {row.key: row for row in rows.select_related("organization")}
    return drafts


def _record(action: str, shared: DraftShare, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"of": str(shared.submission_key), "network": str(shared.network.key)}
    events.record(action, kind="draft_share", key=shared.key, actor=actor, now=now, details=details)
