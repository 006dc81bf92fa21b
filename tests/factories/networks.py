"""Networks, their members and projects."""

from django.utils import timezone

from portal.common.actors import system
from portal.networks.domain import MemberFields, NetworkFields, add_member, create_network
from portal.networks.models import Network, NetworkMembership, Project
from portal.networks.projects import ProjectFields, add_project
from portal.organizations.models import Organization
from tests.factories.numbers import numbers


def make_network(*, slug: str = "", **fields: object) -> Network:
    """Not public, with a name in each language."""
    number = next(numbers)
    names: dict[str, object] = {
        "name_es": f"Red de prueba {number}",
        "name_en": f"Test network {number}",
        "name_pt": f"Rede de teste {number}",
        "name_fr": f"Réseau d’essai {number}",
    }
    given = NetworkFields(**names | fields)  # type: ignore[arg-type]
    return create_network(fields=given, slug=slug, actor=system("tests"), now=timezone.now())


def make_network_member(
    network: Network, organization: Organization, role: str = "member", **days: object
) -> NetworkMembership:
    fields = MemberFields(organization, role, **days)  # type: ignore[arg-type]
    return add_member(network, fields=fields, actor=system("tests"), now=timezone.now())


def make_project(network: Network, **fields: object) -> Project:
    given = ProjectFields(**{"title_es": "Puentes", "title_en": "Bridges"} | fields)  # type: ignore[arg-type]
    return add_project(network, fields=given, actor=system("tests"), now=timezone.now())
