"""The admin's form of a segment: which earlier segment it can continue; the page model names it."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.consultations.page_queries import CONSULTATION, SEGMENT, numbers


class SegmentForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail has no types
    """Its parent page is known here, also for a page that has no row yet."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if (earlier := cleaned.get("continues")) and (problem := self._problem(earlier)):
            self.add_error("continues", problem)
        return cleaned

    def _problem(self, earlier: Any) -> str:
        own = self.parent_page.translation_key if self.parent_page else None
        row = apps.get_model(SEGMENT)._default_manager.get(pk=earlier.pk)
        above = row.get_ancestors().type(apps.get_model(CONSULTATION)).last()
        if above is None or above.translation_key == own:
            return _("Choose a segment of another consultation.")
        edges, key = numbers().continues, row.translation_key
        for _step in range(len(edges) + 1):
            if key == self.instance.translation_key:
                return _("That segment continues this one already.")
            if key not in edges:
                break
            key = edges[key]
        return ""
