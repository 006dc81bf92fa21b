"""What is left out of a text, as a moderator marks it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField
from portal.moderation.forms import MAX_REASON
from portal.submissions.redress.redacting import ALL
from portal.submissions.redress_grounds import REDACTED


class RedactionForm(forms.Form):
    """`texts` are the names of the texts with what they are called."""

    field = forms.ChoiceField(
        label=_("In which text"), error_messages={"required": _("Choose the text in which the words stand.")}
    )
    words = LinesField(
        label=_("Words to leave out"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Copy them from what was submitted, exactly as they are; they are left out wherever they stand "
            "there. In a browser with scripts, marking them there fills this in."
        ),
        error_messages={"required": _("Copy the words to leave out.")},
    )
    ground = forms.ChoiceField(
        label=_("Why"),
        choices=[("", _("Choose")), *REDACTED],
        help_text=_("Readers read this in the place of the words."),
        error_messages={"required": _("Choose why.")},
    )
    reason = LinesField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The authors read this as you write it. Do not repeat the words."),
        error_messages={"required": _("Say why, so that the authors know.")},
    )

    def __init__(self, data: Any = None, *, texts: Sequence[tuple[str, str]], language: str) -> None:
        super().__init__(data)
        field: Any = self.fields["field"]
        field.choices = [(ALL, _("In all of it")), *texts]
        self.fields["words"].widget.attrs["lang"] = language
