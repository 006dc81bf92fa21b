"""Makes pictures ready when a page is published and cleans uploads; connected when the app is ready."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.signals import page_published

from portal.cms.images import pictures, strip_metadata
from portal.cms.pages import PortalPage


@receiver(pre_save, sender=Image)
def clean_upload(sender: type[Image], instance: Image, **kwargs: Any) -> None:
    if instance.file and not instance.file._committed:
        strip_metadata(instance)


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
