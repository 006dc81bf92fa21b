"""Adds one page in every language below its parents and publishes it; the page loader calls it."""

from collections.abc import Callable
from typing import Any, TypeVar

from wagtail.models import Locale, Page

from portal.cms.pages import PortalPage
from portal.demo.content import key_of

Kind = TypeVar("Kind", bound=PortalPage)
Pages = dict[str, Any]


def locales() -> dict[str, Locale]:
    return {locale.language_code: locale for locale in Locale.objects.all()}


def add(
    parents: dict[str, Page], model: type[Kind], name: str, slug: str, fields: Callable[[str], dict[str, Any]]
) -> dict[str, Kind]:
    """The page called `name` in each language of its parents; the first one is the original."""
    by_code = locales()
    pages: dict[str, Kind] = {}
    for code in parents:
        page = model(
            slug=slug, locale=by_code[code], translation_key=key_of(name), live=False, **fields(code)
        )
        parents[code].add_child(instance=page)
        page.save_revision(clean=False).publish(log_action=False)
        page.refresh_from_db()
        pages[code] = page
    return pages
