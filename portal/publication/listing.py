"""How records look in lists and on their pages; public views of every app call it.

Plain data for the components in `portal/templates/components/`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.common.countries import COUNTRIES
from portal.common.phrases import ORIGINAL_IN
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.projections import summary_of
from portal.publication.queries import Reading, reading

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Badge:
    """A short state in words; tones: brand, good, warn, bad."""

    text: Any
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """Inputs of `components/record_item.html`; `lang` is empty where it is the page's."""

    title: str
    url: str
    lang: str
    meta: tuple[Any, ...]
    badges: tuple[Badge, ...]
    excerpt: str
    kind: Badge | None = None
    state: Badge | None = None


def list_item(
    record: Record,
    language: str,
    *,
    type_names: Mapping[str, str],
    badges: Iterable[Badge] = (),
    with_kind: bool = False,
    with_author: bool = True,
) -> ListItem:
    """A record as a list shows it to a reader of `language`. No query when translations are prefetched."""
    shown = reading(record, language)
    return ListItem(
        title=shown.title,
        url=record.path(language),
        lang=foreign(shown.language, language),
        meta=tuple(filter(None, _meta(record, type_names)[0 if with_author else 2 :])),
        badges=(*badges, *original_badge(record, language)),
        excerpt=excerpt(record, shown),
        kind=Badge(RecordKind(record.kind).label, "brand") if with_kind else None,
    )


def original_badge(record: Record, language: str) -> tuple[Badge, ...]:
    """Says in which language a record was written, where that is not the reader's."""
    return () if record.language == language else (Badge(ORIGINAL_IN[record.language]),)


def organization_links(record: Record, language: str) -> list[dict[str, Any]]:
    """The organization behind a record as a link; nothing when it has been withdrawn."""
    author = record.organization
    if author is None or not author.is_published:
        return []
    return [{"label": author.title, "url": author.path(language), "lang": foreign(author.language, language)}]


def excerpt(record: Record, shown: Reading) -> str:
    """The beginning of the text in the language shown."""
    if not shown.is_translation:
        return record.summary
    return summary_of(next((text for text in shown.texts.values() if isinstance(text, str)), ""))


def foreign(language: str, page_language: str) -> str:
    """The `lang` of a text on a page in another language; empty where they agree."""
    return "" if language == page_language else language


def country_name(code: str) -> Any:
    return COUNTRIES.get(code, code)


def page_of_list(request: HttpRequest, rows: QuerySet[Record]) -> Page:
    """The part of a list that `?page=` asks for; an unreadable number gives the nearest part. Two queries."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def permanent_url(record: Record) -> str:
    return f"{settings.SITE_URL}/r/{record.public_id}/"


def citation(record: Record, shown: Reading) -> str:
    """One line that names a record so that it can be found again."""
    author = record.organization.title if record.organization else ""
    return _(
        "%(author)s (%(year)s). %(title)s. Cartagena+40 portal, %(number)s, version %(version)s. %(url)s"
    ) % {
        "author": author or "Cartagena+40",
        "year": record.published_at.year,
        "title": shown.title,
        "number": record.public_id,
        "version": record.version,
        "url": permanent_url(record),
    }


def _meta(record: Record, type_names: Mapping[str, str]) -> tuple[Any, ...]:
    author = record.organization.title if record.organization else ""
    kind_of_author = type_names.get(record.type_code, "")
    return author, kind_of_author, country_name(record.country)
