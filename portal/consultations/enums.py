"""States and kinds of consultations and interventions, with the intervention's transition table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    DRAFT = "draft", pgettext_lazy("intervention", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("intervention", "Submitted")
    RETURNED = "returned", pgettext_lazy("intervention", "Returned to you")
    PUBLISHED = "published", pgettext_lazy("intervention", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("intervention", "Withdrawn")


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
