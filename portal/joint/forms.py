"""Forms of who is asked to sign: yes to the text that was read, or no with a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField
from portal.joint.domain import LONGEST_WORD


class SignForm(forms.Form):
    """`digest` is that of the text on the page, so that nothing else is signed."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    has_read = forms.BooleanField(
        label=_("My organization has read this text and signs it as it stands"),
        error_messages={"required": _("Tick this to sign.")},
    )
    word = LinesField(
        label=_("A word to the authors"),
        required=False,
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the authors read it."),
    )

    def __init__(self, data: Any = None, *, digest: str) -> None:
        super().__init__(data, initial={"digest": digest}, auto_id="id_sign_%s")


class DeclineForm(forms.Form):
    word = LinesField(
        label=_("Why your organization does not sign"),
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the authors read it."),
        error_messages={"required": _("Say why, so that the authors know what stands in the way.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_decline_%s")
