"""The public face of an organization, from the allow-list; its domain verbs publish it."""

from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection, summary_of


def project(organization: Organization) -> Projection:
    """Name, type, country, description, acronym, website. The evidence stays private."""
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
        facts={"acronym": organization.acronym, "website": organization.website},
    )
