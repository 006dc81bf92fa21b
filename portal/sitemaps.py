"""`/sitemap.xml` and `/robots.txt`: every public address, for search engines; `portal.urls` wires them.

A thing stands there once for its own language, with the languages it has words in beside it. All reads are
those of readers: the ledger, live pages, live documents.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.cms.queries import hidden_paths, is_hidden
from portal.cms.routing import code_of, public_path, root_paths
from portal.common.languages import CODES
from portal.library.models import LibraryDocument
from portal.publication.models import Record
from portal.records.readings import offered_in
from portal.records.types import RecordType, record_types

# Rooms and results: nothing in them is for search engines.
CLOSED = ("desk", "search")
CLOSED_EVERYWHERE = ("accounts", "admin", "django-admin", "documents", "feeds")
# Lists and rooms that every reader has in each language, by the names of their addresses.
LISTS = (
    "library:index",
    "followup:overview",
    "followup:bodies",
    "followup:cycles",
    "followup:changes",
    "countries:list",
    "calendar:list",
    "opendata:data",
    "api_page",
    "public_networks:list",
    "public_mechanisms:list",
    "plan:list",
    "matching:list",
    "privacy",
    "moderation_rules",
)
LARGEST = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the tree or a list: its path by language, that of its own first."""

    paths: Mapping[str, str]
    updated: datetime | None = None


class PortalSitemap(Sitemap[Any]):
    """A map that names beside each address those in other languages."""

    limit = LARGEST

    def paths(self, item: Any) -> Mapping[str, str]:
        """The path by language; the first is the item's own."""
        raise NotImplementedError

    def location(self, item: Any) -> str:
        return next(iter(self.paths(item).values()))

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        root = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            paths = self.paths(url["item"])
            both = paths.items() if len(paths) > 1 else ()
            url["alternates"] = [{"lang_code": code, "location": f"{root}{each}"} for code, each in both]
        return urls


class PagesMap(PortalSitemap):
    """Pages of the tree, each language's row by itself, and the lists. Two queries."""

    def items(self) -> list[Listed]:
        return [*_lists(), *_pages()]

    def paths(self, item: Listed) -> Mapping[str, str]:
        return item.paths

    def lastmod(self, item: Listed) -> datetime | None:
        return item.updated


class RecordsMap(PortalSitemap):
    """Public records of one kind. Three queries a part."""

    def __init__(self, declared: RecordType) -> None:
        self.declared = declared

    def items(self) -> QuerySet[Record]:
        return self.declared.list_rows().order_by("pk").prefetch_related("translations")

    def paths(self, item: Record) -> Mapping[str, str]:
        codes = (item.language, *CODES) if self.declared.gathers else offered_in(item)
        return {code: item.path(code) for code in codes}

    def lastmod(self, item: Record) -> datetime:
        return item.updated_at


class LibraryMap(PortalSitemap):
    """Public documents: the text in its language, the page around it in all. Two queries a part."""

    def items(self) -> QuerySet[LibraryDocument]:
        return LibraryDocument.objects.filter(live=True).order_by("pk")

    def paths(self, item: LibraryDocument) -> Mapping[str, str]:
        return {code: item.path(code) for code in dict.fromkeys((item.language, *CODES))}

    def lastmod(self, item: LibraryDocument) -> datetime:
        return item.updated_at


def _lists() -> Iterable[Listed]:
    """The lists of records and the rooms of this installation, in each language by itself."""
    kinds = [declared.address for declared in record_types()]
    addresses: list[Callable[[str], str]] = [*kinds, *(partial(_address, name) for name in LISTS)]
    for address in addresses:
        every = {code: address(code) for code in CODES}
        for code, path_there in every.items():
            yield Listed({code: path_there, **every})


def _address(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name)


def _pages() -> Iterable[Listed]:
    """Each live page that no page above hides, with its translations beside it."""
    roots, hidden = root_paths(), hidden_paths()
    columns = ("pk", "path", "url_path", "translation_key", "last_published_at")
    rows = Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list(*columns)
    by_key: dict[object, list[tuple[str, str, datetime | None]]] = {}
    for _pk, tree_path, url_path, key, updated in rows:
        address = public_path(url_path, roots)
        if address and not is_hidden(tree_path, hidden):
            by_key.setdefault(key, []).append((code_of(url_path, roots), address, updated))
    for versions in by_key.values():
        every = {code: address for code, address, _updated in versions}
        for code, address, updated in versions:
            yield Listed({code: address, **every}, updated)


def sitemaps() -> dict[str, Any]:
    """The parts by name: one for pages, one for each kind of record, one for the library."""
    kinds = {declared.path: RecordsMap(declared) for declared in record_types()}
    return {"pages": PagesMap(), **kinds, "library": LibraryMap()}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where the map is."""
    closed = [f"/{code}/{name}/" for name in CLOSED for code in CODES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {each}" for each in (*closed, *(f"/{name}/" for name in CLOSED_EVERYWHERE))),
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _plain(index(request, sitemaps=sitemaps(), sitemap_url_name="sitemap_part"))


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    return _plain(sitemap(request, sitemaps=sitemaps(), section=section))


def _plain(response: HttpResponse) -> HttpResponse:
    """The map itself is no result of a search."""
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap_part, name="sitemap_part"),
]
