"""Adds one page in every language below its parents, publishes all of them; the page loader calls it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db.models.signals import post_save
from django.utils import timezone
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, Revision, get_page_models
from wagtail.search.backends import get_search_backends
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
        pages[code] = _added(parents[code], page)
    return pages


@contextmanager
def admin_search_afterwards() -> Iterator[None]:
    """Enter all pages into the admin's own search at the end: one by one took a quarter of the loading."""
    models = [model for model in get_page_models() if model is not Page]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
    for backend in get_search_backends(with_auto_update=True):
        for model in models:
            backend.add_bulk(model, model.objects.all())


def publish(trees: Iterable[Pages]) -> None:
    """Give each page the revision that an editor continues from, in bulk, and tell that it is live."""
    pages: list[PortalPage] = [page for tree in trees for page in tree.values()]
    now = timezone.now()
    Revision.objects.bulk_create((_revision(page, now) for page in pages), batch_size=100)
    revisions = {row.object_id: row for row in Revision.page_revisions.all()}
    for page in pages:
        page.latest_revision = page.live_revision = revisions[str(page.pk)]
        page.draft_title = page.title
    Page.objects.bulk_update(pages, ["latest_revision", "live_revision", "draft_title"], batch_size=100)
    for page in pages:
        page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def _revision(page: PortalPage, now: datetime) -> Revision:
    return Revision(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        created_at=now,
        content=page.serializable_data(),
        object_str=str(page),
    )


def _added(parent: Page, page: Kind) -> Kind:
    """Live from the start: a third of the usual writes."""
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = timezone.now()
    with disable_reference_index_auto_update():
        parent.add_child(instance=page)
    return page
