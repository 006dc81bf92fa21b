"""The form of an official figure of participants; the desk's views call it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField
from portal.conclusions.enums import Unit


class FigureForm(forms.Form):
    figure = forms.IntegerField(
        label=_("Official figure"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Empty: the figure counted from the data is told alone."),
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices)
    note = LinesField(
        label=_("Note"),
        max_length=2000,
        required=False,
        help_text=_("What the figure counts, and why it is another one than the data gives. Readers see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
