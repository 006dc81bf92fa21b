"""Crosswalk and priority cycles in the Wagtail admin; its hooks register them.

A part of a framework is typed as its key: a list of all parts would be read once for each row of the form.
"""

from typing import Any, ClassVar

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.plan.models import NodeRelation, PlanNode, PriorityCycle
from portal.plan.queries import node_of
from portal.plan.words import years

TYPED = _("Its key, such as chile-2024:1.7, or its code alone where it is part of the plan in force.")
# Stands before what names no node: a number alone would be taken for that of a row.
_UNKNOWN = ":"


class KeyInput(forms.TextInput):
    """The key of a node instead of a list of all; a key that names nothing stays as it was typed."""

    def format_value(self, value: Any) -> str:
        if isinstance(value, int):
            return PlanNode.objects.filter(pk=value).values_list("key", flat=True).first() or ""
        return str(value or "").removeprefix(_UNKNOWN)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = str(super().value_from_datadict(data, files, name) or "").strip()
        node = node_of(typed) if typed and typed.isprintable() else None
        return node.pk if node else typed and f"{_UNKNOWN}{typed}"


class CycleForm(WagtailAdminModelForm):
    """Its actions are of the framework that it is about."""

    def is_valid(self) -> bool:
        return super().is_valid() and not self._strangers()

    def _strangers(self) -> list[PlanNode]:
        """Actions of other frameworks, each told at its field."""
        framework, strangers = self.cleaned_data["framework"], []
        for row in self.formsets["priorities"].forms:
            node = row.cleaned_data.get("node")
            if node is not None and not row.cleaned_data.get("DELETE") and node.framework_id != framework.pk:
                told = _("%(action)s is no part of %(framework)s.")
                row.add_error("node", str(told) % {"action": node.key, "framework": framework})
                strangers.append(node)
        return strangers


def _node(name: str) -> FieldPanel:
    return FieldPanel(name, widget=KeyInput, help_text=TYPED)


RELATION_PANELS = [_node("node"), FieldPanel("kind"), _node("other")]
CYCLE_PANELS = [
    FieldPanel("framework"),
    FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")]),
    InlinePanel("priorities", [_node("node"), FieldPanel("is_carried_over")], heading=_("Actions")),
    FieldPanel("verified"),
    FieldPanel("source"),
]


class NodeRelationViewSet(SnippetViewSet):
    model = NodeRelation
    icon = "link"
    list_display: ClassVar = ["__str__"]
    list_filter: ClassVar = ["kind"]
    edit_handler = ObjectList(RELATION_PANELS, base_form_class=WagtailAdminModelForm)

    def get_queryset(self, request: Any) -> Any:
        return NodeRelation.objects.select_related("node", "other")


class PriorityCycleViewSet(SnippetViewSet):
    model = PriorityCycle
    icon = "calendar"
    list_display: ClassVar = [
        "__str__",
        Column("years", label=_("Years"), accessor=years),
        Column("actions", label=_("Actions"), accessor="number"),
        "verified",
    ]
    edit_handler = ObjectList(CYCLE_PANELS, base_form_class=CycleForm)

    def get_queryset(self, request: Any) -> Any:
        return PriorityCycle.objects.select_related("framework").annotate(number=Count("priorities"))


class PlanViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu with both."""

    items = (NodeRelationViewSet, PriorityCycleViewSet)
    menu_label = _("Plan of action")
    menu_icon = "list-ul"
    menu_order = 58
    menu_name = "plan"
