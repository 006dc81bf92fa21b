"""The index in the Wagtail admin: addresses and the menu item of the operators' page."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.common.actors import actor_of
from search.index import admin_views
from search.index.rules import can_operate_index

URLS = [
    path("", admin_views.index_page, name="page"),
    path("try-again/", admin_views.try_again, name="try_all_again"),
    path("try-again/<int:entry>/", admin_views.try_again, name="try_again"),
    path("compare/", admin_views.compare_and_repair, name="compare"),
]


class IndexMenuItem(MenuItem):
    """Only who may look after the index sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_operate_index(actor_of(request))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("search-index/", include((URLS, "search_index")))]


@hooks.register("register_settings_menu_item")
def menu_item() -> IndexMenuItem:
    return IndexMenuItem(
        gettext_lazy("Search index"),
        reverse_lazy("search_index:page"),
        name="search-index",
        icon_name="search",
        order=900,
    )
