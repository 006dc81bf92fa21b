"""From a public path to a page: three queries at any depth, tree size and number of languages.

Wagtail's own routing asks twice for each level and a language switcher once for each language;
here one query finds the page by its address, one its trail and translations, one its type's row.
A missing translation gives the original at the same address, marked as such by the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from wagtail.models import Page, PageViewRestriction, Site

from portal.common.languages import CODES, DEFAULT

Roots = dict[str, str]
COLUMNS = ("title", "url_path", "path", "locale_id", "translation_key", "live", "content_type_id")


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

    page: Page
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
    """The tree path of the home page in each language; cached by Wagtail, no query when warm."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


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
    roots = root_paths()
    pages = _pages_at(path.strip("/"), roots)
    near = _surroundings(pages)
    shown = [page for page in pages if _is_live(page, near)]
    if not shown:
        raise Http404(path)
    page = min(shown, key=lambda page: (code_of(page.url_path, roots) != language, page.pk))
    return _route(page, language, roots, near)


def route_of(page: Page, language: str) -> Route:
    """The route of a page at hand, also of a draft or a page that has no row yet (previews)."""
    return _route(page, language, root_paths(), _surroundings([page]), own=True)


def _pages_at(path: str, roots: Roots) -> list[Page]:
    url_paths = [f"{root}{path}/" if path else root for root in roots.values()]
    slugs = {url_path.rstrip("/").rsplit("/", 1)[-1] for url_path in url_paths}
    return list(Page.objects.filter(slug__in=slugs, url_path__in=url_paths, live=True))


def _trail(path: str) -> list[str]:
    """The tree paths from the home page down to this one."""
    return [path[:end] for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)]


def _surroundings(pages: Iterable[Page]) -> dict[str, Page]:
    """Ancestors and live translations of pages, by tree path.

    One query; a second one where a translation stands at another address.
    """
    pages = list(pages)
    if not pages:
        return {}
    above = {path for page in pages for path in _trail(page.path)}
    rows = _rows(Q(path__in=above) | Q(translation_key__in={p.translation_key for p in pages}, live=True))
    if missing := {path for row in rows.values() for path in _trail(row.path)} - rows.keys():
        rows |= _rows(Q(path__in=missing))
    return rows


def _rows(condition: Q) -> dict[str, Page]:
    restrictions = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    rows = Page.objects.filter(condition, depth__gt=1).annotate(restricted=Exists(restrictions))
    return {row.path: row for row in rows.only(*COLUMNS)}


def _is_live(page: Page, near: dict[str, Page]) -> bool:
    return all(path in near and near[path].live for path in _trail(page.path))


def _route(page: Page, language: str, roots: Roots, near: dict[str, Page], own: bool = False) -> Route:
    """`own` keeps `page` itself instead of its translation in `language`."""
    rows = [row for row in near.values() if row.translation_key == page.translation_key]
    rows = sorted((row for row in rows if _is_live(row, near)), key=lambda row: row.pk)
    by_code = {code_of(row.url_path, roots): row for row in reversed(rows)}
    original = rows[0] if rows else page
    shown = page if own else by_code.get(language, original)
    if shown.pk == page.pk:
        shown = page
    code = code_of(shown.url_path, roots)
    above = [near[path] for path in _trail(shown.path)[1:-1] if path in near]
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
        is_restricted=any(near[path].restricted for path in _trail(shown.path) if path in near),
    )
