"""What the secretariat reads of an organization, a claim or a change, in words, from `profile_fields`."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.common.reviews import Content, Fact, Field
from portal.organizations.models import Organization, OrganizationClaim, ProfileChange
from portal.organizations.profile_fields import FIELDS, ProfileField, readable, whole
from portal.organizations.states import CHANGE_STATES, STATES
from portal.taxonomy.queries import organization_type_names

# What stands above the page, in its own part of it, or beside another value.
_APART = {"name", "acronym", "alias_years", "logo_text"}


def fields_of(names: Collection[str]) -> tuple[Field, ...]:
    """In the order of the table."""
    return tuple(_field(row) for row in FIELDS if row.name in names and row.name != "alias_years")


def facts_of(organization: Organization, language: str) -> tuple[Fact, ...]:
    """Who an organization is, by the profile it submitted, and who acts for it. Two queries."""
    members = organization.memberships.select_related("user").order_by("pk")
    people = ", ".join(f"{row.user} ({row.get_role_display()})" for row in members)
    if organization.is_protected:
        people = _("Only the protection focal point may read who they are.")
    said = readable(whole(organization.submitted_profile))
    said["type_code"] = organization_type_names(language).get(said["type_code"], said["type_code"])
    acronym = f" ({said['acronym']})" if said["acronym"] else ""
    short = [row for row in FIELDS if not (row.is_text or row.name in _APART)]
    return (
        Fact(_("Organization"), f"{said['name']}{acronym}"),
        Fact(_("State"), STATES.label(organization.state)),
        *(_fact(row, said[row.name]) for row in short),
        Fact(_("Confirmed as led by refugees"), _("Yes") if organization.refugee_led_at else ""),
        Fact(_("Members"), people),
    )


def submitted(organization: Organization) -> Content | None:
    """The profile as it was submitted, never what its members are changing."""
    said = organization.submitted_profile
    return {"title": said["name"], **said} if said else None


def changed(change: ProfileChange) -> Content:
    """The fields that would be others, under the name it has now."""
    return {"title": change.organization.name, "language": change.language, **readable(change.profile)}


def compared_change(change: ProfileChange) -> tuple[Content, Content]:
    """What readers see now, or saw when it was decided, and what they would see."""
    now, was = change.organization, change.before
    if change.state in CHANGE_STATES.waiting:
        was = {name: getattr(now, name) for name in change.profile}
    return readable(was), readable(change.profile)


def compared_claim(claim: OrganizationClaim, *, is_open: bool) -> tuple[Content, Content]:
    """What the list says now, or said when it was decided or claimed by somebody else."""
    return claim.organization.profile if is_open else claim.listed, claim.profile


def _field(row: ProfileField) -> Field:
    """Types are named by the vocabulary."""
    words: Callable[[Any], Any] = _type_name if row.name == "type_code" else _words(row)
    return Field(row.name, row.label, words=words, is_text=row.is_text, is_heading=row.is_heading)


def _words(row: ProfileField) -> Callable[[Any], Any]:
    return lambda value: row.words(value) if value else ""


def _fact(row: ProfileField, value: Any) -> Fact:
    fact = Fact(row.label, _words(row)(value))
    return replace(fact, url=str(value)) if row.name == "website" else fact


def _type_name(code: str) -> str:
    """One query; asked for twice on one page."""
    return organization_type_names(get_language() or DEFAULT).get(code, code)
