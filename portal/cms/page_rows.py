"""The few columns of pages that an address needs, without page objects; routing and reads of pages call it.

A page object costs fifty times as much as its row of columns, and building a query through the models as much
as five of these statements: they stand as text and run on both databases.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from wagtail.models import Page

# The path of a page holds no more steps.
DEEPEST = 63
_COLUMNS = """page.id, page.path, page.url_path, page.translation_key, page.title, page.live,
page.content_type_id, EXISTS (SELECT 1 FROM wagtailcore_pageviewrestriction closed WHERE closed.page_id = page.id)"""


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


def rows_at(url_paths: Collection[str], levels: int) -> dict[str, PageRow]:
    """Live pages at these addresses, their live translations, and what stands above both, by tree path.

    One query. `levels` is how many pages stand above the addresses up to the home page, and themselves: what
    stands deeper than that has not all its ancestors among the rows.
    """
    slugs = {url_path.rstrip("/").rsplit("/", 1)[-1] for url_path in url_paths}
    return _rows(_statement_at(len(slugs), len(url_paths), levels), [*slugs, *url_paths])


def rows_of(paths: Iterable[str]) -> dict[str, PageRow]:
    """The pages at these tree paths. One query, none without paths."""
    paths = list(paths)
    where = f"page.path IN ({_places(len(paths))})"
    return _rows(_statement(where), paths) if paths else {}


def rows_near(page: Page) -> dict[str, PageRow]:
    """What stands above a page at hand, itself and its live translations, by tree path. One query."""
    above = trail(page.path)
    where = f"page.path IN ({_places(len(above))}) OR (page.translation_key = %s AND page.live)"
    key = Page._meta.get_field("translation_key").get_db_prep_value(page.translation_key, connection)
    return _rows(_statement(where), [*above, key])


@lru_cache(maxsize=256)
def _statement_at(slugs: int, addresses: int, levels: int) -> str:
    ends = range(2 * Page.steplen, (levels + 1) * Page.steplen + 1, Page.steplen)
    above = ", ".join(f"substr(near.path, 1, {end})" for end in ends)
    return f"""
    WITH asked AS (
        SELECT path, translation_key FROM wagtailcore_page
        WHERE slug IN ({_places(slugs)}) AND url_path IN ({_places(addresses)}) AND live
    ), near AS (
        SELECT path FROM asked UNION
        SELECT page.path FROM wagtailcore_page page JOIN asked USING (translation_key) WHERE page.live
    ), above AS (
        SELECT DISTINCT page.id FROM near JOIN wagtailcore_page page ON page.path IN ({above}, near.path)
    )
    SELECT {_COLUMNS} FROM above JOIN wagtailcore_page page ON page.id = above.id WHERE page.depth > 1
    """  # noqa: S608  # places for parameters and numbers only


def _statement(where: str) -> str:
    return f"SELECT {_COLUMNS} FROM wagtailcore_page page WHERE page.depth > 1 AND ({where})"  # noqa: S608  # our text


def _places(number: int) -> str:
    return ", ".join(["%s"] * number) or "NULL"


def _rows(statement: str, values: list[Any]) -> dict[str, PageRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return {
        path: PageRow(pk, path, url_path, UUID(str(key)), title, bool(live), content_type, bool(restricted))
        for pk, path, url_path, key, title, live, content_type, restricted in rows
    }
