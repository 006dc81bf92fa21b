"""App configuration of `portal.glossary`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class GlossaryConfig(AppConfig):
    name = "portal.glossary"
    verbose_name = _("Glossary")
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
