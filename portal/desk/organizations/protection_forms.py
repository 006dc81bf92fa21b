"""Forms about organizations whose name is withheld; desk views call them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField
from portal.organizations.protecting import LONGEST_REASON


class ProtectForm(forms.Form):
    """Beside the profile of an organization that is being registered."""

    is_protected = forms.BooleanField(
        label=_("Withhold our name from the beginning"),
        required=False,
        help_text=_(
            "For organizations at risk. Readers see a category that at least five organizations share, and "
            "of the secretariat only the protection focal point can read who you are, with a reason that "
            "you are told. You can change this later."
        ),
    )


class RevealForm(forms.Form):
    """By the protection focal point: why they have to know who it is."""

    reason = LinesField(
        label=_("Why do you have to know who it is?"),
        max_length=LONGEST_REASON,
        help_text=_("The organization reads this, with the day. Write no name here."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you have to know who it is.")},
    )
