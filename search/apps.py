"""App configuration of `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search.index import checks, receivers  # noqa: F401  # reason: app ready

        receivers.connect()
