"""Forms about two organizations that may be one: which to compare, which stays, why; views call them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField, LinesField

LONGEST = 1000


class NameForm(forms.Form):
    """Which organization to compare with."""

    q = LineField(
        label=_("Name or number of the other one"),
        max_length=200,
        help_text=_("A part of one of its names, or its number such as O-00007."),
        error_messages={"required": _("Name the organization.")},
    )


class ReasonForm(forms.Form):
    """Why, for colleagues."""

    reason = LinesField(
        label=_("Why"),
        max_length=LONGEST,
        help_text=_("Only the secretariat reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that colleagues can follow it.")},
    )


class MergeForm(ReasonForm):
    """Which of the two stays, `one` or `other`."""

    keep = forms.ChoiceField(
        label=_("Which one stays?"),
        help_text=_("All that the other one has moves there, and its public number leads there."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which one stays.")},
    )
    field_order = ("keep", "reason")

    def __init__(self, data: Any = None, *, sides: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["keep"].choices = sides  # type: ignore[attr-defined]
