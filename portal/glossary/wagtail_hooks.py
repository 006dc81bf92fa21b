"""The glossary in the Wagtail admin: addresses, and a menu item with the number of proposals that wait."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.common.actors import actor_of
from portal.glossary import proposal_views, rules, views
from portal.glossary.queries import numbers_waiting

URLS = [
    path("", views.concept_list, name="list"),
    path("glossary.csv", views.download, name="download"),
    path("upload/", views.upload, name="upload"),
    path("new/", proposal_views.new, name="new"),
    path("<int:pk>/", views.concept_page, name="concept"),
    path("<int:pk>/change/", proposal_views.change, name="change"),
    path("<int:pk>/remove/", proposal_views.remove, name="remove"),
    path("proposals/", proposal_views.proposal_list, name="proposals"),
    path("proposals/<int:pk>/", proposal_views.proposal_page, name="proposal"),
    path("proposals/<int:pk>/revise/", proposal_views.revise, name="revise"),
    path("proposals/<int:pk>/accept/", proposal_views.accept, name="accept"),
    path("proposals/<int:pk>/decline/", proposal_views.decline, name="decline"),
    path("proposals/<int:pk>/withdraw/", proposal_views.withdraw, name="withdraw"),
]


class GlossaryMenuItem(MenuItem):
    """Its label tells how many proposals wait; only who may read the glossary's pages sees it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_read_glossary(actor_of(request))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = sum(numbers_waiting().values())
        label = _("Glossary (%(number)d)") % {"number": number} if number else str(self.label)
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("glossary/", include((URLS, "glossary")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> GlossaryMenuItem:
    return GlossaryMenuItem(
        gettext_lazy("Glossary"),
        reverse_lazy("glossary:list"),
        name="glossary",
        icon_name="list-ul",
        order=60,
    )
