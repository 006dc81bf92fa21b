"""Who of an organization reads a mail, and in which language; whoever writes to organizations asks it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT
from portal.organizations.enums import SUBMITTING_ROLES, Role
from portal.organizations.models import Membership, Organization

FIRST_TOLD = (Role.OWNER, Role.SIGNATORY, Role.EDITOR)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Those who get one mail together; nobody where an organization has nobody who writes for it."""

    people: Sequence[User]
    language: str

    @property
    def addresses(self) -> list[str]:
        return [user.email for user in self.people]


def recipients_of(organizations: Iterable[Organization]) -> dict[int, Recipients]:
    """The owners, else the signatories, else the editors, each with an account in use. One query.

    Nobody where there is none of them: the secretariat reads of it at its desk ("organizations without an
    owner"). In the language that the organization has chosen for mails, else that of these people where they
    share one, else its own.
    """
    rows = {organization.pk: organization for organization in organizations}
    members: dict[int, list[Membership]] = defaultdict(list)
    active = Membership.objects.filter(organization__in=rows, user__is_active=True)
    for member in active.select_related("user").order_by("pk"):
        members[member.organization_id].append(member)
    return {pk: _recipients(members[pk], rows[pk]) for pk in rows}


def speakers_of(organization: Organization) -> Sequence[User]:
    """All who submit and appeal in its name, each with an account in use. One query."""
    rows = Membership.objects.filter(
        organization=organization, role__in=SUBMITTING_ROLES, user__is_active=True
    )
    return [member.user for member in rows.select_related("user").order_by("pk")]


def _recipients(members: Sequence[Membership], organization: Organization) -> Recipients:
    by_role = ([member.user for member in members if member.role == role] for role in FIRST_TOLD)
    people = next(filter(None, by_role), [])
    languages = {user.language for user in people}
    shared = languages.pop() if len(languages) == 1 else organization.language
    language = organization.mail_language or shared
    return Recipients(people, language if language in CODES else DEFAULT)
