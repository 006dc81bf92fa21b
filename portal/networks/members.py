"""Finds the organization that staff mean by a name or a number; the form of a member calls it."""

from django.utils.translation import gettext as _

from portal.common.ids import parse_public_id
from portal.organizations.directory import Directory
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.queries import published


def organization_meant(word: str) -> tuple[Organization | None, str]:
    """The public organization of that name or number, or what is wrong with the word."""
    parsed = parse_public_id(word)
    records = published(RecordKind.ORGANIZATION)
    if parsed is not None and parsed[0] == ledger_kind(RecordKind.ORGANIZATION).letter:
        keys = records.filter(pk=parsed[1]).values_list("source_key", flat=True)
        matches = list(Organization.objects.filter(key__in=keys))
    else:
        matches = Directory().named(word)
    if len(matches) == 1:
        return matches[0], ""
    if not matches:
        return None, _("No public organization has this name or number.")
    numbers = records.filter(source_key__in=[row.key for row in matches])
    named = ", ".join(f"{row.public_id} ({row.country})" if row.country else row.public_id for row in numbers)
    told = _("Several organizations have this name. Give the number of one: %(numbers)s.")
    return None, told % {"numbers": named}


def called(organization: Organization) -> str:
    """How the form names an organization that was chosen before: by its number, which is nobody else's."""
    record = published(RecordKind.ORGANIZATION).filter(source_key=organization.key).first()
    return record.public_id if record else organization.name
