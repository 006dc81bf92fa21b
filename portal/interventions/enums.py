"""States of interventions with their transition table, and their forms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.states import Transitions


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
