"""What one step saves of any submission, and what of it the table cannot hold; the types build on it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES, DEFAULT
from portal.taxonomy.queries import mark_names

MAX_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFields:
    """A field that is None stays as it is; each type adds its own."""

    title: str | None = None
    language: str | None = None
    country: str | None = None
    marks: list[str] | None = None
    is_name_withheld: bool | None = None
    # Of kinds that others may sign: the slug of a network, and keys of the organizations that are invited.
    on_behalf_of: str | None = None
    signatories: tuple[UUID, ...] | None = None


def unstorable_basics(fields: DraftFields) -> list[Problem]:
    """What does not fit the table; forms catch it at the field."""
    problems = []
    if fields.title is not None and len(fields.title) > MAX_TITLE:
        problems.append(Problem("title", _("Shorten the title.")))
    if fields.language is not None and fields.language not in CODES:
        problems.append(Problem("language", _("Say in which language you write.")))
    if fields.country and fields.country not in COUNTRIES:
        problems.append(Problem("country", _("Choose a country of the list.")))
    if fields.marks and set(fields.marks) - mark_names(DEFAULT).keys():
        problems.append(Problem("marks", _("Choose marks of the list.")))
    return problems
