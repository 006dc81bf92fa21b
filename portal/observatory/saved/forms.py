"""What a person fills in about a saved search, and the file of a batch search."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField
from portal.files.refusals import EMPTY
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.models import LONGEST_NAME, SavedSearch


class DetailsForm(forms.Form):
    """Name and mails."""

    name = LineField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("Only you see it."),
        error_messages={"required": _("Give it a name that you will recognize.")},
    )
    telling = forms.ChoiceField(
        label=_("Mails about what is new"),
        choices=Telling.choices,
        initial=Telling.NONE,
        widget=forms.RadioSelect,
        help_text=_("There is always an RSS feed, too."),
        error_messages={"required": _("Say whether you want mails.")},
    )


class KeepForm(DetailsForm):
    """A question to keep: as a new search, or instead of what one of the person's searches asked."""

    instead = forms.ModelChoiceField(
        label=_("Save the search"),
        queryset=SavedSearch.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("as a new saved search"),
        help_text=_("Choose one of your searches to have it ask this from now on."),
    )

    def __init__(self, *args: Any, own: QuerySet[SavedSearch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instead"]
        field.queryset = own
        if not own.exists():
            del self.fields["instead"]


class BatchForm(forms.Form):
    file = forms.FileField(
        label=_("File with your searches"),
        error_messages={
            "required": _("Choose a file."),
            "empty": EMPTY,
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def content(self) -> bytes:
        upload: UploadedFile = self.cleaned_data["file"]
        return upload.read()


def key_of(sent: str) -> UUID | None:
    """The key a form carries so that sending it twice keeps one search."""
    try:
        return UUID(sent)
    except ValueError:
        return None
