"""The few columns of pages that an address needs, without page objects; routing and reads of pages call it.

A page object costs fifty times as much as its row of columns, and building a query through the models as much
as five of these statements: they stand as text and run on both databases.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from wagtail.models import Page

# CROSS keeps SQLite from reading all pages beside a long trail.
_ROWS = f"""
WITH RECURSIVE trail AS (
    SELECT CAST(path AS text) AS path FROM wagtailcore_page WHERE %s
    UNION
    SELECT substr(path, 1, length(path) - {Page.steplen}) FROM trail WHERE length(path) > {2 * Page.steplen}
)
SELECT page.id, page.path, page.url_path, page.translation_key, page.title, page.live, page.content_type_id,
    EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction closed WHERE closed.page_id = page.id)
FROM trail CROSS JOIN wagtailcore_page page
WHERE page.path = trail.path AND page.depth > 1
"""  # noqa: S608  # our text and numbers


class PageRow(NamedTuple):
    """`is_restricted` says so of the page itself, not of what stands above it."""

    pk: int
    path: str
    url_path: str
    translation_key: UUID
    title: str
    live: bool
    content_type_id: int
    is_restricted: bool


def trail(path: str) -> list[str]:
    """The tree paths from the home page down to this one."""
    return [path[:end] for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)]


def is_live(path: str, rows: Mapping[str, PageRow]) -> bool:
    """True when the page at this tree path and all above it are among the rows and live."""
    return all(above in rows and rows[above].live for above in trail(path))


def is_public(path: str, rows: Mapping[str, PageRow]) -> bool:
    """Live, and neither the page nor anything above it is closed to some readers."""
    return is_live(path, rows) and not any(rows[above].is_restricted for above in trail(path))


def rows_at(url_paths: Collection[str]) -> dict[str, PageRow]:
    """Live pages at these addresses, their live translations and all above both. At most one query."""
    if not url_paths:
        return {}
    slugs = {url_path.rstrip("/").rsplit("/", 1)[-1] for url_path in url_paths}
    # The slug has an index, the address has none.
    asked = f"slug IN ({_places(len(slugs))}) AND url_path IN ({_places(len(url_paths))}) AND live"
    keys = f"SELECT translation_key FROM wagtailcore_page WHERE {asked}"  # noqa: S608  # places only
    return _rows(f"translation_key IN ({keys}) AND live", [*slugs, *url_paths])


def rows_near(page: Page) -> dict[str, PageRow]:
    """A page at hand, its live translations, and what stands above. One query."""
    return _rows("path = %s OR (translation_key = %s AND live)", [page.path, *_keys([page.translation_key])])


def rows_around(paths: Iterable[str]) -> dict[str, PageRow]:
    """The pages at these tree paths and all above them. One query, none without paths."""
    paths = list(paths)
    return _rows(f"path IN ({_places(len(paths))})", paths) if paths else {}


def rows_with_keys(keys: Collection[UUID]) -> dict[str, PageRow]:
    """Live pages with these translation keys and all above them. At most one query."""
    return _rows(f"translation_key IN ({_places(len(keys))}) AND live", _keys(keys)) if keys else {}


def rows_of_type(content_type: int) -> dict[str, PageRow]:
    """Live pages of a type and all above them. One query."""
    return _rows("content_type_id = %s AND live", [content_type])


def _keys(keys: Iterable[UUID]) -> list[Any]:
    """As the database stores them."""
    field = Page._meta.get_field("translation_key")
    return [field.get_db_prep_value(key, connection) for key in keys]


def _places(number: int) -> str:
    return ", ".join(["%s"] * number)


def _rows(where: str, values: list[Any]) -> dict[str, PageRow]:
    """The pages that fit and all above them up to the home page, by tree path."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS % where, values)
        rows = cursor.fetchall()
    return {
        path: PageRow(pk, path, url_path, UUID(str(key)), title, bool(live), content_type, bool(restricted))
        for pk, path, url_path, key, title, live, content_type, restricted in rows
    }
