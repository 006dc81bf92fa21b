"""What a reader may ask of the list of frameworks, sent by GET."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

NO_CHOICE = {"invalid_choice": _("This list has no such choice. It was left out.")}


class PlanFilters(forms.Form):
    """A value that is not offered is said at its field and filters nothing."""

    framework = forms.ChoiceField(label=_("Framework"), required=False, error_messages=NO_CHOICE)
    cycle = forms.ChoiceField(label=_("Goes first in"), required=False, error_messages=NO_CHOICE)

    def __init__(
        self, query: Mapping[str, str], *, frameworks: Sequence[tuple[str, str]], cycles: Sequence[str]
    ) -> None:
        super().__init__(query)
        fields: dict[str, Any] = self.fields
        fields["framework"].choices = [("", _("All")), *frameworks]
        fields["cycle"].choices = [("", _("All years")), *((each, each) for each in cycles)]

    @property
    def query(self) -> str:
        """The filters as an address carries them; empty without any."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})
