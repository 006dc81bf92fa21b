"""App configuration of `portal.interventions`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterventionsConfig(AppConfig):
    name = "portal.interventions"
    verbose_name = _("Interventions")
