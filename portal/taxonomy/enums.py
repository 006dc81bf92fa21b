"""Closed vocabularies that the process itself fixes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """The six outcomes of the Cartagena+40 multi-stakeholder pledge."""

    ASYLUM_SYSTEMS = "asylum_systems", _("Asylum systems")
    STATELESSNESS = "statelessness", _("Statelessness")
    RESETTLEMENT = "resettlement_and_family_reunification", _("Resettlement and family reunification")
    RETURN = "voluntary_return_and_reintegration", _("Voluntary return and reintegration")
    INTEGRATION = "integration", _("Integration")
    DISASTER_DISPLACEMENT = "disaster_displacement", _("Disaster displacement")
