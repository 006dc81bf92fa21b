"""The way from the Wagtail admin to the conclusions at the desk."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.common.actors import actor_of
from portal.conclusions.rules import may_draft


class ConclusionsMenuItem(MenuItem):
    """Only who may draft sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_draft(actor_of(request))


@hooks.register("register_admin_menu_item")
def menu_item() -> ConclusionsMenuItem:
    return ConclusionsMenuItem(
        gettext_lazy("Conclusions"),
        reverse_lazy("conclusions:list"),
        name="conclusions",
        icon_name="list-ol",
        order=55,
    )
