"""What the secretariat does with organizations that have not signed up, as verbs; desk and import call it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from dataclasses import fields as fields_in
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import EditConflict, Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.organizations import rules
from portal.organizations.directory import Directory, distinct
from portal.organizations.domain import KIND
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.profile_fields import mark_of, unfit
from portal.organizations.projection import project
from portal.publication.domain import publish


@dataclass(frozen=True, slots=True)
class ListedFields:
    """What the secretariat says of an organization, by the names of `profile_fields`.

    The country is `XX` for a regional body, or empty.
    """

    name: str
    type_code: str
    language: str
    country: str = ""
    acronym: str = ""
    website: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    names: dict[str, str] = field(default_factory=dict)
    alias_years: dict[str, list[str]] = field(default_factory=dict)
    place: str = ""
    countries: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)

    @property
    def stored(self) -> dict[str, Any]:
        """The values by the names of columns."""
        return asdict(self) | {"aliases": list(distinct(self.aliases, self.name))}


NAMES = tuple(field.name for field in fields_in(ListedFields))


@transaction.atomic
def list_organization(
    *,
    fields: ListedFields,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
    imported: Mapping[str, Any] | None = None,
    directory: Directory | None = None,
) -> Organization:
    """Public at once, without members. The same `key` with the same words gives the same organization.

    Raises `SavedBefore` for a `key` that has other words, `Incomplete` naming what is missing, does not fit,
    or is called like another public organization; who lists many has read the `directory` of these once.
    """
    if not rules.may_list(actor):
        raise NotAllowed("list organization")
    if key is not None and (made := Organization.objects.filter(key=key).first()):
        if made.state != OrganizationState.LISTED or fields_of(made).stored != fields.stored:
            raise SavedBefore()
        return made
    _require_storable(fields, None, directory or Directory())
    organization = Organization(
        key=key or uuid4(),
        state=OrganizationState.LISTED.value,
        created_at=now,
        decided_at=now,
        **fields.stored,
        imported=dict(imported or {}),
    )
    return _saved(organization, "listed", actor, now)


@transaction.atomic
def change_listed(
    organization: Organization,
    *,
    fields: ListedFields,
    actor: Actor,
    now: datetime,
    imported: Mapping[str, Any] | None = None,
    directory: Directory | None = None,
    seen: str = "",
) -> Organization:
    """Say something else of it; the public record changes with it. `imported` is what a table says.

    `seen` is the mark of what the form showed: `EditConflict` with what is said now where that is another.
    """
    if not rules.may_list(actor):
        raise NotAllowed("change listed organization")
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if organization.state != OrganizationState.LISTED:
        raise WrongState(_("This organization has members now. They say what it is."))
    if imported is not None and imported != organization.imported:
        organization.imported = dict(imported)
        organization.save(update_fields=["imported"])
    if fields_of(organization) == fields:
        return organization
    if seen not in {"", mark_of(fields_of(organization).stored)}:
        raise EditConflict(fields_of(organization).stored)
    _require_storable(fields, organization, directory or Directory())
    for name, value in fields.stored.items():
        setattr(organization, name, value)
    return _saved(organization, "changed", actor, now)


def fields_of(organization: Organization) -> ListedFields:
    """What is said of it now."""
    values = {name: getattr(organization, name) for name in NAMES}
    return ListedFields(**values | {"aliases": tuple(organization.aliases)})


def unstorable(fields: ListedFields) -> list[Problem]:
    """What is missing or does not fit its column."""
    row = Organization(**fields.stored)
    kept = {field.name for field in Organization._meta.fields} - fields.stored.keys()
    try:
        row.clean_fields(exclude=kept)
    except ValidationError as refused:
        return [Problem(name, " ".join(told)) for name, told in refused.message_dict.items()]
    if not any(letter.isalnum() for letter in row.name):
        return [Problem("name", _("Write a name that has letters."))]
    return unfit(fields.stored)


def _require_storable(fields: ListedFields, own: Organization | None, directory: Directory) -> None:
    problems = unstorable(fields)
    if told := directory.taken(fields.name, fields.country, own):
        problems.append(Problem("name", told))
    if problems:
        raise Incomplete(problems)


def _saved(organization: Organization, action: str, actor: Actor, now: datetime) -> Organization:
    """What moderators read of it is what is public."""
    organization.submitted_profile = organization.profile
    organization.save()
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now)
    publish(project(organization), actor=actor, now=now)
    return organization
