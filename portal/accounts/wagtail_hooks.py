"""The menu of the Wagtail admin leads to our screen of the staff, not to Wagtail's forms of people."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts.staff.rules import may_manage
from portal.common.actors import actor_of

WITHOUT = {"users", "groups"}


@hooks.register("construct_settings_menu")
def without_people(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in WITHOUT]


class StaffMenuItem(MenuItem):
    """Only who may change the staff sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_manage(actor_of(request))


@hooks.register("register_admin_menu_item")
def menu_item() -> StaffMenuItem:
    return StaffMenuItem(
        gettext_lazy("Staff"), reverse_lazy("staff:list"), name="staff", icon_name="user", order=58
    )
