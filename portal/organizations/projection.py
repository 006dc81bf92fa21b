"""The public face of an organization, from the allow-list; its domain verbs publish it."""

from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.projections import Projection, summary_of

RESTING = frozenset({OrganizationState.SUSPENDED, OrganizationState.LAPSED})


def project(organization: Organization) -> Projection:
    """Name, type, country, description, acronym, website, other names, and what `_told` says of it.

    The evidence and the language of mails stay private. What is empty is left out where it was not always
    told, so that the digest of an organization that has signed up does not change.
    """
    facts = {"acronym": organization.acronym, "website": organization.website, **_told(organization)}
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


def _told(organization: Organization) -> dict[str, str]:
    """By the names of facts, without those that are empty."""
    names = {f"name_{code}": name for code, name in organization.names.items()}
    told = names | _aliases(organization) | _logo(organization)
    told |= {
        "place": organization.place,
        "countries": " ".join(organization.countries),
        "languages": " ".join(organization.languages),
        "refugee_led": _refugee_led(organization),
        "out_of_directory": "yes" if organization.out_of_directory else "",
        "listed": "yes" if organization.state == OrganizationState.LISTED else "",
        "standing": organization.state if organization.state in RESTING else "",
    }
    return {name: value for name, value in told.items() if value}


def _aliases(organization: Organization) -> dict[str, str]:
    """Plain, and with the years where any are known."""
    plain, told = "; ".join(organization.aliases), "; ".join(organization.dated_aliases)
    return {"aliases": plain, "dated_aliases": told if told != plain else ""}


def _logo(organization: Organization) -> dict[str, str]:
    if organization.logo is None or not organization.logo.is_public:
        return {}
    return {"logo": organization.logo.public_path, "logo_text": organization.logo_text}


def _refugee_led(organization: Organization) -> str:
    if not organization.refugee_led:
        return ""
    return "confirmed" if organization.refugee_led_at else "declared"
