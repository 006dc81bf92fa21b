"""Public pages by identity: one row for each translation key, in the reader's language where there is one.

Every app above may call it. A page is public when it and all its ancestors are live and none is restricted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from portal.cms.pages import PortalPage
from portal.cms.routing import code_of, public_path, root_paths

Row = TypeVar("Row", bound=Page)


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page as one reader meets it; `language` is that of its text, `url` that of the reader.

    `ancestors` are the keys above it from the home page down; `extra` holds the fields that its
    type names in `public_fields`.
    """

    key: UUID
    title: str
    url: str
    language: str
    number: str = ""
    ancestors: tuple[UUID, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def parent_key(self) -> UUID | None:
        return self.ancestors[-1] if self.ancestors else None


def public_pages(model: type[PortalPage], language: str) -> list[PublicPage]:
    """Every public page of one type in the order of the tree. Three queries."""
    rows = without_hidden(model.objects.filter(live=True).order_by("path"))
    shown = chosen(rows, language)
    above = _ancestor_keys(shown)
    return [_public_page(row, language, above) for row in shown]


def pages_by_key(keys: Collection[object], language: str) -> dict[UUID, PublicPage]:
    """Public pages of any type by translation key; unknown and hidden keys are left out. Two queries.

    `title` is the page's short title; `number`, `ancestors` and `extra` stay empty.
    """
    if not keys:
        return {}
    rows = Page.objects.filter(translation_key__in=list(keys), live=True).order_by("path")
    return {
        row.translation_key: _public_page(row, language, {}) for row in chosen(without_hidden(rows), language)
    }


def hidden_paths() -> frozenset[str]:
    """Tree paths that hide all below them: drafts with children, restricted pages. One query."""
    hiding = Q(live=False, numchild__gt=0) | Q(view_restrictions__isnull=False)
    return frozenset(Page.objects.filter(hiding, depth__gt=1).values_list("path", flat=True))


def is_hidden(path: str, hidden: frozenset[str]) -> bool:
    step = Page.steplen
    return any(path[:end] in hidden for end in range(2 * step, len(path) + 1, step))


def without_hidden(rows: Iterable[Row]) -> list[Row]:
    """The rows that are inside a site's tree and below nothing hidden. Runs the rows' query and one more."""
    hidden, roots = hidden_paths(), root_paths()
    return [row for row in rows if not is_hidden(row.path, hidden) and public_path(row.url_path, roots)]


def chosen(rows: Iterable[Row], language: str) -> list[Row]:
    """One row for each key: the reader's language, else the original (the oldest); in the given order."""
    roots = root_paths()
    best: dict[UUID, Row] = {}
    for row in rows:
        kept = best.get(row.translation_key)
        if kept is None or _rank(row, language, roots) < _rank(kept, language, roots):
            best[row.translation_key] = row
    return list(best.values())


def _rank(row: Page, language: str, roots: dict[str, str]) -> tuple[bool, int]:
    return code_of(row.url_path, roots) != language, row.pk


def _ancestor_keys(rows: Iterable[Page]) -> dict[str, UUID]:
    step = Page.steplen
    paths = {row.path[:end] for row in rows for end in range(2 * step, len(row.path), step)}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "translation_key"))


def _public_page(row: Page, language: str, above: dict[str, UUID]) -> PublicPage:
    roots, step = root_paths(), Page.steplen
    ends = range(2 * step, len(row.path), step)
    return PublicPage(
        key=row.translation_key,
        title=getattr(row, "full_title", row.title),
        url=public_path(row.url_path, roots, language) or "/",
        language=code_of(row.url_path, roots),
        number=getattr(row, "number", ""),
        ancestors=tuple(above[row.path[:end]] for end in ends if row.path[:end] in above),
        extra={name: getattr(row, name) for name in getattr(row, "public_fields", ())},
    )
