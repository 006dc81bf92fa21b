"""Pages: consultation index > consultation > segment > thematic area > guiding question.

A page is one language's row; `translation_key` is its identity. Facts of a consultation (state,
dates) are those of its oldest row, `portal.consultations.receivers` keeps the others alike.
"""

from typing import Any, ClassVar
from urllib.parse import quote

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from portal.cms.blocks import FEATURES
from portal.cms.pages import PortalPage
from portal.cms.queries import PublicPage
from portal.cms.routing import Route
from portal.consultations.enums import ConsultationState
from portal.consultations.page_queries import (
    AREA,
    SEGMENT,
    Numbers,
    Summary,
    numbers,
    parts_below,
    questions_below,
    summaries,
)
from portal.consultations.question_interventions import bars_by_type, interventions_on
from portal.consultations.time_zones import validate_time_zone
from portal.taxonomy.queries import organization_type_names

NUMBER = FieldPanel("number")
FACTS = ("number", "starts_on", "ends_on", "state", "deadline", "time_zone")
SAME_IN_ALL = [*PortalPage.override_translatable_fields, SynchronizedField("import_key")]


class Imported(models.Model):
    """Where a page came from and what the last import put into it: used to find it again."""

    import_key = models.CharField(_("import key"), max_length=64, blank=True, editable=False, db_index=True)
    import_digest = models.CharField(_("import digest"), max_length=64, blank=True, editable=False)
    import_number = models.CharField(_("imported number"), max_length=20, blank=True, editable=False)

    class Meta:
        abstract = True


class WithBars(PortalPage):
    """A page that shows who has intervened on the questions below it."""

    class Meta:
        abstract = True

    def bars(self, language: str, numbers_now: Numbers) -> list[dict[str, Any]]:
        """Interventions by organization type. One query, none without any."""
        counts = numbers_now.interventions_by_type(self.translation_key)
        return bars_by_type(counts, organization_type_names(language)) if counts else []


class ConsultationIndexPage(PortalPage):
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["consultations.ConsultationPage"]
    max_count_per_parent = 1
    template = "consultations/index_page.html"

    class Meta:
        verbose_name = _("consultation index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"consultations": summaries(context["route"].language)}


class ConsultationPage(Imported, WithBars):
    number = models.CharField(_("number"), max_length=10, blank=True)
    theme = models.TextField(_("theme"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=30, choices=ConsultationState, default=ConsultationState.ANNOUNCED
    )
    deadline = models.DateTimeField(_("open until"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Of the place where the deadline holds, such as America/Sao_Paulo."),
    )
    opening = RichTextField(_("introduction of the concept note"), features=FEATURES, blank=True)
    background = RichTextField(_("context"), features=FEATURES, blank=True)

    FACTS: ClassVar = FACTS
    parent_page_types: ClassVar = ["consultations.ConsultationIndexPage"]
    subpage_types: ClassVar = ["consultations.SegmentPage"]
    template = "consultations/consultation_page.html"
    content_panels: ClassVar = [
        *PortalPage.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [NUMBER, FieldPanel("place"), *(FieldPanel(name) for name in FACTS if name != "number")],
            heading=_("Facts"),
        ),
        FieldPanel("opening"),
        FieldPanel("background"),
    ]
    public_fields: ClassVar[tuple[str, ...]] = (
        *FACTS,
        "theme",
        "place",
        "introduction",
        "opening",
        "background",
    )
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, *(SynchronizedField(name) for name in FACTS)]

    class Meta:
        verbose_name = _("consultation")

    @property
    def summary(self) -> Summary:
        """Its facts in words; numbers of what stands below it stay 0."""
        extra = {name: getattr(self, name) for name in self.public_fields}
        return Summary(PublicPage(self.translation_key, self.full_title, "", "", self.number, (), extra))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        parts = parts_below(route.branches, route.language, grouped_by=SEGMENT)
        states, numbers_now = list(ConsultationState), numbers()
        return context | {
            "consultation": self.summary,
            "segments": parts,
            "number_of_questions": sum(part.questions for part in parts),
            "by_type": self.bars(route.language, numbers_now),
            "recommendations": numbers_now.recommendations.get(self.translation_key, 0),
            "states": [
                {
                    "title": s.label,
                    "done": at < states.index(ConsultationState(self.state)),
                    "current": s == self.state,
                }
                for at, s in enumerate(states)
            ],
        }


class BelowConsultation(Imported, PortalPage):
    """A page inside a consultation: knows whether that is open, and what it is called."""

    number = models.CharField(_("number"), max_length=10, blank=True)

    content_panels: ClassVar = [*PortalPage.content_panels, NUMBER]
    public_fields: ClassVar[tuple[str, ...]] = ("number", "introduction")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, SynchronizedField("number")]

    class Meta:
        abstract = True

    def consultation(self) -> Summary | None:
        """The facts of the consultation above; its texts and numbers are left out. One query."""
        above = ConsultationPage.objects.filter(path=self.path[: 4 * self.steplen])
        facts = above.values("translation_key", "title", "heading", "place", *FACTS).first()
        if facts is None:
            return None
        title = facts["heading"] or facts["title"]
        return Summary(PublicPage(facts["translation_key"], title, "", "", facts["number"], (), facts))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"consultation": self.consultation()}


class SegmentPage(BelowConsultation, WithBars):
    background = RichTextField(_("introduction of the concept note"), features=FEATURES, blank=True)

    parent_page_types: ClassVar = ["consultations.ConsultationPage"]
    subpage_types: ClassVar = ["consultations.ThematicAreaPage"]
    template = "consultations/segment_page.html"
    content_panels: ClassVar = [*BelowConsultation.content_panels, FieldPanel("background")]
    public_fields: ClassVar[tuple[str, ...]] = (*BelowConsultation.public_fields, "background")

    class Meta:
        verbose_name = _("segment")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        parts = parts_below(route.branches, route.language, grouped_by=AREA)
        return context | {"areas": parts, "by_type": self.bars(route.language, numbers())}


class ThematicAreaPage(BelowConsultation):
    parent_page_types: ClassVar = ["consultations.SegmentPage"]
    subpage_types: ClassVar = ["consultations.GuidingQuestionPage"]
    template = "consultations/area_page.html"

    class Meta:
        verbose_name = _("thematic area")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        return context | {"questions": questions_below(route.branches, route.language)}


class GuidingQuestionPage(BelowConsultation):
    """The question is the heading (else the title); `introduction` explains it."""

    parent_page_types: ClassVar = ["consultations.ThematicAreaPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "consultations/question_page.html"
    is_question = True

    class Meta:
        verbose_name = _("guiding question")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["route"].language
        door = quote(f"/{language}/desk/interventions/new/?question={self.translation_key}", safe="/")
        return context | {
            "interventions": interventions_on([self.translation_key], language, page=request.GET.get("page")),
            "door": f"/accounts/login/?next={door}",
            "area": context["crumbs"][-1] if context["crumbs"] else None,
        }
