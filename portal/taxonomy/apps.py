"""App configuration of `portal.taxonomy`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class TaxonomyConfig(AppConfig):
    name = "portal.taxonomy"
    verbose_name = _("Taxonomy")
    event_kinds: ClassVar[EventKinds] = {
        "glossary_proposal": (
            "proposed",
            "accepted",
            "declined",
            "replaced",
            "withdrawn",
            "forgotten",
            "taken_in",
        )
    }
