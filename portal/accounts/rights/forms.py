"""Forms of the rights of persons: the erasure of one's own account, and of who asks in writing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import AddressField
from portal.accounts.rights.domain import Request
from portal.accounts.rights.enums import Asked
from portal.common.forms import DayField

SURE = _("Tick this to go on: it cannot be undone.")
NO_OWNER = _("Make another member an owner first, or tick that the secretariat is to appoint one.")


class EraseForm(forms.Form):
    to_secretariat = forms.BooleanField(
        label=_("Nobody can follow me: the secretariat is to appoint an owner"), required=False
    )
    is_sure = forms.BooleanField(label=_("Erase my account for good"), error_messages={"required": SURE})

    def __init__(self, data: Any = None, *, left_alone: Sequence[object] = ()) -> None:
        super().__init__(data)
        if left_alone:
            self.fields["to_secretariat"].error_messages["required"] = NO_OWNER
            self.fields["to_secretariat"].required = True
        else:
            del self.fields["to_secretariat"]


class EraseForOthersForm(forms.Form):
    email = AddressField(
        label=_("Address of the person"),
        help_text=_("Of the account, or to which an invitation went."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    how = forms.ChoiceField(label=_("How the person asked for it"), choices=Asked, widget=forms.RadioSelect)
    on = DayField(label=_("Day of the request"))
    is_sure = forms.BooleanField(
        label=_("I have checked that this person asks for it: erase it for good"),
        error_messages={"required": SURE},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["on"].required = True
        self.fields["on"].error_messages["required"] = _("Say on which day the person asked.")

    def asked(self) -> Request:
        return Request(Asked(self.cleaned_data["how"]), self.cleaned_data["on"])
