"""Users with groups, organizations with members."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as GroupRow
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.organizations.claims import CLAIMED, claim_organization
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.listing import ListedFields, list_organization
from portal.organizations.models import Membership, Organization, OrganizationClaim
from portal.publication.domain import publish
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.projections import Projection
from tests.factories.numbers import numbers

WITH_REASON = {OrganizationState.DECLINED, OrganizationState.INFO_REQUESTED, OrganizationState.SUSPENDED}


def make_user(*groups: Group, email: str = "", name: str = "", language: str = "es") -> User:
    """A person with a verified e-mail address and the password `correct horse battery`."""
    number = next(numbers)
    user = User.objects.create_user(
        email or f"person{number}@example.org",
        "correct horse battery",
        name=name or f"Person {number}",
        language=language,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for group in groups:
        user.groups.add(GroupRow.objects.get_or_create(name=group.value)[0])
    return user


def make_organization(
    *, state: OrganizationState = OrganizationState.DRAFT, owner: User | None = None, **fields: object
) -> Organization:
    """A refugee-led organization in Mexico; not in the ledger (see `publish_organization`)."""
    values: dict[str, object] = {
        "name": f"Organization {next(numbers)}",
        "type_code": "refugee_led",
        "country": "MX",
        "language": "es",
        "description": "We work with people on the move.",
        "created_at": timezone.now(),
    }
    if state != OrganizationState.DRAFT:
        values["submitted_at"] = timezone.now()
    if state in WITH_REASON:
        values["reason"] = "Please send the statutes."
    organization = Organization(state=state, **(values | fields))
    if state != OrganizationState.DRAFT:
        organization.submitted_profile = organization.profile
    organization.save()
    if owner is not None:
        add_member(organization, owner, Role.OWNER)
    return organization


def make_listed(**fields: object) -> Organization:
    """A ministry of Belize that the secretariat has listed; in the ledger."""
    values: dict[str, object] = {"name": f"Ministry {next(numbers)}", "type_code": "state", "country": "BZ"}
    listed = ListedFields(**{"language": "en", **values, **fields})  # type: ignore[arg-type]
    return list_organization(fields=listed, actor=system("tests"), now=timezone.now())


def make_claim(listed: Organization, claimant: User, **said: object) -> OrganizationClaim:
    """A claim that waits; without `said` it says what the list says, and a description."""
    values = {name: getattr(listed, name) for name in CLAIMED}
    given = {"description": "We keep the register.", "evidence": "My badge has number 7.", **said}
    fields = OrganizationFields(**values | given)  # type: ignore[arg-type]
    return claim_organization(listed, fields=fields, actor=person(claimant), now=timezone.now())


def add_member(organization: Organization, user: User, role: Role) -> Membership:
    return Membership.objects.create(organization=organization, user=user, role=role, since=timezone.now())


def publish_organization(organization: Organization) -> Record:
    """Put a verified organization into the ledger."""
    projection = Projection(
        kind=RecordKind.ORGANIZATION,
        source_key=organization.key,
        language=organization.language,
        title=organization.name,
        summary=organization.description[:300],
        year=organization.created_at.year,
        country=organization.country,
        type_code=organization.type_code,
        texts={"description": organization.description},
        facts={"acronym": organization.acronym, "website": organization.website},
    )
    return publish(projection, actor=system("tests"), now=timezone.now())
