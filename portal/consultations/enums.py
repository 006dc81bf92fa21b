"""States of consultations, the parts of a meeting, and how one takes part in it."""

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


class SessionKind(TextChoices):
    """A part of the meeting."""

    INAUGURATION = "inauguration", _("Inauguration")
    PRESENTATION = "presentation", _("Presentation")
    PANEL = "panel", _("Panel")
    SEGMENT = "segment", _("Segment")


class BodyRole(TextChoices):
    """In what an organization stands behind a consultation."""

    HOST = "host", _("Host")
    PARTNER = "partner", _("Partner")


class Mode(TextChoices):
    """How an organization took part; whoever signed need not have come."""

    PRESENT = "present", _("Present")
    ONLINE = "online", _("Online")
    SIGNED = "signed", _("Signed")
