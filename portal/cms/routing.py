"""From a public path to a page: three queries at any depth, tree size and number of languages.

Wagtail's own routing asks twice for each level and a language switcher once for each language;
here one query finds the page by its address, one its type's row, one its trail and translations.
A missing translation gives the original at the same address, marked as such by the page.
"""

from dataclasses import dataclass

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404
from wagtail.models import Page, PageViewRestriction, Site

from portal.common.languages import CODES, DEFAULT, OWN_NAMES


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Route:
    """Where a page stands: its trail from the home page down, its address in each language."""

    page: Page
    crumbs: tuple[Crumb, ...]
    alternates: dict[str, str]
    language: str
    content_language: str
    is_restricted: bool = False

    @property
    def is_fallback(self) -> bool:
        """True when the reader's language has no translation and the original is shown."""
        return self.language != self.content_language

    @property
    def content_language_name(self) -> str:
        return OWN_NAMES[self.content_language]


def root_paths() -> dict[str, str]:
    """The tree path of the home page in each language; cached by Wagtail, no query when warm."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def public_path(url_path: str, roots: dict[str, str], language: str | None = None) -> str | None:
    """`/es/consultations/x/` for a tree path; in another `language` on request. None outside the site."""
    for code, root in roots.items():
        if url_path.startswith(root):
            return f"/{language or code}/{url_path[len(root) :]}"
    return None


def resolve(path: str, language: str) -> Route:
    """The route of a public path such as `consultations/brasilia/` for a reader of `language`."""
    roots = root_paths()
    wanted = {f"{root}{path.strip('/')}/".replace("//", "/"): code for code, root in roots.items()}
    if not path.strip("/"):
        wanted = {root: code for code, root in roots.items()}
    found = {wanted[page.url_path]: page for page in _pages_at(wanted)}
    for code in (language, DEFAULT, *CODES):
        if code in found:
            return _route(found[code], language, roots)
    raise Http404(path)


def route_of(page: Page, language: str) -> Route:
    """The route of a page at hand, for previews of pages that have no address yet."""
    page.restricted = False
    return _route(page, language, root_paths())


def _pages_at(url_paths: dict[str, str]) -> list[Page]:
    restrictions = PageViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), CharField())
    ).filter(below__startswith=F("page__path"))
    pages = Page.objects.filter(url_path__in=url_paths, live=True).annotate(restricted=Exists(restrictions))
    return list(pages)


def _route(page: Page, language: str, roots: dict[str, str]) -> Route:
    trail, translations = _around(page)
    codes = {page.locale_id: code_of(page.url_path, roots)}
    addresses = {}
    for row in translations:
        codes[row.locale_id] = code = code_of(row.url_path, roots)
        addresses[code] = public_path(row.url_path, roots) or "/"
    shown = next((row for row in translations if codes[row.locale_id] == language), page)
    specific = page if shown.pk == page.pk else shown
    original = translations[0] if translations else page
    alternates = {
        code: addresses.get(code) or public_path(original.url_path, roots, code) or f"/{code}/"
        for code in CODES
    }
    return Route(
        page=specific,
        crumbs=tuple(Crumb(row.title, public_path(row.url_path, roots, language) or "/") for row in trail),
        alternates=alternates,
        language=language,
        content_language=codes[specific.locale_id],
        is_restricted=getattr(page, "restricted", False),
    )


def _around(page: Page) -> tuple[list[Page], list[Page]]:
    """Live ancestors below the tree's root from the top, and live translations, oldest first. One query."""
    step = Page.steplen
    above = [page.path[:end] for end in range(2 * step, len(page.path), step)]
    rows = list(
        Page.objects.filter(Q(path__in=above) | Q(translation_key=page.translation_key), live=True)
        .only("pk", "title", "url_path", "path", "locale_id", "translation_key", "live", "content_type_id")
        .order_by("pk")
    )
    trail = sorted((row for row in rows if row.path in above), key=lambda row: row.path)
    return trail, [row for row in rows if row.translation_key == page.translation_key]


def code_of(url_path: str, roots: dict[str, str]) -> str:
    """The language of a page by its tree path."""
    return next((code for code, root in roots.items() if url_path.startswith(root)), DEFAULT)
