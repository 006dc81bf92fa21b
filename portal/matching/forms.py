"""The form of "We can help", and what the list of needs is narrowed to; the views call them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.filtering import NO_CHOICE, ListFilters
from portal.common.forms import LinesField
from portal.common.ids import parse_public_id
from portal.matching.queries import own_pledges
from portal.matching.reasons import Side
from portal.pledges.enums import Contribution
from portal.pledges.models import Pledge


class NeedFilters(ListFilters):
    """One kind of what is needed, or one pledge by its number: links ask for both."""

    needs = forms.ChoiceField(label=_("What is needed"), choices=Contribution.choices)
    pledge = forms.CharField(label=_("Pledge"))

    def clean_pledge(self) -> str:
        number: str = self.cleaned_data["pledge"].upper()
        if number and (parse_public_id(number) or ("",))[0] != "P":
            raise forms.ValidationError(NO_CHOICE["invalid_choice"])
        return number

    def takes(self, side: Side) -> bool:
        needs, pledge = self.chosen.get("needs"), parse_public_id(self.chosen.get("pledge", ""))
        return (not needs or needs in side.contributions) and (not pledge or side.pk == pledge[1])


class HelpForm(forms.Form):
    """`offer`: one's own public pledge, by its key."""

    offer = forms.ModelChoiceField(
        label=_("Your pledge that helps"),
        queryset=Pledge.objects.none(),
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the pledge by which you help.")},
    )
    note = LinesField(
        label=_("A word to the other organization"),
        required=False,
        help_text=_("Only the members of both organizations read it. Up to 120 words."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, need: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offer"]
        field.queryset = own_pledges(actor).exclude(organization=need.organization_id)

    @property
    def has_choice(self) -> bool:
        field: Any = self.fields["offer"]
        exists: bool = field.queryset.exists()
        return exists
