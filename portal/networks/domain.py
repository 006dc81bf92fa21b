"""What staff do with networks, as verbs; desk views call them. Every change of what is public is noted."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, SavedBefore
from portal.networks import rules
from portal.networks.enums import NetworkKind
from portal.networks.models import Network, NetworkMembership
from portal.networks.queries import overlapping, presides_then
from portal.organizations.models import Organization
from portal.organizations.states import STATES
from portal.publication.figures import note_change

KIND = "network"
# The address of the feed.
TAKEN = ("feed",)


@dataclass(frozen=True, slots=True)
class NetworkFields:
    """What staff say of a network; a name in each language."""

    name_es: str
    name_en: str
    name_pt: str
    name_fr: str
    acronym: str = ""
    website: str = ""
    is_public: bool = False
    kind: str = NetworkKind.NETWORK.value
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    framework: str = ""
    checked_on: date | None = None
    source: str = ""

    def stored(self) -> dict[str, object]:
        return asdict(self) | {"themes": list(self.themes)}


@dataclass(frozen=True, slots=True)
class MemberFields:
    """An organization's place in a network; without days it is always there."""

    organization: Organization
    role: str
    since: date | None = None
    until: date | None = None


@transaction.atomic
def create_network(
    *, fields: NetworkFields, actor: Actor, now: datetime, slug: str = "", key: UUID | None = None
) -> Network:
    """Its address is made from the English name when none is given, and stays.

    The same `key` with the same words gives the same network: a form sent twice makes one. With others it
    raises `SavedBefore`.
    """
    require_editor(actor)
    made = Network.objects.filter(key=key).first() if key else None
    if made is not None:
        if any(getattr(made, name) != value for name, value in fields.stored().items()):
            raise SavedBefore()
        return made
    slug = slug or slugify(fields.name_en)[:80].strip("-")
    if not slug:
        told = _("The name in English has no letters for an address. Write an address.")
        raise Incomplete([Problem("slug", told)])
    if slug in TAKEN or Network.objects.filter(slug=slug).exists():
        raise Incomplete([Problem("slug", _("There is a network at this address. Choose another one."))])
    network = Network.objects.create(
        key=key or uuid4(), slug=slug, created_at=now, updated_at=now, **fields.stored()
    )
    noted("created", network, actor, now)
    return network


@transaction.atomic
def change_network(network: Network, *, fields: NetworkFields, actor: Actor, now: datetime) -> Network:
    """Say something else of it, also whether it is public. Its address stays."""
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=network.pk)
    for name, value in fields.stored().items():
        setattr(network, name, value)
    network.updated_at = now
    network.save()
    noted("changed", network, actor, now)
    return network


@transaction.atomic
def add_member(network: Network, *, fields: MemberFields, actor: Actor, now: datetime) -> NetworkMembership:
    """Raises `Incomplete` where the organization is in the network in some of these days already."""
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=network.pk)
    member = _placed(NetworkMembership(network=network), fields)
    noted("member_added", network, actor, now)
    return member


@transaction.atomic
def change_member(
    member: NetworkMembership, *, fields: MemberFields, actor: Actor, now: datetime
) -> NetworkMembership:
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=member.network_id)
    member = _placed(member, fields)
    noted("member_changed", network, actor, now)
    return member


@transaction.atomic
def remove_member(member: NetworkMembership, *, actor: Actor, now: datetime) -> None:
    """For what was a mistake; one that left has a last day."""
    require_editor(actor)
    network = member.network
    member.delete()
    noted("member_removed", network, actor, now)


def _placed(member: NetworkMembership, fields: MemberFields) -> NetworkMembership:
    member.organization, member.role = fields.organization, fields.role
    member.since, member.until = fields.since, fields.until
    if problems := list(_problems(member)):
        raise Incomplete(problems)
    member.save()
    return member


def _problems(member: NetworkMembership) -> list[Problem]:
    if member.organization.state not in STATES.public:
        told = _("Only an organization that is public can belong to a network.")
        return [Problem("organization", told)]
    if member.since and member.until and member.until < member.since:
        return [Problem("until", _("The last day is before the first one."))]
    if overlapping(member):
        told = _("This organization is in the network in some of these days already.")
        return [Problem("organization", told)]
    if presides_then(member):
        told = _("Another organization presides in some of these days. Give it a last day first.")
        return [Problem("since", told)]
    return []


def require_editor(actor: Actor) -> None:
    if not rules.may_edit_networks(actor):
        raise NotAllowed("edit networks")


def noted(action: str, network: Network, actor: Actor, now: datetime) -> None:
    """A network has changed with its members and projects."""
    Network.objects.filter(pk=network.pk).update(updated_at=now)
    events.record(action, kind=KIND, key=network.key, actor=actor, now=now)
    note_change()
