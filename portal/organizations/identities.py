"""Who a protected organization is: put away, read by its members and by who gives a reason, put back.

The row of `Organization` then holds a pseudonym and nothing that tells who it is, so that every room that
prints an organization says the pseudonym without knowing.
"""

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.organizations.models import Organization, ProtectedIdentity
from portal.organizations.profile_fields import public_part
from portal.organizations.queries import role_in, was_revealed
from portal.organizations.states import ONCE_VERIFIED

# Every column of `Organization` stands in one of both; a test says which one is missing.
IDENTIFYING: Mapping[str, Any] = {
    "name": "",
    "names": {},
    "acronym": "",
    "website": "",
    "aliases": [],
    "alias_years": {},
    "place": "",
    "countries": [],
    "languages": [],
    "logo_text": "",
    "imported": {},
    "description": "",
    "evidence": "",
    "submitted_profile": {},
    "risk_reason": "",
}
# Kept beside: what of it the secretariat has read last, by the names of the fields.
READ = "read"
# Does not come back: the picture is deleted.
GONE = frozenset({"logo"})
NOT_IDENTIFYING = frozenset(
    {
        *("id", "key", "type_code", "country", "language", "state", "ground", "is_at_risk", "is_protected"),
        # What the secretariat writes to the members; its form asks for no names.
        "reason",
        *("refugee_led", "refugee_led_at", "mail_language", "out_of_directory"),
        *("first_yes_by", "decided_by", "confirmed_at", "reminded_on", "reminded_days"),
        *("created_at", "submitted_at", "decided_at"),
    }
)
_SALT = "portal.organizations.pseudonym"
# Without letters and digits that are taken for one another.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def pseudonym(organization: Organization) -> str:
    """Such as "Organization K7M2", in the organization's language. Stable; nobody makes it out of the key."""
    number = int(salted_hmac(_SALT, str(organization.key), algorithm="sha256").hexdigest(), 16)
    code = "".join(_ALPHABET[number // 32**place % 32] for place in range(4))
    with translation.override(organization.language):
        return _("Organization %(code)s") % {"code": code}


def put_away(organization: Organization, now: datetime) -> None:
    """What tells who it is leaves the row. The row is locked and saved here."""
    said = {name: getattr(organization, name) for name in IDENTIFYING}
    if organization.state in ONCE_VERIFIED:
        said[READ] = public_part(organization.profile)
    ProtectedIdentity.objects.create(organization=organization, said=said, since=now)
    for name, empty in IDENTIFYING.items():
        setattr(organization, name, copy.copy(empty))
    organization.logo = None
    organization.name, organization.is_protected = pseudonym(organization), True
    if said["submitted_profile"]:
        organization.submitted_profile = organization.profile
    organization.save()


def put_back(organization: Organization) -> None:
    """The row says again who it is; nothing else keeps it. The row is locked and saved here."""
    kept = ProtectedIdentity.objects.get(organization=organization)
    for name in IDENTIFYING:
        setattr(organization, name, kept.said[name])
    organization.is_protected = False
    organization.save()
    kept.delete()


def write(organization: Organization, values: Mapping[str, Any]) -> None:
    """What its members say of it goes where it belongs; the locked row itself is saved by the caller."""
    if organization.is_protected:
        kept = ProtectedIdentity.objects.get(organization=organization)
        kept.said |= {name: value for name, value in values.items() if name in IDENTIFYING}
        kept.save(update_fields=["said"])
        values = {name: value for name, value in values.items() if name not in IDENTIFYING}
    for name, value in values.items():
        setattr(organization, name, value)


def note_submitted(organization: Organization) -> None:
    """The profile as its members have sent it; the row itself is saved by the caller."""
    organization.submitted_profile = organization.profile
    if organization.is_protected:
        write(organization, {"submitted_profile": identified(organization).profile})


def note_read(organization: Organization) -> None:
    """The secretariat has read what is said of a protected one; it lies beside who it is."""
    if organization.is_protected:
        kept = ProtectedIdentity.objects.get(organization=organization)
        kept.said[READ] = public_part(identified(organization).profile)
        kept.save(update_fields=["said"])


def read_last(organization: Organization) -> dict[str, Any]:
    """What the secretariat has read of a protected one; empty for one that it never verified."""
    said = ProtectedIdentity.objects.get(organization=organization).said
    return dict(said.get(READ, {}))


def identified(organization: Organization) -> Organization:
    """A copy for reading that says who it is; one that is not protected itself. One query at most."""
    if not organization.is_protected:
        return organization
    row = copy.copy(organization)
    row.is_identified = True  # type: ignore[attr-defined]
    said = ProtectedIdentity.objects.get(organization=organization).said
    for name in IDENTIFYING:
        setattr(row, name, said[name])
    return row


def for_member(actor: Actor, organization: Organization) -> Organization:
    """As its members read it; for anybody else the row as it is."""
    is_member = role_in(actor, organization, organization.pk) is not None
    return identified(organization) if is_member else organization


def for_focal_point(actor: Actor, organization: Organization, now: datetime) -> Organization:
    """As who has said why reads it; raises `NotAllowed` for anybody else."""
    if not was_revealed(actor, organization, now):
        raise NotAllowed("read who an organization is")
    return identified(organization)
