"""What somebody asks of organizations that are not theirs yet, as lines of the desk's first page."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.desk.items import Item
from portal.organizations.enums import JoinState
from portal.organizations.member_models import JoinRequest
from portal.organizations.members.joining import state_at
from portal.organizations.members.queries import requests_of
from portal.organizations.members.words import JOINING
from portal.organizations.models import OrganizationClaim
from portal.organizations.queries import claims_of
from portal.organizations.states import CLAIM_STATES
from portal.publication.enums import RecordKind
from portal.publication.queries import published

MOST = 100
# So long one reads that one was not let in.
DECLINED_FOR = timedelta(days=30)


def claimed(actor: Actor) -> list[Item]:
    """Claims of listed organizations, the newest first. One query."""
    return [_claim(row) for row in claims_of(actor)[:MOST]]


def joining(actor: Actor, now: datetime) -> list[Item]:
    """Requests to join that wait or were declined of late, of organizations with a page. Two queries."""
    waiting = Q(state=JoinState.WAITING, expires_at__gt=now)
    declined = Q(state=JoinState.DECLINED, decided_at__gt=now - DECLINED_FOR)
    rows = list(requests_of(actor).filter(waiting | declined)[:MOST])
    keys = [row.organization.key for row in rows]
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=keys) if keys else ()
    numbers = {record.source_key: record.public_id for record in records}
    return [_request(row, numbers[key], now) for row in rows if (key := row.organization.key) in numbers]


def _claim(row: OrganizationClaim) -> Item:
    state = CLAIM_STATES[row.state]
    return Item(
        title=str(row),
        url=reverse("organizations:claimed", args=[row.key]),
        lang=row.language,
        meta=[_("Claim of a listed organization")],
        state=CLAIM_STATES.label(row.state),
        tone=state.tone,
        todo=str(state.next_step),
        waits=row.state in CLAIM_STATES.waiting,
    )


def _request(row: JoinRequest, number: str, now: datetime) -> Item:
    state = state_at(row, now)
    label, tone = JOINING[state]
    waits = state == JoinState.WAITING
    return Item(
        title=row.organization.name,
        url=reverse("organizations:join", args=[number]),
        lang=row.organization.language,
        meta=[_("Request to join")],
        state=str(label),
        tone=tone,
        todo=_("Its owners decide next; you get a mail.") if waits else _("Read why; you can ask again."),
        waits=waits,
    )
