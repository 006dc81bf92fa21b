"""What a reader narrows the list of what became of contributions to; the page calls it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.filtering import ListFilters
from portal.conclusions.enums import Outcome


class OutcomeFilters(ListFilters):
    """The page's figures are those of all contributions."""

    outcome = forms.ChoiceField(label=_("What became of it"), choices=Outcome.choices)
