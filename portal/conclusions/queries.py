"""Reads of conclusions for those who draft them; the desk calls them."""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.languages import DEFAULT
from portal.conclusions.models import Conclusions
from portal.conclusions.rules import may_draft
from portal.conclusions.states import CLOSED
from portal.conclusions.trees import SegmentNamed
from portal.consultations.page_models import ConsultationPage, SegmentPage


def visible_to(actor: Actor) -> QuerySet[Conclusions]:
    """All versions for those who may draft, nothing for anybody else."""
    rows = Conclusions.objects.all()
    return rows if may_draft(actor) else rows.none()


def consultation_titles(keys: Collection[UUID], language: str) -> Mapping[UUID, tuple[str, str]]:
    """Title and its language by key: in the reader's language, else in the default one, else in any."""
    rows = ConsultationPage.objects.filter(translation_key__in=keys).values_list(
        "translation_key", "title", "locale__language_code"
    )
    titles: dict[UUID, tuple[str, str]] = {}
    for key, title, code in sorted(rows, key=lambda row: (row[2] == language, row[2] == DEFAULT)):
        titles[key] = title, code
    return titles


def consultations_to_draft(language: str) -> dict[UUID, str]:
    """Titles of the consultations of which no draft is open, by key. Two queries."""
    keys = set(ConsultationPage.objects.values_list("translation_key", flat=True))
    opened = Conclusions.objects.exclude(state__in=CLOSED).values_list("consultation_key", flat=True)
    titles = consultation_titles(keys - set(opened), language)
    return {key: title for key, (title, _code) in in_order(titles.items(), lambda row: row[1][0], language)}


def consultation_segments(consultation_key: UUID) -> list[SegmentNamed]:
    """The segments of a consultation's pages, with their titles in all languages. Two queries."""
    homes = ConsultationPage.objects.filter(translation_key=consultation_key).values_list("path", flat=True)
    below = reduce(or_, (Q(path__startswith=path) for path in homes), Q(pk=None))
    rows = SegmentPage.objects.filter(below).order_by("path")
    titles: dict[UUID, tuple[str, dict[str, str]]] = {}
    columns = ("translation_key", "number", "title", "locale__language_code")
    for key, number, title, code in rows.values_list(*columns):
        titles.setdefault(key, (number, {}))[1][code] = title
    return [SegmentNamed(number, named) for number, named in titles.values() if number]


def page_of_consultation(consultation_key: UUID, language: str) -> ConsultationPage | None:
    """Its page in the reader's language, else in the default one, else in any; public or not. One query."""
    rows = ConsultationPage.objects.filter(translation_key=consultation_key).select_related("locale")
    rank = {language: 0, DEFAULT: 1}
    return min(rows, key=lambda page: rank.get(page.locale.language_code, 2), default=None)
