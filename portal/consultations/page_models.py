"""Pages: consultation index > consultation > segment > thematic area > guiding question.

A page is one language's row; `translation_key` is its identity. Facts of a consultation (its number,
dates and acts) are those of its oldest row, `portal.consultations.receivers` keeps the others alike.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from portal.cms.blocks import FEATURES
from portal.cms.pages import PortalPage
from portal.cms.queries import PublicPage
from portal.cms.routing import Route
from portal.consultations.continuations import Edges, around_question, around_segment
from portal.consultations.course import COLUMNS, Step, steps_at
from portal.consultations.guidance import documents_of
from portal.consultations.leads import who_leads, with_leads
from portal.consultations.page_queries import (
    AREA,
    SEGMENT,
    Numbers,
    Summary,
    facts_of,
    numbers,
    parts_below,
    questions_below,
    summaries,
    summary_of,
)
from portal.consultations.panels import StatePanel, TypeSelect
from portal.consultations.question_interventions import bars_by_type, interventions_on
from portal.consultations.segment_form import SegmentForm
from portal.consultations.sessions import Programme, programmes
from portal.consultations.time_zones import YEAR_REFUSED, is_plausible, validate_time_zone
from portal.consultations.wholes import whole_block
from portal.consultations.zoned_forms import ConsultationForm
from portal.publication.wholes import WholeKind, whole_code
from portal.taxonomy.queries import organization_type_names

NUMBER = FieldPanel("number")
FACTS = ("number", *COLUMNS)
# Those that an editor types, in the order of a consultation's way.
# The process began with the Declaration of 1984; nothing is planned further ahead than this.
TYPED = ("starts_on", "ends_on", "time_zone", "opens_at", "deadline", "closed_at", "followed_up_on")
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

    def bars(self, language: str, counts: Numbers) -> list[dict[str, Any]]:
        """Interventions by organization type. One query, none without any."""
        said = counts.interventions_by_type(self.translation_key)
        return bars_by_type(said, organization_type_names(language)) if said else []


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
    opens_at = models.DateTimeField(
        _("open for interventions from"),
        null=True,
        blank=True,
        help_text=_("Without it nobody can write on its questions."),
    )
    deadline = models.DateTimeField(_("open until"), null=True, blank=True)
    closed_at = models.DateTimeField(
        _("closed early"), null=True, blank=True, help_text=_("Only where it closed before its deadline.")
    )
    followed_up_on = models.DateField(_("followed up"), null=True, blank=True)
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
    base_form_class = ConsultationForm
    parent_page_types: ClassVar = ["consultations.ConsultationIndexPage"]
    subpage_types: ClassVar = ["consultations.SegmentPage"]
    template = "consultations/consultation_page.html"
    content_panels: ClassVar = [
        *PortalPage.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [StatePanel(), NUMBER, FieldPanel("place"), *(FieldPanel(name) for name in TYPED)],
            heading=_("Facts"),
        ),
        InlinePanel(
            "type_deadlines",
            [FieldPanel("type_code", widget=TypeSelect), FieldPanel("deadline")],
            heading=_("Other deadlines by type of organization"),
            label=_("Deadline of a type"),
            help_text=_("In place of the deadline above; readers see that one alone."),
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

    def clean(self) -> None:
        """The days and moments stand in their order."""
        super().clean()
        problems = self._implausible()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            problems["ends_on"] = _("The last day is before the first.")
        if self.opens_at and self.deadline and self.deadline < self.opens_at:
            problems["deadline"] = _("It would close before it opens.")
        if problems:
            raise ValidationError(problems)

    def _implausible(self) -> dict[str, Any]:
        """A mistyped year would stand in every list and feed."""
        moments = {name: getattr(self, name) for name in TYPED if name != "time_zone"}
        return {name: YEAR_REFUSED for name, moment in moments.items() if moment and not is_plausible(moment)}

    @property
    def as_public(self) -> PublicPage:
        extra = {name: getattr(self, name) for name in self.public_fields}
        return PublicPage(self.translation_key, self.full_title, "", "", self.number, (), extra)

    @classmethod
    def told(cls, pages: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """The state each is in now. One query."""
        counts, now = numbers(), timezone.now()
        return {page.pk: {"state": summary_of(page.as_public, counts, now).state.value} for page in pages}

    @property
    def steps(self) -> list[Step]:
        """Its way as it stands now. One query."""
        return steps_at(facts_of(self.as_public, numbers()), timezone.now())

    def programme(self, language: str, counts: Numbers) -> Programme:
        """What is public of its meeting. No query where nothing is, else at most four."""
        key = self.translation_key
        return programmes({key: self.time_zone}, language)[key] if key in counts.sessions else Programme()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        counts, now, page = numbers(), timezone.now(), self.as_public
        below = parts_below(route.branches, route.language, counts, grouped_by=SEGMENT)
        parts, summary = with_leads(below, counts, route.language), summary_of(page, counts, now)
        return context | {
            "consultation": summary,
            "segments": parts,
            "number_of_questions": sum(part.questions for part in parts),
            "by_type": self.bars(route.language, counts),
            "recommendations": counts.recommendations.get(self.translation_key, 0),
            "programme": self.programme(route.language, counts),
            "whole": whole_block(
                whole_code(WholeKind.CONSULTATION, self.translation_key),
                route.language,
                counts,
                is_open=summary.is_open,
            ),
            "states": [
                {"title": step.state.label, "done": step.is_done, "current": step.is_current}
                for step in steps_at(facts_of(page, counts), now)
            ],
        }


# An address is `/xx/consultations/<slug>/...`.
CONSULTATION_DEPTH = 4


def path_above(path: str) -> str:
    """The tree path of the consultation that a page stands in."""
    return path[: 4 * ConsultationPage.steplen]


def consultations_at(paths: Collection[str]) -> dict[str, PublicPage]:
    """The facts of the consultations at tree paths, without their texts. One query."""
    rows = ConsultationPage.objects.filter(path__in=paths)
    facts = rows.values("path", "translation_key", "title", "heading", "place", *FACTS)
    return {
        row["path"]: PublicPage(
            row["translation_key"], row["heading"] or row["title"], "", "", row["number"], (), row
        )
        for row in facts
    }


class BelowConsultation(Imported, PortalPage):
    """A page inside a consultation: knows whether that is open, and what it is called."""

    number = models.CharField(_("number"), max_length=10, blank=True)

    content_panels: ClassVar = [*PortalPage.content_panels, NUMBER]
    public_fields: ClassVar[tuple[str, ...]] = ("number", "introduction")
    override_translatable_fields: ClassVar = [*SAME_IN_ALL, SynchronizedField("number")]

    class Meta:
        abstract = True

    def consultation(self, counts: Numbers, route: Route) -> Summary | None:
        """The consultation above with its address; its texts are left out. One query."""
        path = path_above(self.path)
        page = consultations_at([path]).get(path)
        above = "/".join(route.url.split("/")[:CONSULTATION_DEPTH])
        return summary_of(replace(page, url=f"{above}/"), counts, timezone.now()) if page else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        counts = numbers()
        return context | {"consultation": self.consultation(counts, context["route"]), "counts": counts}


class SegmentPage(BelowConsultation, WithBars):
    background = RichTextField(_("introduction of the concept note"), features=FEATURES, blank=True)
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("continues"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A segment of an earlier consultation. Readers can go both ways."),
    )

    guidance = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        verbose_name=_("guidance document"),
        null=True,
        blank=True,
        related_name="+",
    )
    practice_template = models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        verbose_name=_("template for good practices"),
        null=True,
        blank=True,
        related_name="+",
    )

    base_form_class = SegmentForm
    parent_page_types: ClassVar = ["consultations.ConsultationPage"]
    subpage_types: ClassVar = ["consultations.ThematicAreaPage"]
    template = "consultations/segment_page.html"
    content_panels: ClassVar = [
        *BelowConsultation.content_panels,
        PageChooserPanel("continues"),
        FieldPanel("background"),
        FieldPanel("guidance"),
        FieldPanel("practice_template"),
    ]
    public_fields: ClassVar[tuple[str, ...]] = (*BelowConsultation.public_fields, "background")
    override_translatable_fields: ClassVar = [
        *BelowConsultation.override_translatable_fields,
        SynchronizedField("continues"),
    ]

    class Meta:
        verbose_name = _("segment")

    @classmethod
    def told(cls, pages: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """The public segments around each. One query, five for each that has any."""
        edges = numbers().continues
        return {page.pk: _told_around(page, edges) for page in pages}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        counts: Numbers = context["counts"]
        parts = parts_below(route.branches, route.language, counts, grouped_by=AREA)
        around = around_segment(self.translation_key, counts.continues, route.language)
        return context | {
            "areas": parts,
            "by_type": self.bars(route.language, counts),
            "continuations": around.as_links(route.language),
            "leads": who_leads(self.translation_key, counts, route.language),
            "documents": documents_of([self], route.language),
            "whole": whole_block(
                whole_code(WholeKind.SEGMENT, self.translation_key),
                route.language,
                counts,
                is_open=bool(context["consultation"] and context["consultation"].is_open),
            ),
        }


def _told_around(page: SegmentPage, edges: Edges) -> dict[str, Any]:
    around = around_segment(page.translation_key, edges, page.locale.language_code)
    return {
        "continues": next((other.link.id for other in around.earlier), None),
        "continued_in": [other.link.id for other in around.later],
    }


class ThematicAreaPage(BelowConsultation):
    parent_page_types: ClassVar = ["consultations.SegmentPage"]
    subpage_types: ClassVar = ["consultations.GuidingQuestionPage"]
    template = "consultations/area_page.html"

    class Meta:
        verbose_name = _("thematic area")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        route: Route = context["route"]
        return context | {"questions": questions_below(route.branches, route.language, context["counts"])}


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
        around = around_question(self.translation_key, context["counts"].continues, language)
        door = quote(f"/{language}/desk/interventions/new/?question={self.translation_key}", safe="/")
        return context | {
            "interventions": interventions_on([self.translation_key], language, page=request.GET.get("page")),
            "door": f"/accounts/login/?next={door}",
            "continuations": around.as_links(language),
            "area": context["crumbs"][-1] if context["crumbs"] else None,
        }
