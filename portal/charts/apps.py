"""App configuration of `portal.charts`."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartsConfig(AppConfig):
    name = "portal.charts"
    verbose_name = _("Charts")

    def style_samples(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        from portal.charts.samples import figures  # reason: app ready

        return tuple(("charts/figure.html", {"figure": figure}) for figure in figures())
