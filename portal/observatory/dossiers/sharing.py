"""Who reads a dossier beside its owner, as verbs; nothing here tells whether an address has an account."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.observatory.dossiers import mails, rules
from portal.observatory.dossiers.domain import note, require_room
from portal.observatory.dossiers.enums import Role
from portal.observatory.dossiers.limits import SHARES_A_DAY, SHARES_A_DOSSIER
from portal.observatory.dossiers.models import Dossier, Share
from portal.observatory.dossiers.queries import SHARED, offer_to, person_with_address, shared_today, shares_of


@transaction.atomic
def share(dossier: Dossier, *, email: str, role: Role, language: str, actor: Actor, now: datetime) -> Share:
    """Let a person in, or change the role. One mail the first time, in the person's language where known.

    The same happens for an address without an account: the share waits until somebody confirms it.
    """
    stored = _owned(dossier, actor, "share a dossier")
    email = email.strip().lower()
    person_id = person_with_address(email)
    if actor.user_id == person_id or User.objects.filter(pk=actor.user_id or 0, email=email).exists():
        raise WrongState(_("This is your own address. The dossier is yours already."))
    known = shares_of(stored).filter(email=email).first()
    if known is not None:
        known.role = role
        known.save(update_fields=["role"])
        note("role_changed", stored, actor, now, share=known.pk, role=str(role))
        return known
    _require_room(stored, actor, now)
    given = Share.objects.create(
        dossier=stored,
        email=email,
        person_id=person_id,
        role=role,
        given_by_id=actor.user_id,
        given_at=now,
    )
    note(SHARED, stored, actor, now, share=given.pk, role=str(role))
    mails.tell(email, stored.key, language)
    return given


@transaction.atomic
def withdraw_share(given: Share, *, actor: Actor, now: datetime) -> None:
    """From now on this address opens the dossier no more."""
    dossier = _owned(given.dossier, actor, "withdraw a share")
    details = {"share": given.pk}
    Share.objects.filter(pk=given.pk).delete()
    note("share_withdrawn", dossier, actor, now, **details)


@transaction.atomic
def leave(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """Give one's own shares back."""
    if not rules.can_leave(actor, dossier):
        raise NotAllowed("leave a dossier")
    Share.objects.filter(dossier=dossier, person_id=actor.user_id).delete()
    note("left", dossier, actor, now)


@transaction.atomic
def offer(given: Share, *, actor: Actor, now: datetime) -> Share:
    """Offer ownership to this person, and to nobody else; it passes on when the person accepts."""
    dossier = _owned(given.dossier, actor, "hand over a dossier")
    shares_of(dossier).update(offered_at=None)
    shares_of(dossier).filter(pk=given.pk).update(offered_at=now)
    note("offered", dossier, actor, now, share=given.pk)
    given.offered_at = now
    return given


@transaction.atomic
def take_back_offer(given: Share, *, actor: Actor, now: datetime) -> None:
    """The owner keeps the dossier."""
    dossier = _owned(given.dossier, actor, "hand over a dossier")
    shares_of(dossier).update(offered_at=None)
    note("offer_taken_back", dossier, actor, now, share=given.pk)


@transaction.atomic
def accept(dossier: Dossier, *, actor: Actor, now: datetime) -> Dossier:
    """The person the dossier was offered to owns it now; who had it stays as an editor."""
    stored = Dossier.objects.select_for_update(of=("self",)).select_related("owner").get(pk=dossier.pk)
    before = stored.owner
    if offer_to(actor, stored) is None or before is None:
        raise NotAllowed("accept a dossier")
    User.objects.select_for_update().get(pk=actor.user_id or 0)
    require_room(actor.user_id or 0)
    Share.objects.filter(dossier=stored, person_id=actor.user_id).delete()
    stored.owner_id = actor.user_id
    stored.save(update_fields=["owner"])
    Share.objects.update_or_create(
        dossier=stored,
        email=before.email.lower(),
        defaults={
            "person_id": before.pk,
            "role": Role.EDITOR,
            "given_by_id": actor.user_id,
            "given_at": now,
        },
    )
    note("handed_over", stored, actor, now, before=before.pk)
    return stored


@transaction.atomic
def let_in(*, user_id: int, email: str, now: datetime) -> int:
    """Shares that waited for an address take effect for the person who has confirmed it."""
    rows = Share.objects.filter(email=email.lower(), person__isnull=True).exclude(dossier__owner_id=user_id)
    waiting = list(rows.select_related("dossier"))
    if not waiting:
        return 0
    rows.update(person_id=user_id)
    for given in waiting:
        note("share_taken_up", given.dossier, system("sharing"), now, share=given.pk)
    return len(waiting)


@transaction.atomic
def inherit(*, now: datetime) -> None:
    """Dossiers of a deleted account pass to the editor who was let in first; without one they are deleted."""
    for dossier in Dossier.objects.filter(owner__isnull=True).select_for_update():
        heir = (
            shares_of(dossier)
            .filter(role=Role.EDITOR, person__isnull=False)
            .order_by("given_at", "pk")
            .first()
        )
        if heir is None:
            note("deleted", dossier, system("accounts"), now)
            dossier.delete()
            continue
        dossier.owner_id = heir.person_id
        dossier.save(update_fields=["owner"])
        shares_of(dossier).filter(person_id=heir.person_id).delete()
        note("inherited", dossier, system("accounts"), now, person=heir.person_id)


def _owned(dossier: Dossier, actor: Actor, what: str) -> Dossier:
    stored = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not rules.can_share(actor, stored):
        raise NotAllowed(what)
    return stored


def _require_room(dossier: Dossier, actor: Actor, now: datetime) -> None:
    if shares_of(dossier).count() >= SHARES_A_DOSSIER:
        raise WrongState(
            _("A dossier can be shared with %(most)d people. Take somebody out first.")
            % {"most": SHARES_A_DOSSIER}
        )
    if shared_today(actor, now) >= SHARES_A_DAY:
        raise WrongState(
            _("You have shared with %(most)d people today; more are possible tomorrow.")
            % {"most": SHARES_A_DAY}
        )
