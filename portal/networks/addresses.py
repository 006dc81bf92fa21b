"""The two public lists, one of mechanisms and one of all other networks, and where a network stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.networks.enums import NetworkKind
from portal.networks.models import Network


@dataclass(frozen=True, slots=True)
class PublicList:
    """`namespace` is that of its addresses, `name` that of its files and in the read API, `row` one of it."""

    namespace: str
    name: str
    kinds: tuple[NetworkKind, ...]
    title: Promise
    lead: Promise
    nothing: Promise
    row: Promise

    def url(self, view: str = "list", *args: str) -> str:
        return reverse(f"{self.namespace}:{view}", args=args)


MECHANISMS = PublicList(
    "public_mechanisms",
    "mechanisms",
    (NetworkKind.MECHANISM,),
    _("Mechanisms"),
    _(
        "Where states of the region work together already: who presides, what each works on and asks of its "
        "members."
    ),
    _("There are no mechanisms yet."),
    _("Mechanism"),
)
NETWORKS = PublicList(
    "public_networks",
    "networks",
    (NetworkKind.NETWORK, NetworkKind.FUND, NetworkKind.ALLIANCE),
    _("Networks"),
    _("Organizations that work together under one name, and who belongs to each today."),
    _("There are no networks yet."),
    _("Network"),
)
LISTS = {each.namespace: each for each in (MECHANISMS, NETWORKS)}


def list_of(network: Network) -> PublicList:
    return MECHANISMS if network.kind == NetworkKind.MECHANISM else NETWORKS


def path_of(network: Network) -> str:
    """Its public page, in the language of the page that is shown."""
    return list_of(network).url("network", network.slug)
