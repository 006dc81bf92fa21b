"""Moderation in the Wagtail admin: addresses, and a menu item with the number of what waits."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.common.actors import actor_of
from portal.moderation import rules, views
from portal.moderation.queries import number_waiting

SUBJECT = "<str:kind>/<uuid:key>/"
URLS = [
    path("", views.queue, name="queue"),
    path(SUBJECT, views.subject_page, name="subject"),
    path(f"{SUBJECT}<str:action>/", views.decide, name="decide"),
]


class QueueMenuItem(MenuItem):
    """Its label tells how much waits; only who may read the queue sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_read_queue(actor_of(request))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        label = _("Moderation (%(number)d)") % {"number": number_waiting()}
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("moderation/", include((URLS, "moderation")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> QueueMenuItem:
    return QueueMenuItem(
        gettext_lazy("Moderation"),
        reverse_lazy("moderation:queue"),
        name="moderation",
        icon_name="tasks",
        order=50,
    )
