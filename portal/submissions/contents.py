"""Fields of the content that all types share; their declarations name them. The title is its heading."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.countries import COUNTRIES
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Field
from portal.publication.projections import (
    Link,
    Projection,
    Translated,
    mark_facts,
    mark_links,
    summary_of,
)
from portal.submissions.models import Submission
from portal.taxonomy.models import Marked
from portal.taxonomy.queries import mark_names

Texts = dict[str, str | list[str]]


def _country(code: str) -> Any:
    return COUNTRIES.get(code, "")


def _language(code: str) -> Any:
    return LANGUAGE_NAMES.get(code, "")


def identity(submission: Submission) -> dict[str, object]:
    """What the receipt of every type holds, marks where there are any; `sent` of the type adds its own."""
    marks = marks_of(submission)
    return ({"marks": marks} if marks else {}) | {
        "kind": submission.kind,
        "key": str(submission.key),
        "organization": str(submission.organization.key),
        "language": submission.language,
        "country": submission.country,
        "title": submission.title,
    }


def public_face(
    submission: Submission,
    *,
    year: int,
    text: str,
    texts: Texts,
    facts: dict[str, str],
    links: Iterable[Link],
    translations: Iterable[Translated] = (),
) -> Projection:
    """What of every type becomes public: no author, reason or receipt. `project` of the type adds its own.

    `text` is the one of which lists show the beginning.
    """
    marks = marks_of(submission)
    return Projection(
        kind=submission.kind,
        source_key=submission.key,
        language=submission.language,
        title=submission.title,
        summary=summary_of(text),
        year=year,
        country=submission.country,
        type_code=submission.organization.type_code,
        organization_key=submission.organization.key,
        texts=texts,
        facts=facts | mark_facts(marks),
        links=(*links, *mark_links(marks)),
        translations=tuple(translations),
    )


def marks_of(submission: Submission) -> list[str]:
    """Codes of its cross-cutting marks; none of a type that bears none."""
    return list(submission.marks) if isinstance(submission, Marked) else []


def _marks(codes: Iterable[str]) -> str:
    names = mark_names(get_language() or DEFAULT)
    return " · ".join(names.get(code, code) for code in codes)


MARKS = Field("marks", _("Cross-cutting marks"), words=_marks)
TITLE = Field("title", _("Title"), is_heading=True)
COUNTRY = Field("country", _("Country"), words=_country)
LANGUAGE = Field("language", _("Language"), words=_language)
