"""What a reader may ask of the list of frameworks, and the desk's form of a link; views call them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.filtering import ListFilters
from portal.common.forms import LineField
from portal.plan.models import PlanNode
from portal.plan.queries import actions_like

# As many as a person reads through.
MOST = 20


class PlanFilters(ListFilters):
    framework = forms.ChoiceField(label=_("Framework"))
    cycle = forms.ChoiceField(label=_("Goes first in"))

    def __init__(
        self, query: Mapping[str, str], *, frameworks: Sequence[tuple[str, str]], cycles: Sequence[str]
    ) -> None:
        super().__init__(query)
        self.offer("framework", frameworks)
        self.offer("cycle", ((each, each) for each in cycles), every=_("All years"))


class ActionForm(forms.Form):
    """An action by its code, its key or words of its title; of several that fit one is chosen."""

    # Not `action`: what was typed under that name is not kept over a lost session (`common.typed.kept`).
    wanted = LineField(
        label=_("Action of the plan"),
        max_length=200,
        help_text=_("Its code, such as 1.7, or words of its title."),
        error_messages={"required": _("Enter a code or words.")},
    )
    chosen = forms.ChoiceField(
        label=_("Several actions fit. Choose one"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.node: PlanNode | None = None
        fields: dict[str, Any] = self.fields
        fields["chosen"].widget = forms.HiddenInput()
        matching = actions_like(str(data.get("wanted", ""))) if data else []
        self.matching = {node.key: node for node in matching[:MOST]}
        if len(matching) > 1:
            fields["chosen"].widget = forms.RadioSelect()
            fields["chosen"].choices = [(node.key, node.named(language)) for node in self.matching.values()]

    def clean(self) -> None:
        if "wanted" not in self.cleaned_data:
            return
        if not self.matching:
            self.add_error("wanted", _("There is no such action. Try other words."))
        elif len(self.matching) == 1:
            self.node = next(iter(self.matching.values()))
        elif not self.cleaned_data.get("chosen"):
            if "chosen" not in self.errors:
                self.add_error("chosen", _("Choose one of these."))
        else:
            self.node = self.matching[self.cleaned_data["chosen"]]
