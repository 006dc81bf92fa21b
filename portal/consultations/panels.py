"""A panel of the Wagtail admin: the state that follows from what stands in the form; page models use it."""

from typing import Any

from wagtail.admin.panels import Panel


class StatePanel(Panel):
    """Tells the state of the page as it was saved last, with when each state began or will begin."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/state_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"steps": self.instance.steps, "zone": self.instance.time_zone}
