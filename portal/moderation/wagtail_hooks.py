"""The way from the Wagtail admin to moderation: a menu item with the number of what waits, old addresses."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.common.actors import actor_of
from portal.moderation import rules
from portal.moderation.queries import number_waiting

to_queue = RedirectView.as_view(pattern_name="moderation:queue", query_string=True)
to_subject = RedirectView.as_view(pattern_name="moderation:subject")


class QueueMenuItem(MenuItem):
    """Its label tells how much waits; only who may read the queue sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may_read_queue(actor_of(request))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        label = _("Moderation (%(number)d)") % {"number": number_waiting(actor_of(request))}
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def old_addresses() -> list[URLPattern]:
    """Moderation stood in the admin before it moved to the desk; links in mails and notes live on."""
    return [
        path("moderation/", to_queue),
        path("moderation/<str:kind>/<uuid:key>/", to_subject),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> QueueMenuItem:
    return QueueMenuItem(
        gettext_lazy("Moderation"),
        reverse_lazy("moderation:queue"),
        name="moderation",
        icon_name="tasks",
        order=50,
    )
