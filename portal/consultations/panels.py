"""Parts of the page editor: the state that follows from what is in the form, the types of organizations.

Page models use them.
"""

from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language
from wagtail.admin.panels import Panel

from portal.common.languages import DEFAULT
from portal.taxonomy.queries import organization_type_names


class TypeSelect(forms.Select):
    """Types of organizations in the editor's language. One query each time it is drawn."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, choices=CallableChoiceIterator(type_choices))


def type_choices() -> list[tuple[str, str]]:
    """An empty choice and the types in the order of the vocabulary."""
    return [("", "---------"), *organization_type_names(get_language() or DEFAULT).items()]


class StatePanel(Panel):
    """Tells the state of the page as it was saved last, with when each state began or will begin."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/state_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"steps": self.instance.steps, "zone": self.instance.time_zone}
