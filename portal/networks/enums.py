"""What a network is, what an organization is in it, and how far a project is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NetworkKind(TextChoices):
    """Mechanisms have a list of their own; the others share one."""

    NETWORK = "network", _("Network")
    MECHANISM = "mechanism", _("Mechanism")
    FUND = "fund", pgettext_lazy("network", "Fund")
    ALLIANCE = "alliance", pgettext_lazy("network", "Alliance")


class NetworkRole(TextChoices):
    """In the order in which pages name them. A presidency passes on: it stands beside another role."""

    PRESIDENCY = "presidency", _("Pro tempore presidency")
    LEAD = "lead", _("Lead")
    SECRETARIAT = "secretariat", _("Secretariat")
    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")
    FRIEND = "friend", pgettext_lazy("network", "Friend")
    FUNDER = "funder", pgettext_lazy("network", "Funder")


class ProjectState(TextChoices):
    PLANNED = "planned", pgettext_lazy("project", "Planned")
    RUNNING = "running", pgettext_lazy("project", "Running")
    ENDED = "ended", pgettext_lazy("project", "Ended")


GOING_ON = (ProjectState.PLANNED, ProjectState.RUNNING)
