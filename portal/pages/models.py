"""Home, content pages and the process timeline."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel

from portal.cms.blocks import BodyField, LinkColumn
from portal.cms.pages import PortalPage


class HomePage(PortalPage):
    columns = BodyField([("column", LinkColumn())], verbose_name=_("columns of links"), blank=True)
    notice = BodyField(
        [("text", blocks.TextBlock(label=_("Text")))], verbose_name=_("notice"), blank=True, max_num=1
    )

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "pages/home_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("notice"), FieldPanel("columns")]

    class Meta:
        verbose_name = _("home page")


class ContentPage(PortalPage):
    body = BodyField(verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar = ["pages.HomePage", "pages.ContentPage"]
    template = "pages/content_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")


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
