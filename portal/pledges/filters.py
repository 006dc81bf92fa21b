"""The filters of the public list of pledges; only its view uses them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import ReportedStage
from portal.publication.forms import Filter, Filters
from portal.taxonomy.enums import Outcome


class PledgeFilters(Filters):
    outcome = Filter(_("Outcome of the multi-stakeholder pledge"), Outcome.choices)
    stage = Filter(_("Reported stage"), ReportedStage.choices)
    country = Filter(_("Country"))
    organization = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
