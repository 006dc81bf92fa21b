"""App configuration of `portal.organizations`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.common.reviews import ReviewType


class OrganizationsConfig(AppConfig):
    name = "portal.organizations"
    verbose_name = _("Organizations")
    event_kinds: ClassVar[EventKinds] = {
        "organization": (
            "created",
            "changed",
            "submitted",
            "verified",
            "information_requested",
            "declined",
            "listed",
            "claimed",
            "claim_accepted",
            "claim_declined",
            "claim_withdrawn",
        )
    }

    def review_types(self) -> tuple[ReviewType, ...]:
        from portal.organizations.review import CLAIM, ORGANIZATION  # reason: app ready

        return (ORGANIZATION, CLAIM)
