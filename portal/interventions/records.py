"""Interventions as public records: what the public rooms show of them; `portal.records` reads it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.cms.queries import titles_by_slug
from portal.common.countries import country_name
from portal.consultations.page_models import ConsultationPage, GuidingQuestionPage
from portal.interventions.enums import InterventionForm
from portal.publication.enums import RecordKind, Relation
from portal.publication.kinds import QUESTION, Edge
from portal.publication.models import Record
from portal.publication.queries import with_link
from portal.records.filters import (
    Choice,
    OrganizationNumber,
    Reader,
    RecordFilters,
    by_country,
    by_original_language,
    by_type,
)
from portal.records.listing import organization_links
from portal.records.marks import by_mark
from portal.records.parts import linked
from portal.records.stages import Stage
from portal.records.trace_links import link_to
from portal.records.types import Badge, RecordType, Section, Shown

OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())
FORM_TONES = {InterventionForm.GOOD_PRACTICE: "good"}


def consultations(reader: Reader) -> Iterable[tuple[str, str]]:
    """Public consultations by slug with their titles in the reader's language. One query."""
    return titles_by_slug(ConsultationPage, reader.language).items()


def questions_below(pages: QuerySet[Any]) -> list[UUID]:
    """The guiding questions below any of the pages, in any language. One query."""
    above = pages.annotate(below=OUTER_PATH).filter(below__startswith=F("path"))
    rows = GuidingQuestionPage.objects.filter(Exists(above), live=True)
    return list(rows.order_by().values_list("translation_key", flat=True).distinct())


def on_questions_of(rows: QuerySet[Record], name: str, slug: str) -> QuerySet[Record]:
    return with_link(rows, Relation.ANSWERS, questions_below(ConsultationPage.objects.filter(slug=slug)))


class InterventionFilters(RecordFilters):
    kind = Choice(
        gettext_lazy("Kind"), choices=InterventionForm.choices, field_name="facts__form", parameter="form"
    )
    consultation = Choice(
        gettext_lazy("Consultation"),
        offered=consultations,
        method=on_questions_of,
        pattern="[-a-zA-Z0-9_]{1,255}",
        description="Slug of its page.",
    )
    marks = by_mark()
    language = by_original_language()
    type = by_type()
    country = by_country()
    organization = OrganizationNumber()


def form_of(record: Record) -> InterventionForm:
    return InterventionForm(record.facts.get("form", InterventionForm.INTERVENTION))


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """Says that an intervention is a good practice."""
    form = form_of(record)
    return (Badge(form.label, FORM_TONES[form]),) if form in FORM_TONES else ()


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    return [
        {"term": _("Organization"), "links": organization_links(record, shown.language)},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        {"term": _("Country"), "value": country_name(record.country)},
        {
            "term": _("On the questions"),
            "links": [link_to(link, shown.language) for link in shown.trace[Stage.QUESTION]],
        },
    ]


INTERVENTION = RecordType(
    kind=RecordKind.INTERVENTION,
    letter="I",
    path="interventions",
    texts=("body", "recommendations"),
    facts=frozenset({"form"}),
    edges=(Edge(Relation.ANSWERS, QUESTION),),
    is_marked=True,
    label=gettext_lazy("Intervention"),
    plural=gettext_lazy("Contributions"),
    lead=gettext_lazy(
        "Interventions on the guiding questions, and good practices, as organizations wrote them. "
        "The newest comes first."
    ),
    nothing=gettext_lazy("No contribution matches."),
    counted=lambda n: ngettext("%(number)s contribution", "%(number)s contributions", n),
    filters=InterventionFilters,
    stage=Stage.INTERVENTION,
    section=Section(
        gettext_lazy("Contributions"),
        gettext_lazy("Nothing published yet."),
        gettext_lazy("All %(number)s contributions"),
    ),
    headings={"recommendations": gettext_lazy("Key recommendations")},
    badges=badges,
    called=lambda record: form_of(record).label,
    rows=rows,
    rows_tell=Stage.QUESTION,
    blocks=(
        linked(
            Stage.PLEDGE,
            gettext_lazy("Pledges that follow from it"),
            gettext_lazy("No organization has pledged anything because of it yet."),
        ),
    ),
)
