"""App configuration of `portal.taxonomy`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "portal.taxonomy"
    verbose_name = _("Taxonomy")
