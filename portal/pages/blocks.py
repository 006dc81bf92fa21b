"""Blocks of content pages that read what the portal holds; the page models name them."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.cms.blocks import Link
from portal.common.languages import DEFAULT
from portal.consultations.page_queries import Summary, summaries
from portal.pages.phases import Phase

PRECISIONS = [("year", _("year")), ("month", _("month")), ("day", _("day"))]
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


class TimelineEntry(blocks.StructBlock):
    """Something that happened or will; `phases.moment_of` reads it."""

    starts_on = blocks.DateBlock(label=_("First day"))
    ends_on = blocks.DateBlock(label=_("Last day"), required=False)
    precision = blocks.ChoiceBlock(label=_("Show"), choices=PRECISIONS, default="day")
    phase = blocks.ChoiceBlock(label=_("Phase of the process"), choices=Phase.choices, required=False)
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False)
    links = blocks.ListBlock(Link(), label=_("Links"), default=[])

    class Meta:
        label = _("Entry")
        icon = "date"


def _closing(row: Summary) -> datetime:
    return row.closes or NEVER
