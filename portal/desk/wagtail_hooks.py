"""Ways from the Wagtail admin to rooms at the desk: listed organizations, the library."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.common.actors import actor_of
from portal.library.rules import can_describe
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


class LibraryMenuItem(MenuItem):
    """Only who may change documents sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_describe(actor_of(request))


@hooks.register("register_admin_menu_item")
def library_item() -> LibraryMenuItem:
    return LibraryMenuItem(
        gettext_lazy("Library"),
        reverse_lazy("library_desk:list"),
        name="library",
        icon_name="folder-open-inverse",
        order=58,
    )
