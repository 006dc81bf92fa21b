"""Public pages by identity: one row for each translation key, in the reader's language where there is one.

Every app above may call it. A page is public when it and all its ancestors are live and none is restricted.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from portal.cms.page_rows import PageRow, is_public, rows_around, rows_of_type, rows_with_keys, trail
from portal.cms.pages import PortalPage
from portal.cms.routing import Roots, code_of, public_path, root_paths

# A page type, or its label such as `consultations.SegmentPage`.
PageType = type[PortalPage] | str
COLUMNS = ("pk", "path", "url_path", "translation_key", "title")


class Row(Protocol):
    """What choosing between languages needs of a page or of a row of values."""

    @property
    def pk(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def url_path(self) -> str: ...
    @property
    def translation_key(self) -> UUID: ...


AnyRow = TypeVar("AnyRow", bound=Row)


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


def public_pages(model: PageType, language: str) -> list[PublicPage]:
    """Every public page of one type in the order of the tree. Two queries."""
    return public_branches([model], language)[model]


def public_branches(
    models: Sequence[PageType],
    language: str,
    *,
    within: Collection[str] = (),
    keys: Collection[UUID] | None = None,
) -> dict[PageType, list[PublicPage]]:
    """Public pages of several types, on request only those below some tree paths or with these keys.

    One query for each type and one more.
    """
    below, roots = _below(within), root_paths()
    below &= Q() if keys is None else Q(translation_key__in=keys)
    types = {model: _type(model) for model in models}
    read = {model: _values(page_type, below) for model, page_type in types.items()}
    around = rows_around(row.path for rows in read.values() for row in rows)
    rows = {model: chosen(_public(read[model], around, roots), language, roots) for model in models}
    return {
        model: [_public_page(row, language, roots, around, types[model].public_fields) for row in rows[model]]
        for model in models
    }


def titles_by_slug(model: type[PortalPage], language: str) -> dict[str, str]:
    """Short titles of every public page of one type, in the order of the tree. One query."""
    roots, content_type = root_paths(), ContentType.objects.get_for_model(model).pk
    around = rows_of_type(content_type)
    rows = (around[path] for path in sorted(around) if around[path].content_type_id == content_type)
    shown = chosen(_public(rows, around, roots), language, roots)
    return {row.url_path.rstrip("/").rsplit("/", 1)[-1]: row.title for row in shown}


def pages_by_key(keys: Collection[object], language: str) -> dict[UUID, PublicPage]:
    """Public pages of any type by translation key; unknown and hidden keys are left out. One query.

    `title` is the page's short title; `number`, `ancestors` and `extra` stay empty.
    """
    if not keys:
        return {}
    roots, wanted = root_paths(), {UUID(str(key)) for key in keys}
    around = rows_with_keys(wanted)
    rows = (row for _path, row in sorted(around.items()) if row.translation_key in wanted)
    shown = chosen(_public(rows, around, roots), language, roots)
    return {row.translation_key: _public_page(row, language, roots, {}) for row in shown}


def hidden_paths() -> frozenset[str]:
    """Tree paths that hide all below them: drafts with children, restricted pages. One query."""
    hiding = Q(live=False, numchild__gt=0) | Q(view_restrictions__isnull=False)
    return frozenset(Page.objects.filter(hiding, depth__gt=1).values_list("path", flat=True))


def is_hidden(path: str, hidden: frozenset[str]) -> bool:
    step = Page.steplen
    return any(path[:end] in hidden for end in range(2 * step, len(path) + 1, step))


def chosen(rows: Iterable[AnyRow], language: str, roots: Roots | None = None) -> list[AnyRow]:
    """One row for each key: the reader's language, else the original (the oldest); in the given order."""
    roots = root_paths() if roots is None else roots
    best: dict[UUID, AnyRow] = {}
    for row in rows:
        kept = best.get(row.translation_key)
        if kept is None or _rank(row, language, roots) < _rank(kept, language, roots):
            best[row.translation_key] = row
    return list(best.values())


def _type(model: PageType) -> type[PortalPage]:
    page_type: type[PortalPage] = apps.get_model(model) if isinstance(model, str) else model
    return page_type


def _below(paths: Collection[str]) -> Q:
    """By a range, which the index of paths serves on every database; a pattern is compared with every row."""
    below = Q()
    for path in paths:
        below |= Q(path__range=(f"{path}{'0' * Page.steplen}", f"{path}{'Z' * Page.steplen}"))
    return below


def _values(model: type[PortalPage], below: Q) -> list[Any]:
    """Rows of values: a page object costs many times as much, and lists need few of its fields.

    Sorted here: the database would read all pages in the order of the tree to find those of a type.
    """
    names = dict.fromkeys((*COLUMNS, "heading", *model.public_fields))
    # Without this SQLite may go through all pages to find those of a type.
    fits = below or Q(content_type=ContentType.objects.get_for_model(model))
    rows = model._default_manager.filter(fits, live=True).order_by().values_list(*names, named=True)
    return sorted(rows, key=attrgetter("path"))


def _public(rows: Iterable[AnyRow], around: Mapping[str, PageRow], roots: Roots) -> list[AnyRow]:
    return [row for row in rows if is_public(row.path, around) and public_path(row.url_path, roots)]


def _rank(row: Row, language: str, roots: Roots) -> tuple[bool, int]:
    return code_of(row.url_path, roots) != language, row.pk


def _public_page(
    row: Any, language: str, roots: Roots, around: Mapping[str, PageRow], names: Sequence[str] = ()
) -> PublicPage:
    return PublicPage(
        key=row.translation_key,
        title=getattr(row, "heading", "") or row.title,
        url=public_path(row.url_path, roots, language) or "/",
        language=code_of(row.url_path, roots),
        number=getattr(row, "number", ""),
        ancestors=tuple(around[path].translation_key for path in trail(row.path)[:-1] if path in around),
        extra={name: getattr(row, name) for name in names},
    )
