"""The way from the Wagtail admin to the room of networks at the desk."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.common.actors import actor_of
from portal.networks.rules import may_edit_networks


class NetworksMenuItem(MenuItem):
    """Only who may edit networks sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit_networks(actor_of(request))


@hooks.register("register_admin_menu_item")
def menu_item() -> NetworksMenuItem:
    return NetworksMenuItem(
        gettext_lazy("Networks"),
        reverse_lazy("networks:list"),
        name="networks",
        icon_name="link",
        order=57,
    )
