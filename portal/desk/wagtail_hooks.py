"""The way from the Wagtail admin to the room of listed organizations at the desk."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.common.actors import actor_of
from portal.organizations.rules import may_list


class ListedMenuItem(MenuItem):
    """Only who may list organizations sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_list(actor_of(request))


@hooks.register("register_admin_menu_item")
def menu_item() -> ListedMenuItem:
    return ListedMenuItem(
        gettext_lazy("Listed organizations"),
        reverse_lazy("organizations:listed"),
        name="listed-organizations",
        icon_name="group",
        order=56,
    )
