"""The public face of an organization, from the allow-list; its domain verbs publish it."""

from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection, summary_of

RESTING = frozenset({OrganizationState.SUSPENDED, OrganizationState.LAPSED})


def project(organization: Organization) -> Projection:
    """Name, type, country, description, acronym, website, other names, whether it is only listed, and whether
    its verification rests.

    The evidence stays private. What is empty is left out where it was not always told, so that the digest
    of an organization that has signed up does not change.
    """
    facts = {"acronym": organization.acronym, "website": organization.website}
    if organization.aliases:
        facts["aliases"] = "; ".join(organization.aliases)
    if organization.state == OrganizationState.LISTED:
        facts["listed"] = "yes"
    if organization.state in RESTING:
        facts["standing"] = organization.state
    return Projection(
        kind=RecordKind.ORGANIZATION,
        source_key=organization.key,
        language=organization.language,
        title=organization.name,
        summary=summary_of(organization.description),
        year=organization.created_at.year,
        country=organization.country,
        type_code=organization.type_code,
        texts={"description": organization.description},
        facts=facts,
    )
