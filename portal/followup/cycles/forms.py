"""The form of what is done to a review cycle before its last day; its pages call it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.common.formatting import day
from portal.common.forms import LinesField
from portal.followup.cycles.domain import NEEDED
from portal.followup.cycles.turns import MAX_REASON
from portal.followup.models import ReviewCycle


class EarlyForm(forms.Form):
    """A yes of its own to what cannot be undone, and why it does not wait; everybody reads the reason."""

    sure = forms.BooleanField(error_messages={"required": _("Tick this box, or wait for the last day.")})
    reason = LinesField(
        label=_("Why this does not wait"),
        max_length=MAX_REASON,
        help_text=_("Everybody reads it on the page of the cycle."),
        error_messages={"required": NEEDED},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, cycle: ReviewCycle, today: date) -> None:
        super().__init__(data)
        days = (cycle.closes_on - today).days
        told = ngettext(
            "I know that its last day is %(day)s, %(number)s day from now, and that this cannot be undone.",
            "I know that its last day is %(day)s, %(number)s days from now, and that this cannot be undone.",
            days,
        )
        self.fields["sure"].label = told % {"day": day(cycle.closes_on), "number": days}
