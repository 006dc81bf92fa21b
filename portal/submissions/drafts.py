"""What one step saves of any submission, and what of it the table cannot hold; the types build on it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.common.countries import COUNTRIES
from portal.common.errors import Problem
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import over_characters
from portal.taxonomy.queries import mark_names

MAX_TITLE = 200
MOST_STORED = 100_000


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
    return problems + _unstorable_lengths(fields)


def _unstorable_lengths(fields: DraftFields) -> list[Problem]:
    """Texts of any length, and lists of them, have an end all the same: each save is kept."""
    texts = [
        (name, text)
        for name in fields.__dataclass_fields__
        for text in _texts_of(getattr(fields, name))
        if name != "title"
    ]
    told = ((name, over_characters(text, MOST_STORED)) for name, text in texts)
    return [Problem(name, why) for name, why in told if why]


def _texts_of(value: object) -> list[str]:
    rows = value if isinstance(value, (list, tuple)) else [value]
    return [row for row in rows if isinstance(row, str)]
