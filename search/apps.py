"""App configuration of `search`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.work.declarations import Loop


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search.index import (
            checks,  # noqa: F401  # reason: app ready
            holding,  # reason: app ready
        )
        from search.index import receivers as index_receivers  # reason: app ready
        from search.results import receivers as result_receivers  # reason: app ready

        index_receivers.connect()
        holding.connect()
        result_receivers.connect()

    def language_guess(self) -> "tuple[Callable[[str], str], ...]":
        """For imports whose tables do not say in which language they speak."""
        from search.text.language_detection import language_of  # reason: app ready

        return (language_of,)

    def work_loops(self) -> "tuple[Loop, ...]":
        from search.index.worker_loop import INDEX  # reason: app ready

        return (INDEX,)
