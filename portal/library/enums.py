"""Kinds of library documents, and what adding one can come to."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    DECLARATION = "declaration", _("Declaration")
    PLAN = "plan", _("Plan of action")
    CONCEPT_NOTE = "concept_note", _("Concept note")
    CONCLUSIONS = "conclusions", _("Conclusions")
    PRESENTATION = "presentation", _("Presentation")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other document")


class Outcome(StrEnum):
    """What `domain.add_document` did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
