"""For whom somebody starts to write, and keys that a browser sent; desk views of all types call them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.choices import language_choices
from portal.common.ids import key_in
from portal.organizations.models import Organization

START_UNKNOWN = _("The address names something that is not here or not yours. It was left out.")


def asked_unknown(texts: list[str], keys: Collection[UUID]) -> object:
    """What is said where an address asks for what is none of the keys; empty where nothing is amiss."""
    wanted = [text.strip() for text in texts if text.strip()]
    return START_UNKNOWN if any(key_in(text) not in keys for text in wanted) else ""


def as_keys(texts: list[str]) -> tuple[UUID, ...]:
    """The keys among texts that a browser sent, each once, in order."""
    keys = []
    for sent in texts:
        try:
            keys.append(UUID(sent))
        except ValueError:
            continue
    return tuple(dict.fromkeys(keys))


class StartForm(forms.Form):
    """For whom and in which language somebody starts to write; before there is a draft.

    Where a step asks for it, the language is not asked here: it begins as `language`.
    """

    organization = forms.ModelChoiceField(
        label=_("Write for"),
        queryset=Organization.objects.none(),
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the organization you write for.")},
    )
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=language_choices,
        widget=forms.RadioSelect,
        help_text=_("Readers see it in this language first; translations are shown beside it."),
        error_messages={"required": _("Say in which language you write.")},
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], language: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begins_in = language
        field: Any = self.fields["organization"]
        field.queryset = organizations
        if language:
            self.fields["language"].widget = forms.HiddenInput()
            self.fields["language"].required = False

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.begins_in
