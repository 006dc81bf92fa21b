"""What a person says of two pledges that look alike: a form for each decision; the views call them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LinesField

MAX_REASON = 1000


class DecisionForm(forms.Form):
    """A reason for colleagues. `name` keeps the fields of several forms on a page apart."""

    reason = LinesField(
        label=_("Reason (optional)"),
        help_text=_("Only the secretariat reads it."),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Shorten the reason to %(limit_value)d characters.")},
    )

    def __init__(self, data: Any = None, *, name: str, sides: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        self.sides = sides


class SameForm(DecisionForm):
    keep = forms.ChoiceField(
        label=_("Which one stays?"),
        help_text=_("The number of the other one leads there. Parties, numbers, links and reports move."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which one stays.")},
    )
    field_order = ("keep",)

    def __init__(self, data: Any = None, *, name: str, sides: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, name=name, sides=sides)
        self.fields["keep"].choices = sides  # type: ignore[attr-defined]


class PartForm(DecisionForm):
    part = forms.ChoiceField(
        label=_("Which one is the part?"),
        help_text=_("The other one has to be an umbrella pledge."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which one is the part.")},
    )
    field_order = ("part",)

    def __init__(self, data: Any = None, *, name: str, sides: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, name=name, sides=sides)
        self.fields["part"].choices = sides  # type: ignore[attr-defined]
