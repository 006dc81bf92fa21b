"""App configuration of `portal.publication`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "portal.publication"
    verbose_name = _("Public ledger")
