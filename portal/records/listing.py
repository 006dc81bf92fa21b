"""How records look in lists and on their pages; public views of every app call it.

Plain data for the components in `portal/templates/components/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.phrases import MACHINE_DRAFT, ORIGINAL_IN
from portal.publication.enums import TranslationKind
from portal.publication.kinds import WITHHELD
from portal.publication.models import Record
from portal.publication.projections import summary_of
from portal.publication.queries import Reading, name_of, reading
from portal.records.trace_links import foreign
from portal.records.types import Badge, record_type


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
    badges_at: datetime | None = None,
    with_kind: bool = False,
    with_author: bool = True,
    more: tuple[str, ...] = (),
) -> ListItem:
    """A record as a list shows it to a reader of `language`, with its type's badges as of a moment.

    `more` is what its type's list says of it.

    No query when translations are prefetched.
    """
    declared = record_type(record.kind)
    badges = declared.badges(record, badges_at) if badges_at else ()
    shown = reading(record, language)
    said = excerpt(record, shown)
    return ListItem(
        title=shown.title,
        url=record.path(language),
        lang=foreign(shown.title_language, language),
        meta=(*filter(None, _meta(record, language, type_names)[0 if with_author else 2 :]), *more),
        badges=(
            *badges,
            *caveat_badge(record),
            *original_badge(record, language),
            *draft_badge(shown),
        ),
        # A text of one sentence may be its own title.
        excerpt="" if said.removesuffix(".") == shown.title.removesuffix(".") else said,
        kind=Badge(declared.called_for(record), "brand") if with_kind else None,
    )


def caveat_badge(record: Record) -> tuple[Badge, ...]:
    """What readers must know of it wherever it is named."""
    caveat = record_type(record.kind).caveat(record.facts)
    return (Badge(caveat),) if caveat else ()


def original_badge(record: Record, language: str) -> tuple[Badge, ...]:
    """Says in which language a record was written, where that is not the reader's."""
    return () if record.language == language else (Badge(ORIGINAL_IN[record.language]),)


def draft_badge(shown: Reading) -> tuple[Badge, ...]:
    """Says of words that are those of a machine what they are, wherever they are read."""
    is_draft = shown.translation_kind == TranslationKind.MACHINE
    return (Badge(MACHINE_DRAFT, "warn"),) if is_draft else ()


def organization_links(record: Record, language: str) -> list[dict[str, Any]]:
    """The organization behind a record as a link, without one where its name is withheld; nothing when it has
    been withdrawn.
    """
    author = record.organization
    if author is None and (words := record.author_in(language)):
        return [{"label": words}]
    if author is None or not author.is_published:
        return []
    title, called_in = name_of(author, language)
    return [{"label": title, "url": author.path(language), "lang": foreign(called_in, language)}]


def excerpt(record: Record, shown: Reading) -> str:
    """The beginning of the text in the language shown."""
    if not shown.is_translation:
        return record.summary
    return summary_of(next((text for text in shown.texts.values() if isinstance(text, str)), ""))


def permanent_url(record: Record) -> str:
    return f"{settings.SITE_URL}/r/{record.public_id}/"


def labelled(words: str, shown: Reading) -> str:
    """Words where no badge stands beside them: those of a machine say so."""
    return f"{words} [{MACHINE_DRAFT}]" if shown.translation_kind == TranslationKind.MACHINE else words


def citation(record: Record, language: str) -> str:
    """One line that names a record so that it can be found again, by what its author called it."""
    author = record.author_name
    return _(
        "%(author)s (%(year)s). %(title)s. Cartagena+40 portal, %(number)s, version %(version)s. %(url)s"
    ) % {
        "author": author or "Cartagena+40",
        "year": record.published_at.year,
        "title": name_of(record, language)[0],
        "number": record.public_id,
        "version": record.version,
        "url": permanent_url(record),
    }


def _meta(record: Record, language: str, type_names: Mapping[str, str]) -> tuple[Any, ...]:
    author, withheld = record.author_in(language), record.facts.get(WITHHELD)
    kind_of_author = "" if withheld else type_names.get(record.type_code, "")
    country = "" if withheld else country_name(record.country)
    if country and record_type(record.kind).of_another:
        country = _("about %(country)s") % {"country": country}
    return author, kind_of_author, country
