"""Pages as index documents: one for each language a page is public in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import TextField
from wagtail.blocks import ChoiceBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from portal.cms.pages import PortalPage
from portal.cms.queries import is_hidden
from portal.cms.routing import Roots, code_of, public_path
from search.engines.documents import IndexDocument
from search.index.builders.base import (
    Block,
    Built,
    Surroundings,
    built,
    paragraphs,
    passages_of,
    shown_in,
    version_id,
)

# Every public page type and the kind under which its pages are found; the system check wants all of them.
KINDS = {
    "consultations.ConsultationPage": "consultation",
    "consultations.SegmentPage": "segment",
    "consultations.GuidingQuestionPage": "question",
    "consultations.ThematicAreaPage": "page",
    "consultations.ConsultationIndexPage": "page",
    "pages.HomePage": "page",
    "pages.ContentPage": "page",
    "pages.TimelinePage": "page",
}
# Page types that are the values of a facet.
FACETS = {
    "consultations.ConsultationPage": "consultation",
    "consultations.SegmentPage": "segment",
    "consultations.ThematicAreaPage": "theme",
}
_OWN_TEXT = ("heading", "introduction")


class PageBuilder:
    """Keys are translation keys: a page shows up in the index with all its languages or in none."""

    def key_of(self, identity: str) -> str | None:
        return identity if _is_uuid(identity) else None

    def keys(self) -> Iterator[str]:
        rows = Page.objects.filter(depth__gt=1).order_by("translation_key")
        return (str(key) for key in rows.values_list("translation_key", flat=True).distinct())

    def build(self, key: str, version: int, around: Surroundings) -> Built:
        rows = Page.objects.filter(translation_key=key, live=True).order_by("pk").specific()
        public = [
            page
            for page in rows
            if isinstance(page, PortalPage) and around.is_public(page) and not _is_untranslated(page, rows)
        ]
        languages = [code_of(page.url_path, around.roots) for page in public]
        documents = [
            _document(page, language, languages, version, around.roots)
            for page, language in zip(public, languages, strict=True)
        ]
        return built(key, documents)


def _is_untranslated(page: Page, rows: Iterable[Page]) -> bool:
    """An alias in another language's tree holds the original's text: readers find the original instead."""
    return page.alias_of_id in {row.pk for row in rows}


def place_of(path: str) -> dict[str, tuple[str, ...]]:
    """The facets of what stands at a tree path: its consultation, segment and thematic area."""
    step = Page.steplen
    trail = [path[:end] for end in range(2 * step, len(path) + 1, step)]
    rows = Page.objects.filter(path__in=trail).select_related("content_type")
    names = {label.lower(): name for label, name in FACETS.items()}
    return {
        names[label]: (str(row.translation_key),)
        for row in rows
        if (label := f"{row.content_type.app_label}.{row.content_type.model}") in names
    }


def places_of_questions(keys: Sequence[str], around: Surroundings) -> dict[str, tuple[str, ...]]:
    """The same for several pages by key, together; those of hidden pages are left out."""
    together: dict[str, dict[str, None]] = {}
    for key in keys:
        if key not in around.places:
            around.places[key] = _places_of(key, around)
        _merge(together, around.places[key])
    return {name: tuple(values) for name, values in together.items()}


def _places_of(key: str, around: Surroundings) -> dict[str, tuple[str, ...]]:
    together: dict[str, dict[str, None]] = {}
    rows = Page.objects.filter(translation_key=key, live=True).order_by("path") if _is_uuid(key) else ()
    for row in rows:
        if not is_hidden(row.path, around.hidden):
            _merge(together, place_of(row.path))
    return {name: tuple(values) for name, values in together.items()}


def _merge(together: dict[str, dict[str, None]], places: dict[str, tuple[str, ...]]) -> None:
    for name, values in places.items():
        together.setdefault(name, {}).update(dict.fromkeys(values))


def _document(
    page: PortalPage, language: str, languages: Sequence[str], version: int, roots: Roots
) -> IndexDocument:
    place = place_of(page.path)
    starts_on = getattr(page, "starts_on", None)
    published = page.first_published_at
    path = public_path(page.url_path, roots, "{ui}") or "/{ui}/"
    return IndexDocument(
        id=version_id(str(page.translation_key), language),
        kind=KINDS[page._meta.label],
        language=language,
        title=page.full_title,
        path=path,
        version=version,
        year=starts_on.year if starts_on else None,
        dated=starts_on or (published.date() if published else None),
        facets=place,
        details={"number": getattr(page, "number", "")},
        shown_in=shown_in(language, languages[0], languages),
        passages=passages_of(_blocks(page)),
    )


def _blocks(page: PortalPage) -> Iterator[Block]:
    """Everything a reader of the page reads, heading by heading."""
    if page.full_title != page.title:
        yield Block(page.title)
    yield from paragraphs(page.introduction)
    for field in page._meta.get_fields():
        if getattr(field, "model", None) is Page or field.name in _OWN_TEXT:
            continue
        if isinstance(field, StreamField):
            yield from _stream(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield from paragraphs(get_text_for_indexing(getattr(page, field.name)))
        elif isinstance(field, TextField) and type(field) is TextField:
            yield from paragraphs(getattr(page, field.name))


def _stream(value: Any) -> Iterator[Block]:
    for child in value:
        for text in _texts(child.block, child.value):
            if child.block_type == "heading":
                yield Block(text, heading=True)
            else:
                yield from paragraphs(text)


def _texts(block: Any, value: Any) -> Iterator[str]:
    """The words of a block; a choice is a setting, not a word."""
    if isinstance(block, StructBlock):
        for name, part in block.child_blocks.items():
            if not isinstance(part, ChoiceBlock):
                yield from _texts(part, value.get(name))
    else:
        yield from (str(text) for text in block.get_searchable_content(value))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
