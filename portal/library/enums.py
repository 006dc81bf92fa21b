"""Kinds of library documents."""

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
