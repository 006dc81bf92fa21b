"""From a public path to a page: two queries at any depth, tree size and number of languages.

Wagtail's own routing asks twice for each level and a language switcher once for each language;
here one query finds the page by its address with its trail and translations, one its type's row.
A missing translation gives the original at the same address, marked as such by the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from wagtail.models import Page, Site

from portal.cms.page_rows import PageRow, is_live, rows_at, rows_near, trail
from portal.common.languages import CODES, DEFAULT

Roots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Crumb:
    """`lang` is set where the title stands in another language than the reader's."""

    title: str
    url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a page stands: its trail from below the home page, its address in each language.

    `branches` are the tree paths of the page in each of its languages.
    """

    page: Page | PageRow
    crumbs: tuple[Crumb, ...]
    alternates: dict[str, str]
    language: str
    content_language: str
    branches: tuple[str, ...] = ()
    is_restricted: bool = False

    @property
    def url(self) -> str:
        return self.alternates[self.language]

    @property
    def is_fallback(self) -> bool:
        """True when the reader's language has no translation and the original is shown."""
        return self.language != self.content_language

    @property
    def lang(self) -> str:
        """The language of the page's own text where it is not the reader's."""
        return self.content_language if self.is_fallback else ""


def root_paths() -> Roots:
    """The tree path of the home page in each language; cached by Wagtail, no query when warm.

    The portal is one site, the one made first: whatever stands below another is no page of it.
    """
    roots = Site.get_site_root_paths()
    first = min((root.site_id for root in roots), default=None)
    return {root.language_code: root.root_path for root in roots if root.site_id == first}


def public_path(url_path: str, roots: Roots, language: str | None = None) -> str | None:
    """`/es/consultations/x/` for a tree path; in another `language` on request. None outside the site."""
    for code, root in roots.items():
        if url_path.startswith(root):
            return f"/{language or code}/{url_path[len(root) :]}"
    return None


def code_of(url_path: str, roots: Roots) -> str:
    """The language of a page by its tree path."""
    return next((code for code, root in roots.items() if url_path.startswith(root)), DEFAULT)


def resolve(path: str, language: str) -> Route:
    """The route of a public path such as `consultations/brasilia/` for a reader of `language`.

    Raises `Http404` for an unknown address, a draft, and anything below a draft.
    """
    roots, path = root_paths(), path.strip("/")
    url_paths = {f"{root}{path}/" if path else root for root in roots.values()}
    near = rows_at(url_paths)
    shown = [row for row in near.values() if row.url_path in url_paths and is_live(row.path, near)]
    if not shown:
        raise Http404(path)
    page = min(shown, key=lambda row: (code_of(row.url_path, roots) != language, row.pk))
    return _route(page, language, roots, near)


def route_of(page: Page, language: str) -> Route:
    """The route of a page at hand, also of a draft or a page that has no row yet (previews)."""
    return _route(page, language, root_paths(), rows_near(page), own=True)


def _route(
    page: Page | PageRow, language: str, roots: Roots, near: Mapping[str, PageRow], own: bool = False
) -> Route:
    """`own` keeps `page` itself instead of its translation in `language`."""
    rows = [row for row in near.values() if row.translation_key == page.translation_key]
    rows = sorted((row for row in rows if is_live(row.path, near)), key=lambda row: row.pk)
    by_code = {code_of(row.url_path, roots): row for row in reversed(rows)}
    original = rows[0] if rows else page
    shown = page if own else by_code.get(language, original)
    code = code_of(shown.url_path, roots)
    above = [near[path] for path in trail(shown.path)[1:-1] if path in near]
    lang = code if code != language else ""
    return Route(
        page=shown,
        crumbs=tuple(Crumb(r.title, public_path(r.url_path, roots, language) or "/", lang) for r in above),
        alternates={
            each: public_path(by_code.get(each, original).url_path, roots, each) or f"/{each}/"
            for each in CODES
        },
        language=language,
        content_language=code,
        branches=tuple(row.path for row in rows) or (page.path,),
        is_restricted=any(near[path].is_restricted for path in trail(shown.path) if path in near),
    )
