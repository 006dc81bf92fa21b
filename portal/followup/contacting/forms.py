"""The form of a contact note, and what the list of silent pledges is narrowed to; the views call them."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.countries import country_name
from portal.common.filtering import ListFilters
from portal.common.forms import DayField, LineField, LinesField
from portal.followup.contacting.domain import MAX_SAID, MAX_WHOM, ContactFields
from portal.followup.enums import Contacts, ContactWay
from portal.pledges.facts import Health

LATE = tuple(choice for choice in Health.choices if choice[0] != Health.CURRENT)


class ContactForm(forms.Form):
    """All of it is for holders of seats in bodies that run cycles alone."""

    on = DayField(label=_("Day of the contact"))
    way = forms.ChoiceField(label=_("How"), choices=ContactWay, widget=forms.RadioSelect)
    whom = LineField(
        label=_("With whom"),
        max_length=MAX_WHOM,
        required=False,
        help_text=_("Function rather than name, such as “desk for migration”."),
    )
    said = LinesField(
        label=_("What was said"),
        max_length=MAX_SAID,
        help_text=_("Also when nobody was reached."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    wait_until = DayField(
        label=_("Wait until"), hint=_("Until that day the pledge stands at the end of the list.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].required = True

    def given(self) -> ContactFields:
        return ContactFields(**{name: self.cleaned_data[name] for name in self.base_fields})


class SilentFilters(ListFilters):
    country = forms.ChoiceField(label=_("Country"))
    type = forms.ChoiceField(label=_("Type of organization"))
    health = forms.ChoiceField(label=_("How fresh the report is"))
    contacts = forms.ChoiceField(label=_("Contacts"))

    def __init__(self, asked: Any, *, countries: Collection[str], types: dict[str, str]) -> None:
        super().__init__(asked)
        places = sorted(
            ((code, str(country_name(code))) for code in countries if code), key=lambda row: row[1]
        )
        self.offer("country", places)
        self.offer("type", types.items())
        self.offer("health", LATE)
        self.offer("contacts", Contacts.choices)
