"""App configuration of `portal.submissions`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "portal.submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        from portal.submissions import checks  # noqa: F401  # reason: app ready
