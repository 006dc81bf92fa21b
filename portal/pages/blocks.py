"""Blocks of content pages that read what the portal holds; the page models name them."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.common.languages import DEFAULT
from portal.consultations.page_queries import Summary, summaries

NEVER = datetime.max.replace(tzinfo=UTC)


class OpenCalls(blocks.StructBlock):
    """The consultations that are open, each with the way to its questions; below them those to an account."""

    title = blocks.CharBlock(label=_("Title"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        language = get_language() or DEFAULT
        return context | {
            "language": language,
            "calls": sorted((row for row in summaries(language) if row.is_open), key=_closing),
            "next": f"?next=/{language}/desk/",
        }

    class Meta:
        label = _("Open consultations")
        icon = "date"
        template = "pages/blocks/open_calls.html"


def _closing(row: Summary) -> datetime:
    return row.closes or NEVER
