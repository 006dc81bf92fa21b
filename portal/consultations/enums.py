"""States and kinds of consultations and interventions, with the intervention's transition table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.common.states import Transitions


class ConsultationState(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    CONCEPT_NOTE = "concept_note_published", _("Concept note published")
    OPEN = "open", _("Open for interventions")
    MEETING_HELD = "meeting_held", _("Meeting held")
    CLOSED = "closed", _("Closed")
    OUTCOMES = "outcomes_published", _("Conclusions published")
    FOLLOWED_UP = "followed_up", _("Followed up")


class InterventionForm(TextChoices):
    INTERVENTION = "intervention", _("Intervention")
    GOOD_PRACTICE = "good_practice", _("Good practice")


class InterventionState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned to you")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = InterventionState
# The longer path of the design (signatures, review, decline) widens this table; it moves no state.
TRANSITIONS: Transitions = {
    S.DRAFT: {S.SUBMITTED},
    S.SUBMITTED: {S.RETURNED, S.PUBLISHED, S.WITHDRAWN},
    S.RETURNED: {S.SUBMITTED, S.WITHDRAWN},
    S.PUBLISHED: {S.WITHDRAWN},
}
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
WAITING = frozenset({S.SUBMITTED})
