"""Fields of the content that all types share; their declarations name them. The title is its heading."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.countries import COUNTRIES
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.reviews import Field
from portal.organizations.categories import category_of
from portal.publication.authors import category_words
from portal.publication.kinds import WITHHELD
from portal.publication.projections import (
    Link,
    Projection,
    Translated,
    mark_facts,
    mark_links,
    summary_of,
)
from portal.publication.veils import veiled
from portal.submissions.cut_faces import left_out
from portal.submissions.models import Submission, Withholdable
from portal.submissions.queries import content_of, version_read
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
    withheld = {WITHHELD: category_of(submission.organization)} if withholds(submission) else {}
    told: dict[str, object] = {"marks": marks} if marks else {}
    return {
        **told,
        **withheld,
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
    is_new: bool = False,
) -> Projection:
    """What of every type becomes public: no author, reason, receipt or passage that was left out.

    `project` of the type adds its own.

    `text` is the one of which lists show the beginning; of what `is_new`, never read by anybody, nothing can
    be left out.
    """
    marks = marks_of(submission)
    face = Projection(
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
    told = veiled(face, category_told(submission)) if withholds(submission) else face
    return told if is_new else left_out(told, submission)


def withholds(submission: Submission) -> bool:
    """Whether it says its category instead of its organization's name. No query."""
    return submission.organization.is_protected or is_name_withheld(submission)


def is_name_withheld(submission: Submission) -> bool:
    """Whether its authors chose so for this text."""
    return isinstance(submission, Withholdable) and submission.is_name_withheld


def category_told(submission: Submission) -> str:
    """As of now, and never narrower than the authors were told when they submitted it. Two queries."""
    told = (content_of(version_read(submission)) or {}).get(WITHHELD, "")
    return category_of(submission.organization, told)


def marks_of(submission: Submission) -> list[str]:
    """Codes of its cross-cutting marks; none of a type that bears none."""
    return list(submission.marks) if isinstance(submission, Marked) else []


def _marks(codes: Iterable[str]) -> str:
    names = mark_names(get_language() or DEFAULT)
    return " · ".join(names.get(code, code) for code in codes)


NAME = Field(WITHHELD, _("Who readers are told speaks"), words=category_words)
MARKS = Field("marks", _("Cross-cutting marks"), words=_marks)
TITLE = Field("title", _("Title"), is_heading=True)
COUNTRY = Field("country", _("Country"), words=_country)
LANGUAGE = Field("language", _("Language"), words=_language)
