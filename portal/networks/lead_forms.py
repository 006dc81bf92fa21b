"""The form of a segment that a network leads; its desk views call it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import DayField
from portal.networks.leads import LeadFields, LedSegment
from portal.networks.models import NetworkLead


class LeadForm(forms.Form):
    """A segment of a consultation, and the days of the lead."""

    segment = forms.ChoiceField(label=_("Segment"), error_messages={"required": _("Choose the segment.")})
    since = DayField(label=_("First day"), hint=_("Empty where nobody knows."))
    until = DayField(label=_("Last day"), hint=_("Empty while it leads the segment."))

    def __init__(
        self, data: Any = None, *, segments: Sequence[LedSegment], lead: NetworkLead | None = None
    ) -> None:
        initial: dict[str, Any] = {}
        if lead is not None:
            initial = {"segment": str(lead.segment_key), "since": lead.since, "until": lead.until}
        super().__init__(data, initial=initial)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for each in segments:
            grouped.setdefault(each.consultation, []).append((str(each.key), each.title))
        self.fields["segment"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose the segment.")),
            *grouped.items(),
        ]

    def given(self) -> LeadFields:
        """What a valid form says."""
        said = self.cleaned_data
        return LeadFields(UUID(said["segment"]), said["since"], said["until"])
