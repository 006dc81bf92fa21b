"""App configuration of `portal.submissions`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.common.personal import Held
    from portal.organizations.protecting import Follow


class SubmissionsConfig(AppConfig):
    name = "portal.submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        from portal.submissions import checks  # noqa: F401  # reason: app ready

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.submissions.personal import PERSONAL  # reason: app ready

        return PERSONAL

    def name_changed(self) -> "tuple[Follow, ...]":
        from portal.submissions.names import follow_name  # reason: app ready

        return (follow_name,)
