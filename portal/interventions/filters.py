"""The filters of the public list of interventions; only its view uses them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.phrases import LANGUAGE_NAMES
from portal.consultations.enums import InterventionForm
from portal.publication.forms import Filter, Filters


class InterventionFilters(Filters):
    kind = Filter(_("Kind"), InterventionForm.choices)
    consultation = Filter(_("Consultation"))
    language = Filter(_("Language of the original"), LANGUAGE_NAMES.items())
    type = Filter(_("Type of organization"))
    country = Filter(_("Country"))
    organization = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
