"""Documents of the Wagtail admin: whether readers may have them."""

from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex


def is_in_use(document: AbstractDocument) -> bool:
    """Whether a live page, or a snippet, leads to it. A query, and one for each kind of thing that does."""
    rows = ReferenceIndex.get_references_to(document).select_related("base_content_type")
    return any(_is_public(row) for row in rows)


def _is_public(row: ReferenceIndex) -> bool:
    model = row.base_content_type.model_class()
    if model is None or not issubclass(model, Page):
        return model is not None
    page = Page.objects.filter(pk=row.object_id, live=True).first()
    return page is not None and not page.get_view_restrictions().exists()
