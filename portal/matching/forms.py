"""The form of "We can help"; the desk's view calls it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.forms import LinesField
from portal.matching.queries import own_pledges
from portal.pledges.models import Pledge


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
