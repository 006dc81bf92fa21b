"""App configuration of `search.saved`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedConfig(AppConfig):
    name = "search.saved"
    label = "saved"
    verbose_name = _("Saved searches")
