"""Pages: consultation index > consultation > segment > thematic area > guiding question.

A page is one language's row; `translation_key` is its identity. Facts of a consultation (state,
dates) are those of its oldest row, `portal.consultations.receivers` keeps the others alike.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from portal.cms.blocks import FEATURES
from portal.cms.pages import PortalPage
from portal.consultations.enums import ConsultationState

NUMBER = FieldPanel("number")
SAME_IN_ALL = [*PortalPage.override_translatable_fields, SynchronizedField("import_key")]


class Imported(models.Model):
    """Where a page came from: set by an import, used to find it again."""

    import_key = models.CharField(_("import key"), max_length=64, blank=True, editable=False, db_index=True)
    import_digest = models.CharField(_("import digest"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class ConsultationIndexPage(PortalPage):
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["consultations.ConsultationPage"]
    max_count_per_parent = 1
    template = "consultations/index_page.html"

    class Meta:
        verbose_name = _("consultation index")


class ConsultationPage(Imported, PortalPage):
    number = models.CharField(_("number"), max_length=10, blank=True)
    theme = models.TextField(_("theme"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=30, choices=ConsultationState, default=ConsultationState.ANNOUNCED
    )
    deadline = models.DateTimeField(_("open until"), null=True, blank=True)
    opening = RichTextField(_("introduction of the concept note"), features=FEATURES, blank=True)
    background = RichTextField(_("context"), features=FEATURES, blank=True)

    parent_page_types: ClassVar = ["consultations.ConsultationIndexPage"]
    subpage_types: ClassVar = ["consultations.SegmentPage"]
    template = "consultations/consultation_page.html"
    content_panels: ClassVar = [
        *PortalPage.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [NUMBER, *(FieldPanel(name) for name in ("place", "starts_on", "ends_on", "state", "deadline"))],
            heading=_("Facts"),
        ),
        FieldPanel("opening"),
        FieldPanel("background"),
    ]
    FACTS: ClassVar = ("number", "starts_on", "ends_on", "state", "deadline")
    public_fields: ClassVar = (*FACTS, "theme", "place", "introduction", "opening", "background")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, *(SynchronizedField(name) for name in FACTS)]

    class Meta:
        verbose_name = _("consultation")

    @property
    def is_open(self) -> bool:
        return self.state == ConsultationState.OPEN


class SegmentPage(Imported, PortalPage):
    number = models.CharField(_("number"), max_length=10, blank=True)
    background = RichTextField(_("introduction of the concept note"), features=FEATURES, blank=True)

    parent_page_types: ClassVar = ["consultations.ConsultationPage"]
    subpage_types: ClassVar = ["consultations.ThematicAreaPage"]
    template = "consultations/segment_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, NUMBER, FieldPanel("background")]
    public_fields: ClassVar = ("number", "introduction", "background")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, SynchronizedField("number")]

    class Meta:
        verbose_name = _("segment")


class ThematicAreaPage(Imported, PortalPage):
    number = models.CharField(_("number"), max_length=10, blank=True)

    parent_page_types: ClassVar = ["consultations.SegmentPage"]
    subpage_types: ClassVar = ["consultations.GuidingQuestionPage"]
    template = "consultations/area_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, NUMBER]
    public_fields: ClassVar = ("number", "introduction")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, SynchronizedField("number")]

    class Meta:
        verbose_name = _("thematic area")


class GuidingQuestionPage(Imported, PortalPage):
    """The question is the heading (else the title); `introduction` explains it."""

    number = models.CharField(_("number"), max_length=10, blank=True)

    parent_page_types: ClassVar = ["consultations.ThematicAreaPage"]
    subpage_types: ClassVar = []
    template = "consultations/question_page.html"
    content_panels: ClassVar = [*PortalPage.content_panels, NUMBER]
    public_fields: ClassVar = ("number", "introduction")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, SynchronizedField("number")]

    class Meta:
        verbose_name = _("guiding question")
