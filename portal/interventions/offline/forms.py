"""The upload of a form that was filled in without a connection; its view calls it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.files.intake import content_of
from portal.files.refusals import EMPTY, Refused
from portal.interventions.offline.reading import WANTED, filled_in
from portal.submissions.forms import StartForm


class FilledForm(StartForm):
    """For whom, in which language where the file does not say, and the file."""

    file = forms.FileField(
        label=_("The form that you filled in"),
        error_messages={
            "required": _("Choose the file."),
            "empty": EMPTY,
        },
    )
    field_order = ("organization", "file", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].help_text = _("It counts where the file does not say it.")

    def clean_file(self) -> Mapping[str, str]:
        sent = self.cleaned_data["file"]
        try:
            return filled_in(content_of(sent, WANTED), sent.name or "")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
