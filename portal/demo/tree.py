"""Adds one page in every language below its parents and publishes it; the page loader calls it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

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
        page = model(slug=slug, locale=by_code[code], translation_key=key_of(name), **fields(code))
        pages[code] = _published(parents[code], page)
    return pages


def _published(parent: Page, page: Kind) -> Kind:
    """Live from the start, with the revision that an editor continues from: a third of the usual writes."""
    page.first_published_at = page.last_published_at = timezone.now()
    with disable_reference_index_auto_update():
        parent.add_child(instance=page)
        revision = page.save_revision(clean=False, changed=False)
    type(page).objects.filter(pk=page.pk).update(live_revision=revision)
    page_published.send(sender=type(page), instance=page, revision=revision)
    return page
