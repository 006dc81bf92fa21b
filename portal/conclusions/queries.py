"""Reads of conclusions for those who draft them; the desk calls them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.common.languages import DEFAULT
from portal.conclusions.models import Conclusions
from portal.conclusions.rules import may_draft
from portal.consultations.page_models import ConsultationPage


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
