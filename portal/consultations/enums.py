"""States of consultations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsultationState(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    CONCEPT_NOTE = "concept_note_published", _("Concept note published")
    OPEN = "open", _("Open for interventions")
    MEETING_HELD = "meeting_held", _("Meeting held")
    CLOSED = "closed", _("Closed")
    OUTCOMES = "outcomes_published", _("Conclusions published")
    FOLLOWED_UP = "followed_up", _("Followed up")
