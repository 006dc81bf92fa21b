"""Reads of dossiers for the people they belong to and are shared with; nobody else reads them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import cast

from allauth.account.models import EmailAddress
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from portal.common.actors import Actor
from portal.common.models import Event
from portal.observatory.dossiers.enums import OWNER, Role
from portal.observatory.dossiers.models import Dossier, Item, Share

KIND = "dossier"
SHARED = "shared"


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """The actor's own dossiers and those shared with the actor, each knowing the actor's role."""
    mine = Share.objects.filter(person_id=_user_id(actor))
    rows = Dossier.objects.filter(Q(owner_id=_user_id(actor)) | Q(pk__in=mine.values("dossier_id")))
    return with_role(rows, actor).select_related("owner")


def editable_by(actor: Actor) -> QuerySet[Dossier]:
    """Those the actor may add passages to, last changed first."""
    mine = Share.objects.filter(person_id=_user_id(actor), role=Role.EDITOR)
    return Dossier.objects.filter(Q(owner_id=_user_id(actor)) | Q(pk__in=mine.values("dossier_id")))


def listed(actor: Actor) -> QuerySet[Dossier]:
    """The same with the number of passages, and whether ownership is offered to the actor."""
    items = Item.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    counted = items.annotate(passages=Count("pk")).values("passages")
    offers = Share.objects.filter(
        dossier=OuterRef("pk"), person_id=_user_id(actor), offered_at__isnull=False
    ).values("offered_at")
    return visible_to(actor).annotate(passages=Subquery(counted), offered=Subquery(offers[:1]))


def with_role(rows: QuerySet[Dossier], actor: Actor) -> QuerySet[Dossier]:
    """Rows that know the actor's role, so that `role_in` asks nothing more."""
    shares = Share.objects.filter(dossier=OuterRef("pk"), person_id=_user_id(actor)).order_by("role")
    annotated = rows.annotate(
        role_asked_for=Value(_user_id(actor), BigIntegerField()),
        role_found=Case(
            When(owner_id=_user_id(actor), then=Value(OWNER)),
            default=Subquery(shares.values("role")[:1]),
            output_field=CharField(),
        ),
    )
    return cast("QuerySet[Dossier]", annotated)


def role_in(actor: Actor, dossier: Dossier) -> str | None:
    """`owner`, the higher of the roles the actor was given, or None."""
    if actor.user_id is None:
        return None
    if getattr(dossier, "role_asked_for", None) == actor.user_id:
        role: str | None = dossier.role_found  # type: ignore[attr-defined]
        return role
    if dossier.owner_id == actor.user_id:
        return OWNER
    shares = Share.objects.filter(dossier_id=dossier.pk, person_id=actor.user_id)
    return shares.order_by("role").values_list("role", flat=True).first()


def items_of(dossier: Dossier) -> QuerySet[Item]:
    return Item.objects.filter(dossier=dossier).order_by("order", "pk")


def place_of(item: Item) -> int:
    """The item's place in its dossier; the first is 1."""
    before = Q(order__lt=item.order) | Q(order=item.order, pk__lt=item.pk)
    return Item.objects.filter(before, dossier_id=item.dossier_id).count() + 1


def items_from(document_ids: Collection[str]) -> QuerySet[Item]:
    """Collected passages of these documents whose words are still kept."""
    return Item.objects.filter(document__in=document_ids, withdrawn_at__isnull=True)


def hidden_items(identity: str) -> QuerySet[Item]:
    """Collected passages of a record, in every language, that may come back."""
    return Item.objects.filter(document__startswith=f"{identity}/", hidden__isnull=False)


def shares_of(dossier: Dossier) -> QuerySet[Share]:
    return Share.objects.filter(dossier=dossier).order_by("email")


def offer_to(actor: Actor, dossier: Dossier) -> Share | None:
    """The offer of the owner to the actor to take the dossier over."""
    rows = Share.objects.filter(dossier=dossier, person_id=_user_id(actor), offered_at__isnull=False)
    return rows.first()


def shared_today(actor: Actor, now: datetime) -> int:
    """How often the actor has let somebody in during the last day; every time is a mail."""
    rows = Event.objects.filter(object_kind=KIND, action=SHARED, user_id=_user_id(actor))
    return rows.filter(at__gt=now - timedelta(days=1)).count()


def person_with_address(email: str) -> int | None:
    """The account that has confirmed this address."""
    rows = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True)
    return rows.values_list("user_id", flat=True).first()


def has_confirmed_address(actor: Actor) -> bool:
    return EmailAddress.objects.filter(user_id=_user_id(actor), verified=True).exists()


def _user_id(actor: Actor) -> int:
    """No person has the number 0: a visitor and the system have no dossiers."""
    return actor.user_id or 0
