"""An organization's name is withheld, or said again; who reads it all the same says why: verbs of the desk.

Apps above declare what of theirs names an organization besides its own records: `named_elsewhere` of their
AppConfig, functions of a projection and a key that give the projection without it; and `name_changed`,
functions that follow once all is done.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.files.models import StoredFile
from portal.organizations import changes, identities, logos, rules
from portal.organizations.categories import category_of
from portal.organizations.domain import KIND, locked, show
from portal.organizations.enums import ClaimState, MergeState
from portal.organizations.models import IdentityReveal, Merge, Organization
from portal.organizations.states import IN_LEDGER, ONCE_VERIFIED
from portal.organizations.verifying.mails import tell_revealed
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record, RecordLink
from portal.publication.projections import Projection
from portal.publication.queries import as_published
from portal.publication.veils import veiled

Without = Callable[[Projection, UUID], Projection]
Follow = Callable[[Organization, Actor, datetime], None]
LONGEST_REASON = 500
# In place of one that tells who it is.
NO_REASON = "–"


@transaction.atomic
def protect(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Its name is withheld from now on, also at all it has published; its page leaves a tombstone.

    It is at risk then: two protection focal points verify it. What is frozen or was downloaded stays.
    """
    organization = locked(organization)
    if not rules.may_protect(actor, organization):
        raise NotAllowed("protect organization")
    if organization.is_protected:
        return organization
    organization.is_at_risk, organization.first_yes_by = True, None
    logo = organization.logo
    identities.put_away(organization, now)
    _forget_changes(organization, logo, now)
    _forget_claims(organization, now)
    _forget_merges(organization, now)
    events.record("protected", kind=KIND, key=organization.key, actor=actor, now=now)
    _leave_public(organization, actor, now)
    _follow(organization, actor, now)
    return organization


@transaction.atomic
def unprotect(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Its name is said again, at all that it has published without choosing otherwise.

    What its members have changed of its page meanwhile waits for the secretariat, as any change does.
    """
    organization = locked(organization)
    if not rules.may_unprotect(actor, organization):
        raise NotAllowed("unprotect organization")
    if not organization.is_protected:
        return organization
    read = identities.read_last(organization)
    identities.put_back(organization)
    if organization.state in ONCE_VERIFIED:
        changes.wait_for_reading(organization, read=read, actor=actor, now=now)
    events.record("unprotected", kind=KIND, key=organization.key, actor=actor, now=now)
    if organization.state in IN_LEDGER:
        show(organization, actor=actor, now=now)
    _follow(organization, actor, now)
    return organization


@transaction.atomic
def reveal(organization: Organization, *, reason: str, actor: Actor, now: datetime) -> IdentityReveal:
    """Who it is may be read for a while. The reason is kept, the log tells it, its owners are told."""
    organization = locked(organization)
    if not rules.may_reveal(actor, organization):
        raise NotAllowed("reveal an organization")
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why you have to know who it is."))])
    if len(reason) > LONGEST_REASON:
        raise Incomplete([Problem("reason", _("Shorten the reason to 500 characters."))])
    row = IdentityReveal.objects.create(
        organization=organization, user_id=actor.user_id, reason=reason.strip(), at=now
    )
    details: dict[str, object] = {"reveal": str(row.key)}
    events.record("revealed", kind=KIND, key=organization.key, actor=actor, now=now, details=details)
    tell_revealed(organization)
    return row


def _forget_changes(organization: Organization, logo: StoredFile | None, now: datetime) -> None:
    """What its members wanted to change of its page tells who it is, and so does the logo."""
    pictures = [logo, *(change.logo for change in organization.changes.select_related("logo"))]
    organization.changes.all().delete()
    for picture in pictures:
        logos.forget_logo(picture, now=now)


def _forget_claims(organization: Organization, now: datetime) -> None:
    """Who claimed it said who it is; what waits of that can be accepted no more."""
    waiting = organization.claims.filter(state=ClaimState.SUBMITTED)
    waiting.update(state=ClaimState.WITHDRAWN.value, decided_at=now)
    said = {"name": organization.name, "language": organization.language}
    organization.claims.update(profile=said, listed={})


def _forget_merges(organization: Organization, now: datetime) -> None:
    """What merged into it tells who it is, and so does what that changed: they are parted no more.

    What was only proposed, declined or parted again names it beside one that looks like it: that goes.
    """
    merges = Merge.objects.filter(Q(kept=organization) | Q(merged=organization))
    merges.exclude(state=MergeState.MERGED).delete()
    for merge in merges.filter(merged__is_protected=False).exclude(merged=organization).order_by("pk"):
        merged = locked(merge.merged)
        identities.put_away(merged, now)
        _forget_claims(merged, now)
        _forget_merges(merged, now)
    merges.update(journal=[], names=[], reason=NO_REASON)


def _leave_public(organization: Organization, actor: Actor, now: datetime) -> None:
    """Its own records first: a tombstone would still tell that they are of one author.

    Neither do their dates: all would have changed in the moment that the tombstone tells.
    """
    record = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key=organization.key).first()
    if record is None:
        return
    category = category_of(organization)
    for own in Record.objects.filter(organization=record, state=RecordState.PUBLISHED).order_by("pk"):
        publish(veiled(as_published(own), category), actor=actor, now=now, dated=own.updated_at)
    for other in _naming(organization, record):
        face = as_published(other)
        for without in declared("named_elsewhere"):
            face = without(face, organization.key)
        publish(face, actor=actor, now=now, forget=True)
    withdraw(RecordKind.ORGANIZATION, organization.key, actor=actor, now=now)


def _naming(organization: Organization, record: Record) -> Iterator[Record]:
    """Records of others that tell its key, among their facts or as a link."""
    key = str(organization.key)
    linked = RecordLink.objects.filter(target=key).values("record")
    rows = Record.objects.filter(state=RecordState.PUBLISHED).exclude(pk=record.pk)
    rows = rows.annotate(told=Cast("facts", TextField()))
    yield from rows.filter(Q(pk__in=linked) | Q(told__contains=key)).order_by("pk")


def _follow(organization: Organization, actor: Actor, now: datetime) -> None:
    for follow in declared("name_changed"):
        follow(organization, actor, now)
