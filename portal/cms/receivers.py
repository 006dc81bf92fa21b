"""What follows from changes of pages: pictures, clean uploads, the change noted; connected when ready."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published

from portal.cms.images import pictures, strip_metadata
from portal.cms.pages import PortalPage
from portal.cms.signals import pages_changed
from portal.publication.figures import note_change


@receiver(pre_save, sender=Image)
def clean_upload(sender: type[Image], instance: Image, **kwargs: Any) -> None:
    if instance.file and not instance.file._committed:
        strip_metadata(instance)


@receiver([post_save, post_delete])
def note_page_change(sender: type, **kwargs: object) -> None:
    """A page's row tells by its own save: publishing, unpublishing, moving and a new slug all save it."""
    if issubclass(sender, Page | PageViewRestriction | Site | Locale):
        note_change()


@receiver(pages_changed)
def note_pages_change(**kwargs: object) -> None:
    note_change()


@receiver(page_published)
def make_renditions(sender: type, instance: Any, **kwargs: Any) -> None:
    """Otherwise the first reader of a page with pictures waits for them."""
    if isinstance(instance, PortalPage):
        pictures(image_ids(instance))


def image_ids(page: PortalPage) -> set[int]:
    """The pictures in a page's StreamFields."""
    fields = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    ids = set()
    for field in fields:
        for _model, key, _path, _content in field.extract_references(getattr(page, field.name)):
            if _model is Image:
                ids.add(int(key))
    return ids
