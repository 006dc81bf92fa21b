"""Reads for the public pages of interventions, from the ledger and the public pages."""

from uuid import UUID

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page, PageViewRestriction

from portal.cms.queries import chosen
from portal.cms.routing import root_paths
from portal.consultations.page_models import ConsultationPage, GuidingQuestionPage
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import by_organization, linking_to, published

OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())


def consultation_titles(language: str) -> dict[str, str]:
    """Public consultations by slug, in the reader's language. One query."""
    drafts = Page.objects.annotate(below=OUTER_PATH).filter(live=False, below__startswith=F("path"))
    closed = PageViewRestriction.objects.annotate(below=OUTER_PATH).filter(below__startswith=F("page__path"))
    rows = ConsultationPage.objects.filter(~Exists(drafts), ~Exists(closed), live=True)
    rows = rows.only("pk", "title", "slug", "url_path", "path", "translation_key").order_by("path")
    return {row.slug: row.title for row in chosen(rows, language, root_paths())}


def question_keys_of(slug: str) -> list[UUID]:
    """The guiding questions of a consultation in any language. One query."""
    above = ConsultationPage.objects.annotate(below=OUTER_PATH).filter(slug=slug, below__startswith=F("path"))
    rows = GuidingQuestionPage.objects.filter(Exists(above), live=True)
    return list(rows.order_by().values_list("translation_key", flat=True).distinct())


def interventions(filters: dict[str, str]) -> QuerySet[Record]:
    """Published interventions that pass the filters, newest first; see `InterventionFilters`."""
    rows = published(RecordKind.INTERVENTION)
    if "consultation" in filters:
        rows = linking_to(Relation.ANSWERS, question_keys_of(filters["consultation"]))
    if "organization" in filters:
        rows = by_organization(rows, filters["organization"])
    exact = {"language": "language", "country": "country", "type": "type_code", "kind": "facts__form"}
    return rows.filter(**{exact[name]: value for name, value in filters.items() if name in exact})
