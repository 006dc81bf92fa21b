"""Documents that go with a segment, on writing and on telling a good practice; page and forms show them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.consultations.page_queries import SEGMENT
from portal.publication.wholes import page_keys
from portal.records.trace_links import foreign

CALLED: Mapping[str, Any] = {
    "guidance": _("Guidance for this segment"),
    "practice_template": _("Template for good practices"),
}


def documents_of(segments: Iterable[Any], language: str) -> list[dict[str, Any]]:
    """Those of segment pages, each once: what it is, title, address, format, size. No query of its own."""
    rows = {
        (name, document.pk): _row(str(called), document, foreign(segment.locale.language_code, language))
        for segment in segments
        for name, called in CALLED.items()
        if (document := getattr(segment, name)) is not None
    }
    return [*rows.values()]


def documents_for(keys: Collection[UUID], wholes: Collection[str], language: str) -> list[dict[str, Any]]:
    """Those of the segments of questions and of segments as a whole. One query, none without any."""
    asked = [*keys, *page_keys(wholes)]
    if not asked:
        return []
    named = Page.objects.filter(live=True, translation_key__in=asked)
    rows = apps.get_model(SEGMENT)._default_manager.filter(
        Exists(named.filter(path__startswith=OuterRef("path"))),
        Q(guidance__isnull=False) | Q(practice_template__isnull=False),
        live=True,
    )
    own: dict[UUID, Any] = {}
    for row in rows.select_related("locale", *CALLED).order_by("pk"):
        if row.translation_key not in own or row.locale.language_code == language:
            own[row.translation_key] = row
    return documents_of(own.values(), language)


def _row(called: str, document: Any, lang: str) -> dict[str, Any]:
    return {
        "called": called,
        "title": document.title,
        "url": document.url,
        "lang": lang,
        "form": document.file_extension.upper(),
        "size": document.file_size,
    }
