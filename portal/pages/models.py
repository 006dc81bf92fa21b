"""Home, content pages and the process timeline."""

from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from portal.cms.blocks import BodyField, LinkColumn
from portal.cms.dates import with_precision
from portal.cms.images import prepare
from portal.cms.pages import PortalPage
from portal.consultations.page_queries import open_now, summaries
from portal.consultations.question_interventions import bars_by_type
from portal.pages.blocks import OpenCalls
from portal.pages.queries import example, latest, ledger_figures
from portal.pages.stages import stages
from portal.publication.figures import one_state
from portal.taxonomy.queries import organization_type_names


class HomePage(PortalPage):
    columns = BodyField([("column", LinkColumn())], verbose_name=_("columns of links"), blank=True)
    notice = BodyField(
        [("text", blocks.TextBlock(label=_("Text")))], verbose_name=_("notice"), blank=True, max_num=1
    )

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    # Home pages stand side by side at the top of the tree: each needs a slug of its own.
    override_translatable_fields: ClassVar = [TranslatableField("slug")]
    template = "pages/home_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("notice"), FieldPanel("columns")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["route"].language
        rows, names = summaries(language), organization_type_names(language)
        with one_state():
            figures, chain = ledger_figures(), example(language)
        return context | {
            "open": open_now(rows),
            "stages": stages(rows, figures, language),
            "example": chain,
            "latest": latest(figures, language, names),
            "by_type": bars_by_type(figures.by_type, names),
        }


class ContentPage(PortalPage):
    body = BodyField([*BodyField.BODY, ("open_calls", OpenCalls())], verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar = ["pages.HomePage", "pages.ContentPage"]
    template = "pages/content_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prepare(block.value for block in self.body if block.block_type == "picture" and block.value)
        return super().get_context(request, *args, **kwargs)


class TimelinePage(PortalPage):
    entries = BodyField(
        [
            (
                "entry",
                blocks.StructBlock(
                    [
                        ("starts_on", blocks.DateBlock(label=_("First day"))),
                        ("ends_on", blocks.DateBlock(label=_("Last day"), required=False)),
                        (
                            "precision",
                            blocks.ChoiceBlock(
                                label=_("Show"),
                                choices=[("year", _("year")), ("month", _("month")), ("day", _("day"))],
                                default="day",
                            ),
                        ),
                        ("title", blocks.CharBlock(label=_("Title"))),
                        ("text", blocks.TextBlock(label=_("Text"), required=False)),
                    ],
                    label=_("Entry"),
                ),
            )
        ],
        verbose_name=_("entries"),
        blank=True,
    )

    parent_page_types: ClassVar = ["pages.HomePage"]
    template = "pages/timeline_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("entries")]

    class Meta:
        verbose_name = _("process timeline")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"moments": self.moments(timezone.localdate())}

    def moments(self, today: date) -> list[dict[str, Any]]:
        """Inputs of `components/timeline.html`: what is over is done, what runs today is current."""
        values = [block.value for block in self.entries]
        return [
            {
                "date": with_precision(value["starts_on"], value["ends_on"], value["precision"]),
                "title": value["title"],
                "text": value["text"],
                "done": (value["ends_on"] or value["starts_on"]) < today,
                "current": value["starts_on"] <= today <= (value["ends_on"] or value["starts_on"]),
            }
            for value in sorted(values, key=lambda value: value["starts_on"])
        ]
