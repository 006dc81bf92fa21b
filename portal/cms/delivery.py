"""Pages as plain data for headless delivery; the read API calls it.

The number of queries depends on the page types shown, not on the number of pages.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from wagtail.fields import RichTextField
from wagtail.models import Page

from portal.cms.block_values import BlockValues, stream_fields
from portal.cms.pages import PortalPage
from portal.cms.queries import hidden_paths, is_hidden
from portal.cms.routing import Roots, code_of, public_path, resolve, root_paths
from portal.common.languages import CODES, language_of

SERVED = re.compile(r"(?:[\w\-]+/)*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a public page stands, without its text."""

    pk: int
    path: str
    url: str
    locale: str
    key: UUID


def page_types() -> dict[str, type[PortalPage]]:
    """Every type of public page by its name in lower case, with and without its app."""
    models = [model for model in apps.get_models() if issubclass(model, PortalPage)]
    return {name: model for model in models for name in (model._meta.label_lower, model.__name__.lower())}


def places(*, path: str = "", type_name: str = "", locale: str = "") -> list[Place]:
    """Public pages that fit, newest first; an unknown path, type or locale fits none. Three queries."""
    types = page_types()
    if (type_name and type_name.lower() not in types) or (locale and locale not in CODES):
        return []
    selected = _at(path) if path else _everywhere()
    if type_name:
        wanted = ContentType.objects.get_for_model(types[type_name.lower()]).pk
        keep = set(Page.objects.filter(content_type=wanted).values_list("pk", flat=True))
        selected = [place for place in selected if place.pk in keep]
    return [place for place in selected if not locale or place.locale == locale]


def pages_as_data(part: Sequence[Place]) -> list[dict[str, Any]]:
    """The pages with their content, in order."""
    pages = Page.objects.filter(pk__in=[place.pk for place in part]).specific()
    rows = {page.pk: page for page in pages}
    values = BlockValues(rows.values())
    alternates = _translations({place.key for place in part})
    parents = _parents(place.path for place in part)
    told = _told(rows.values())
    return [
        _data(rows[place.pk], place, values, alternates.get(place.key, {}), parents) | told.get(place.pk, {})
        for place in part
        if isinstance(rows.get(place.pk), PortalPage)
    ]


def _told(pages: Iterable[Page]) -> dict[int, dict[str, Any]]:
    """What the types of the pages tell besides columns."""
    by_type: dict[type[Page], list[Any]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    return {
        pk: told
        for model, rows in by_type.items()
        if issubclass(model, PortalPage)
        for pk, told in model.told(rows).items()
    }


def _everywhere() -> list[Place]:
    return _public(Page.objects.filter(live=True, depth__gt=1).order_by("-pk"), root_paths())


def _at(path: str) -> list[Place]:
    """The one page that a reader meets at an address, also with host, query or without the last slash."""
    try:
        asked = "/" + urlsplit(path).path.strip("/") + "/"
    except ValueError:
        return []
    language = language_of(asked)
    rest = asked[len(f"/{language}/") :]
    if language is None or not SERVED.fullmatch(rest):
        return []
    try:
        route = resolve(rest, language)
    except Http404:
        return []
    page = route.page
    if route.is_restricted:
        return []
    return [Place(page.pk, page.path, route.url, route.content_language, page.translation_key)]


def _public(rows: Any, roots: Roots) -> list[Place]:
    hidden = hidden_paths()
    return [
        Place(pk, path, url, code_of(url_path, roots), key)
        for pk, path, url_path, key in rows.values_list("pk", "path", "url_path", "translation_key")
        if (url := public_path(url_path, roots)) and not is_hidden(path, hidden)
    ]


def _translations(keys: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    urls: dict[UUID, dict[str, str]] = {}
    for place in _public(
        Page.objects.filter(translation_key__in=keys, live=True).order_by("pk"), root_paths()
    ):
        urls.setdefault(place.key, {})[place.locale] = place.url
    return urls


def _parents(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    above = {path[: -Page.steplen] for path in paths}
    rows = Page.objects.filter(path__in=above, depth__gt=1).values_list("path", "translation_key", "url_path")
    roots = root_paths()
    return {
        path: {"translation_key": str(key), "url": public_path(url, roots) or "/"} for path, key, url in rows
    }


def _data(
    page: PortalPage,
    place: Place,
    values: BlockValues,
    translations: dict[str, str],
    parents: dict[str, dict[str, str]],
) -> dict[str, Any]:
    own = {name: _plain(page, name, values) for name in page.public_fields}
    return {
        "id": page.pk,
        "translation_key": str(page.translation_key),
        "type": page._meta.label,
        "locale": place.locale,
        "title": page.title,
        "heading": page.heading,
        "introduction": page.introduction,
        **own,
        "url": place.url,
        "parent": parents.get(page.path[: -Page.steplen]),
        "published_at": page.first_published_at and page.first_published_at.isoformat(),
        "updated_at": page.last_published_at and page.last_published_at.isoformat(),
        "translations": translations,
        "blocks": [item for field in stream_fields(page) for item in values.of(page, field)],
    }


def _plain(page: PortalPage, name: str, values: BlockValues) -> Any:
    value = getattr(page, name)
    if isinstance(page._meta.get_field(name), RichTextField):
        return values.html(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
